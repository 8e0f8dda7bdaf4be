"""Give the demonstration office what it set out to do, by the same actions as a person would use."""

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
from goldthread.people.models import Body
from goldthread.performance.demonstration import load as performance
from goldthread.plans.models import Document


def load(*, at: datetime) -> None:
    """The whole demonstration office: people, plans, board, measures, then what was done about it all."""
    performance.load(at=at)
    tell(at=at)


def tell(*, at: datetime) -> None:
    """What was done from 2019 to the day it is loaded, in an office that has everything else."""
    body, told, diary = Body.objects.get(slug="cambridgeshire"), words.year(), Diary()
    owners = Owners(body, words.owners()["person"])
    plan = Document.objects.get(body=body, title__contains=told["plan"])

    def deeds(year: int, on: date) -> Deeds:
        return Deeds(owners, plan, current_edition(plan, on), year, diary)

    first, second = (
        deeds(year, told["drafted"]) for year in (told["year"], words.later()["forward"]["year"])
    )
    today = localdate(at)
    note_year(first)
    note_boards(first, second)
    note_later(first, second)
    note_present(deeds(year_now(today), today), today)
    diary.live()
