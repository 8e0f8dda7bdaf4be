"""What the kinds of things that are found, and the ways to narrow them down, are called on a page."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, str | Promise] = {
    "section": _("Plan"),
    "pledge": _("Pledge"),
    "priority": _("Priority"),
    "action": _("Action"),
    "milestone": _("Milestone"),
    "update": _("Update"),
    "report": _("Report"),
    "measure": _("Measure"),
    "decision": _("Decision"),
    "paper": _("Paper"),
    "appendix": _("Appendix"),
    "item": _("Agenda item"),
    "minutes": _("Minutes"),
    "arising": _("Action arising"),
}

FACETS: dict[str, str | Promise] = {
    "kind": _("Kind"),
    "theme": _("Theme"),
    "year": _("Year"),
    "board": _("Board"),
    "body": _("Body"),
}


def name_of(kind: str) -> str:
    """What a thing of a kind is called."""
    return str(KINDS[kind])
