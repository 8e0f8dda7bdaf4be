"""The addresses of boards: the desk's, then the public's. Each subject lists its own."""

from goldthread.meetings.desk import (
    actions_urls,
    boards_urls,
    decisions_urls,
    minutes_urls,
    packs_urls,
    papers_urls,
)
from goldthread.meetings.site import urls as site_urls

app_name = "meetings"

urlpatterns = [
    *papers_urls.urlpatterns,
    *decisions_urls.urlpatterns,
    *actions_urls.urlpatterns,
    *minutes_urls.urlpatterns,
    *packs_urls.urlpatterns,
    *boards_urls.urlpatterns,
    *site_urls.urlpatterns,
]
