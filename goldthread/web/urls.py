"""The living style page; only a demonstration or a developer's machine shows it."""

from django.urls import path

from goldthread.web import look

urlpatterns = [
    path("desk/look/", look.components, name="look"),
    path("desk/look/list/", look.desk_list, name="look_list"),
    path("desk/look/job/", look.job, name="look_job"),
    path("look/thread/", look.thread, name="look_thread"),
    path("look/changes/", look.changes, name="look_changes"),
    path("look/plain/", look.plain, name="look_plain"),
]
