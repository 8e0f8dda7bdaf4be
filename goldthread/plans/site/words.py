"""Sentences that public pages say about plans, editions and sections."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.plans.models import Edition
from goldthread.plans.published import Shelf
from goldthread.plans.stints import Became, Stint
from goldthread.web.templatetags.web import day


def running(shelf: Shelf) -> str:
    """One sentence on where a plan stands on the day of the shelf."""
    facts = {"first": day(shelf.first.issued_on), "newest": day(shelf.newest.issued_on)}
    if shelf.ended:
        facts["end"] = day(shelf.ended)
        return _("In force from %(first)s, until it ended on %(end)s.") % facts
    if shelf.newest is shelf.first:
        return _("In force since %(first)s.") % facts
    return _("In force since %(first)s, in its present words since %(newest)s.") % facts


def stood(stints: Sequence[Stint], edition: Edition) -> str:
    """One sentence on how long the words of a section have stood, as read in an edition."""
    place = next(i for i, stint in enumerate(stints) if edition in stint.editions)
    stint = stints[place]
    facts = {"since": day(stint.began.issued_on)}
    if place + 1 < len(stints):
        facts["until"] = day(stints[place + 1].began.issued_on)
        if stints[place + 1].became is Became.REMOVED:
            return _("These words stood from %(since)s until %(until)s, when they were taken out.") % facts
        return _("These words stood from %(since)s until %(until)s, when they changed.") % facts
    count = len(stint.editions) - 1
    if not count:
        return _("These words have stood since %(since)s.") % facts
    return ngettext(
        "These words have stood since %(since)s, unchanged in one later edition.",
        "These words have stood since %(since)s, unchanged in %(count)d later editions.",
        count,
    ) % (facts | {"count": count})


class Step(NamedTuple):
    """A step in the life of a section: the edition, what it did, and the edition before it."""

    edition: Edition
    words: str
    before: Edition | None


def history(stints: Sequence[Stint]) -> list[Step]:
    """The life of a section, oldest first."""
    named = {
        Became.FIRST: _("In the plan from its first edition"),
        Became.ADDED: _("Added"),
        Became.CHANGED: _("Changed"),
        Became.REMOVED: _("Taken out"),
        Became.RETURNED: _("Put back"),
    }
    steps = [Step(stints[0].began, named[stints[0].became], None)]
    for old, new in pairwise(stints):
        words = named[new.became]
        if new.number != old.number and new.number and old.number:
            words = _("%(change)s; it was %(number)s") % {"change": words, "number": old.number}
        steps.append(Step(new.began, words, old.editions[-1]))
    return steps
