"""Who is meant by the owners that a list names: offices by title, or by the name or initials of a holder."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from goldthread.files.sheets.matching import folded
from goldthread.meetings.models import Seat
from goldthread.people.models import Body, Holding, Office

_SMALL = frozenset({"of", "the", "and", "for", "to", "in"})
_BETWEEN = re.compile(r"\s*(?:[/,&;+]|\band\b|\bwith\b)\s*")


@dataclass(frozen=True, slots=True)
class Guess:
    """Whom words mean: an office where only one can be meant, and how that is known in a sentence."""

    words: str
    office: int | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class _Meant:
    office: int
    how: str


def guesses(body: Body, named: Iterable[str], on: date) -> tuple[Guess, ...]:
    """For each owner that a list names, the office that is meant on a day."""
    now, past = _holders(body, on)
    for called, meant in _titles(body).items():
        now[called] |= meant
    return tuple(_guess(words, now, past) for words in named)


def _guess(words: str, *known: dict[str, set[_Meant]]) -> Guess:
    for part in dict.fromkeys((words, *_BETWEEN.split(words))):
        for meant in known:
            found = meant.get(folded(part), set())
            if len({each.office for each in found}) > 1:
                return Guess(
                    words, None, _("More than one office may be meant by “%(part)s”.") % {"part": part}
                )
            for each in found:
                how = each.how
                if part != words:
                    how = _("%(how)s Of several, the first that is known.") % {"how": how}
                return Guess(words, each.office, how.strip())
    return Guess(words, None, _("Nobody here goes by that name."))


def _titles(body: Body) -> dict[str, set[_Meant]]:
    """Offices by their titles and the initials of these."""
    found: dict[str, set[_Meant]] = defaultdict(set)
    for office in Office.objects.filter(body=body):
        found[folded(office.title)].add(_Meant(office.pk, ""))
        letters = "".join(word[0] for word in folded(office.title).split() if word not in _SMALL)
        if len(letters) > 1:
            how = _("The initials of %(title)s.") % {"title": office.title}
            found[letters].add(_Meant(office.pk, how))
    return found


def _holders(body: Body, on: date) -> tuple[dict[str, set[_Meant]], dict[str, set[_Meant]]]:
    """Offices by the names and initials of those who hold them on a day, and of those who did before."""
    now: dict[str, set[_Meant]] = defaultdict(set)
    past: dict[str, set[_Meant]] = defaultdict(set)
    held = Holding.objects.filter(office__body=body, starts__lte=on).select_related("office", "user")
    seats = _seat_initials(body)
    for holding in held.order_by("-starts"):
        name, title = holding.user.name, holding.office.title
        left = holding.ends is not None and holding.ends < on
        how = _("%(name)s is %(title)s.") % {"name": name, "title": title}
        if left:
            how = _("%(name)s was %(title)s until %(day)s. It goes to the office.") % {
                "name": name,
                "title": title,
                "day": f"{holding.ends:%-d %B %Y}",
            }
        for called in (folded(name), initials_of(name), *seats.get(holding.user_id, ())):
            (past if left else now)[called].add(_Meant(holding.office_id, how))
    return now, past


def initials_of(name: str) -> str:
    """The initials of a person without their titles: Kit Frost is “kf”."""
    parts = [
        part for part in folded(name).split() if part not in ("mr", "mrs", "ms", "miss", "dr", "sir", "dame")
    ]
    return "".join(part[0] for part in parts)


def _seat_initials(body: Body) -> dict[int, set[str]]:
    """By person, the initials that the boards of a body know them by."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Seat.objects.filter(Q(board__body=body), user__isnull=False).exclude(initials="")
    for user, letters in rows.values_list("user_id", "initials"):
        found[user].add(folded(letters))
    return found
