"""Minutes for tests: two held meetings of the board, with an open item and an exempt one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from goldthread.meetings.actions.minutes import (
    Conflict,
    Saved,
    approve_minutes,
    begin_minutes,
    circulate,
    publish_minutes,
    write_words,
)
from goldthread.meetings.models import (
    AgendaItem,
    Attendance,
    How,
    Meeting,
    MeetingStage,
    Minutes,
    MinutesVersion,
)
from goldthread.people.models import User
from tests.meetings.story import NOVEMBER, OCTOBER, SENTINEL, Boards

SAID = (
    "The Chief Constable presented the paper.\n"
    "RESOLVED: The Board approved the proposal.\n"
    "ACTION: DK and CW to write to partners by 30 October 2014.\n"
    "Members asked about costs."
)
LATER = datetime(2014, 11, 20, 10, tzinfo=UTC)


class Minuted:
    """The minutes of the board of October 2014, taken by its governance officer."""

    def __init__(self, boards: Boards) -> None:
        self.boards, self.cast = boards, boards.cast
        self.at = LATER

    @property
    def clerk(self) -> User:
        return self.cast.governance_officer

    @cached_property
    def meeting(self) -> Meeting:
        meeting = self.boards.meeting(OCTOBER, stage=MeetingStage.HELD)
        for seat in self.boards.board.seats.all():
            Attendance.objects.create(
                meeting=meeting,
                seat=seat,
                name=seat.name,
                initials=seat.initials,
                title=seat.title,
                how=How.PRESENT,
            )
        return meeting

    @cached_property
    def next_meeting(self) -> Meeting:
        return self.boards.meeting(NOVEMBER, stage=MeetingStage.HELD)

    @cached_property
    def item(self) -> AgendaItem:
        return self.boards.item(self.meeting, "Delivery of the Plan", number="8.0")

    @cached_property
    def secret(self) -> AgendaItem:
        return self.boards.item(self.meeting, f"{SENTINEL} title", number="9.0", marking="exempt")

    @cached_property
    def minutes(self) -> Minutes:
        return begin_minutes(meeting=self.meeting, by=self.clerk, at=self.at)

    def write(
        self,
        words: str = SAID,
        *,
        item: AgendaItem | None = None,
        base: str | None = None,
        by: User | None = None,
        exempt: bool | None = None,
    ) -> Saved | Conflict:
        """Write under an item; on what stands there now unless another seal is given."""
        item = item or self.item
        now = self.minutes.entries.filter(item=item).first()
        return write_words(
            minutes=self.minutes,
            item=item,
            words=words,
            base=base if base is not None else (now.seal if now else ""),
            exempt=exempt,
            by=by or self.clerk,
            at=self.at,
        )

    def whole(self) -> Minutes:
        """Minutes with an open entry and an exempt one."""
        self.write()
        self.write(f"{SENTINEL} words.\nACTION: FM to settle {SENTINEL}.", item=self.secret)
        return self.minutes

    def circulated(self, **more: Any) -> MinutesVersion:
        self.whole()
        version = circulate(minutes=self.minutes, by=self.clerk, at=self.at, **more)
        self.minutes.refresh_from_db()
        return version

    def approved(self, words: str = "") -> Minutes:
        self.circulated()
        approve_minutes(
            minutes=self.minutes, at_meeting=self.next_meeting, words=words, by=self.clerk, at=self.at
        )
        self.minutes.refresh_from_db()
        return self.minutes

    def published(self) -> Minutes:
        self.approved()
        publish_minutes(minutes=self.minutes, by=self.clerk, at=self.at)
        self.minutes.refresh_from_db()
        return self.minutes


def on(day: int, month: int = 11) -> date:
    return date(2014, month, day)
