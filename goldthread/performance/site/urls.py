"""The public addresses of measures. An address, once given out, is kept for good."""

from __future__ import annotations

from django.urls import URLPattern, path

from goldthread.performance.site import pages

_ONE = "measures/<slug:slug>/"
_IN = _ONE + "in/<slug:area>/"
_RELEASE = _IN + "releases/<int:number>/"

urlpatterns: list[URLPattern] = [
    path("measures/", pages.listed, name="site-measures"),
    path("measures/themes/<slug:theme>/", pages.theme, name="site-theme"),
    path(_ONE, pages.measure, name="site-measure"),
    path(_IN, pages.measure, name="site-measure-in"),
    path(_RELEASE, pages.release, name="site-release"),
    path(_RELEASE + "measure.<slug:form>", pages.file, name="site-file"),
]
