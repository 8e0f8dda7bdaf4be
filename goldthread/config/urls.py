"""Every address, app by app."""

from django.urls import include, path

urlpatterns = [
    path("", include("goldthread.web.urls")),
    path("", include("goldthread.people.urls")),
    path("", include("goldthread.audit.urls")),
    path("", include("goldthread.mail.urls")),
    path("", include("goldthread.plans.urls")),
    path("", include("goldthread.meetings.urls")),
    path("", include("goldthread.performance.urls")),
    path("", include("goldthread.delivery.urls")),
    path("", include("goldthread.thread.urls")),
]
