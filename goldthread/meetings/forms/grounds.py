"""The grounds in law that a form offers for keeping something from the public."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from goldthread.core.governance.exemption import reasons_for
from goldthread.core.governance.jurisdiction import Jurisdiction


def grounds(jurisdiction: str, on: date) -> list[tuple[str, str]]:
    """None, then every ground that can be given in a country on a day, by its code."""
    held = reasons_for(Jurisdiction(jurisdiction), on)
    return [("", _("None")), *((each.code, f"{each.title} ({each.law})") for each in held)]
