"""The addresses of measures: the desk's, then the public's. Each subject lists its own."""

from goldthread.performance.desk import loads_urls
from goldthread.performance.desk import urls as desk_urls
from goldthread.performance.site import urls as site_urls

app_name = "performance"

urlpatterns = [*desk_urls.urlpatterns, *loads_urls.urlpatterns, *site_urls.urlpatterns]
