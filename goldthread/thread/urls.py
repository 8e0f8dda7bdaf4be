"""The addresses of the thread, of the home page and of search."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from goldthread.thread import desk, home, site
from goldthread.thread.search import urls as search_urls

app_name = "thread"


class RefConverter(StringConverter):
    """The name of a thing for good: a slug, or the slug of a whole and the name of a part of it."""

    regex = r"[-\w]+(?:\.[-\w]+)?"


register_converter(RefConverter, "ref")

_THREAD = "thread/<slug:kind>/<ref:ref>/"

urlpatterns = [
    *search_urls.urlpatterns,
    path("desk/", home.home, name="desk-home"),
    path(f"desk/{_THREAD}", desk.thread, name="desk-thread"),
    path(f"desk/{_THREAD}thread.<slug:form>", desk.file, name="desk-thread-file"),
    path(_THREAD, site.thread, name="site-thread"),
    path(f"{_THREAD}thread.<slug:form>", site.file, name="site-thread-file"),
]
