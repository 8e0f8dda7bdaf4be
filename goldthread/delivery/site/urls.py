"""The public addresses of delivery. An address, once given out, is kept for good."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter

from goldthread.core.delivery.years import year_read, year_words
from goldthread.delivery.site import pages


class YearConverter:
    """A year of delivery in an address: 2019-20."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> int:
        year = year_read(value)
        if year is None:
            raise ValueError(value)
        return year

    def to_url(self, value: int) -> str:
        return year_words(value)


register_converter(YearConverter, "delivery_year")

urlpatterns: list[URLPattern] = [
    path("delivery/", pages.newest, name="site-delivery"),
    path("delivery/<delivery_year:year>/", pages.year, name="site-year"),
    path("delivery/<slug:slug>/", pages.priority, name="site-priority"),
]
