"""Public addresses of plans. An address, once given out, is kept for good."""

from __future__ import annotations

from datetime import date

from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter
from django.urls.resolvers import URLPattern

from goldthread.plans.site import changes, editions, feed, pages


class DayConverter:
    """A real date in an address: 2014-06-01."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """The date; ValueError, and so no such page, where there is no such day."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """The date as it stands in an address."""
        return str(value)


class SectionConverter(StringConverter):
    """Words for a person, then eight characters of the section's permanent key."""

    regex = "[-a-zA-Z0-9_]+-[0-9a-f]{8}"


class FormConverter(StringConverter):
    """The form of a file."""

    regex = "docx|pdf"


register_converter(DayConverter, "day")
register_converter(SectionConverter, "section")
register_converter(FormConverter, "form")


def _place(start: str, name: str) -> list[URLPattern]:
    """The pages of one edition, wherever it stands."""
    return [
        path(start, pages.front, name=f"site-{name}"),
        path(f"{start}whole/", pages.whole, name=f"site-{name}-whole"),
        path(f"{start}made/", editions.made, name=f"site-{name}-made"),
        path(f"{start}made/<slug:seal>", editions.attachment, name=f"site-{name}-attachment"),
        path(f"{start}plan.<form:form>", editions.file, name=f"site-{name}-file"),
        path(f"{start}<section:section>/", pages.section, name=f"site-{name}-section"),
    ]


CHANGES = r"^plan/(?P<plan>[-\w]+)/changes/(?P<old>[-\w]+)\.\.(?P<new>[-\w]+)"

urlpatterns = [
    path("", pages.home, name="site-home"),
    path("plan/", pages.plans, name="site-plan-list"),
    path("plan/<slug:plan>/at/", editions.choose_date, name="site-at-choose"),
    path("plan/<slug:plan>/editions/", editions.listed, name="site-editions"),
    path("plan/<slug:plan>/pictures/<str:seal>", editions.picture, name="site-picture"),
    path("plan/<slug:plan>/changes/", changes.choose, name="site-changes-choose"),
    re_path(CHANGES + r"/$", changes.page, name="site-changes"),
    re_path(CHANGES + r"/changes\.(?P<form>docx|pdf)$", changes.file, name="site-changes-file"),
    re_path(CHANGES + r"/changes\.csv$", changes.table, name="site-changes-csv"),
    path("plan/<slug:plan>/feed.xml", feed.editions, name="site-feed"),
    *_place("plan/<slug:plan>/at/<day:day>/", "at"),
    *_place("plan/<slug:plan>/editions/<slug:edition>/", "edition"),
    *_place("plan/<slug:plan>/", "plan"),
]
