"""The frame of a measure's pages, and how they speak of periods."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import template
from django.utils.translation import gettext as _

from goldthread.performance.desk.frame import About
from goldthread.performance.models import AreaKind

register = template.Library()


class Tab(NamedTuple):
    """A page of a measure, as its sub-navigation names it."""

    name: str
    href: str
    current: bool


@register.inclusion_tag("performance/desk/tabs.html", takes_context=True)
def measure_tabs(context: template.Context, about: About) -> dict[str, Any]:
    """The pages of a measure in an area; the reader's own is marked."""
    pages = [(_("The chart"), "desk-measure"), (_("What was shown"), "desk-history")]
    if about.area is not None and about.area.kind == AreaKind.FORCE:
        pages[1:1] = [(_("Districts"), "desk-districts"), (_("Compared with others"), "desk-compare")]
    pages.append((_("Definition"), "desk-definition"))
    path = context["request"].path
    found = [(name, about.path(page), about.at(page)) for name, page in pages]
    here = max((href for _name, _path, href in found if path.startswith(href)), key=len, default="")
    return {"tabs": [Tab(name, at, href == here) for name, at, href in found], "label": _("This measure")}
