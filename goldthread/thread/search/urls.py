"""The addresses of search."""

from __future__ import annotations

from django.urls import URLPattern, path

from goldthread.thread.search import desk_search, site_search

urlpatterns: list[URLPattern] = [
    path("desk/search/", desk_search.search, name="desk-search"),
    path("search/", site_search.search, name="site-search"),
]
