"""Give the demonstration office what it set out to do, by the same actions as a person would use.

What was done until 2021 is told before the board's next meeting and the figures of 2026, so that no
report knows what nobody knew then.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from goldthread.delivery.demonstration import words
from goldthread.delivery.demonstration.boards import note_boards
from goldthread.delivery.demonstration.cast import Owners
from goldthread.delivery.demonstration.deeds import Deeds
from goldthread.delivery.demonstration.diary import Diary
from goldthread.delivery.demonstration.later import note_later
from goldthread.delivery.demonstration.present import note_present, year_now
from goldthread.delivery.demonstration.year import note_year
from goldthread.delivery.serving import current_edition
from goldthread.meetings.demonstration import load as meetings
from goldthread.meetings.demonstration.cast import People
from goldthread.people.models import Body
from goldthread.performance.demonstration import load as performance
from goldthread.performance.demonstration.words import told as measures
from goldthread.plans.models import Document


def load(*, at: datetime) -> None:
    """The whole demonstration office: people, plans, board, measures, and what was done about it all."""
    meetings.load_past(at=at)
    body = Body.objects.get(slug="cambridgeshire")
    measured = performance.Telling(People(body), measures(), at)
    measured.begin()
    story = Story(body)
    story.tell_past()
    meetings.load_coming(at=at)
    measured.go_on()
    story.tell_present(localdate(at))


class Story:
    """What was done from 2019 to 2021, and what is going on today."""

    def __init__(self, body: Body) -> None:
        self._owners = Owners(body, words.owners()["person"])
        self._plan = Document.objects.get(body=body, title__contains=words.year()["plan"])

    def tell_past(self) -> None:
        """The year 2019-20, the meetings it came to, and what came after it."""
        diary, told, later = Diary(), words.year(), words.later()["forward"]
        first = self._deeds(told["year"], told["drafted"], diary)
        second = self._deeds(later["year"], later["drafted"], diary)
        note_year(first)
        note_boards(first, second)
        note_later(first, second)
        diary.live()

    def tell_present(self, today: date) -> None:
        """This year's priorities, and what is owed of them."""
        diary = Diary()
        note_present(self._deeds(year_now(today), today, diary), today)
        diary.live()

    def _deeds(self, year: int, on: date, diary: Diary) -> Deeds:
        edition = current_edition(self._plan, on)
        if edition is None:
            raise ValueError(f"no edition of the plan counts on {on}")
        return Deeds(self._owners, self._plan, edition, year, diary)
