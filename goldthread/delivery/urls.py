"""The addresses of delivery: the desk's, then the public's. Each subject lists its own."""

from goldthread.delivery.desk import links_urls, priorities_urls, reports_urls, updates_urls, work_urls
from goldthread.delivery.site import links_urls as site_links_urls
from goldthread.delivery.site import urls as site_urls

app_name = "delivery"

urlpatterns = [
    *priorities_urls.urlpatterns,
    *work_urls.urlpatterns,
    *updates_urls.urlpatterns,
    *links_urls.urlpatterns,
    *reports_urls.urlpatterns,
    *site_links_urls.urlpatterns,
    *site_urls.urlpatterns,
]
