"""The theme Victims with work under way, a measure with figures, and the steps of its report."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from goldthread.core.governance.exemption import Marking
from goldthread.core.text import Prose, Run, section_form, words_of
from goldthread.delivery.actions.priorities import measure_by
from goldthread.delivery.actions.reports import assemble_again, assemble_in_depth
from goldthread.delivery.actions.signing import sign_off
from goldthread.delivery.actions.updates import give_update
from goldthread.delivery.models import Action, Report, Update
from goldthread.meetings.actions.accepting import accept_paper, mark_paper
from goldthread.meetings.actions.submitting import submit_paper
from goldthread.meetings.models import AgendaItem, Meeting, MeetingStage, Paper
from goldthread.meetings.papers import content_seal, edition_of, paper_text
from goldthread.people.models import User
from goldthread.plans.actions.sections import save_section
from goldthread.plans.texts import section_of
from tests.delivery.story import VICTIMS, YEAR
from tests.meetings.story import NOVEMBER

GIVEN = datetime(2014, 10, 20, 10, tzinfo=UTC)
SIGNED = datetime(2014, 10, 21, 10, tzinfo=UTC)


class Reporting:
    """What an in-depth report on Victims is made of, and the report."""

    def __init__(self, delivering: Any, measuring: Any, at: datetime) -> None:
        self.delivering, self.measuring, self.at = delivering, measuring, at
        self.cast, self.boards = delivering.cast, delivering.boards

    @property
    def author(self) -> User:
        return self.cast.governance_officer

    @cached_property
    def spoken_of(self) -> Action:
        """V1.1, of which its owner said something that was signed off."""
        action = self.delivering.action()
        self.delivering.milestone(action, "The draft is agreed", reached=date(2014, 10, 24))
        self.delivering.milestone(action)
        self.said(action, "Two of three councils have signed.")
        return action

    @cached_property
    def silent(self) -> Action:
        """V1.2, overdue, of which nobody has said anything."""
        self.spoken_of  # noqa: B018 - it comes first
        return self.delivering.action("Train sixty officers", due=date(2014, 10, 31), weight=2)

    def said(
        self, action: Action, words: str, *, given: datetime = GIVEN, signed: datetime = SIGNED, **more: Any
    ) -> Update:
        """An update by the office on behalf of its owner, signed off by the chief executive."""
        given_by = {"status": "on_course", "by": self.author, **more}
        update = give_update(subject=action, words=words, at=given, **given_by)
        sign_off(update=update, by=self.cast.chief_executive, at=signed)
        return update

    @cached_property
    def measured(self) -> Any:
        """Burglary told for two years, with the analyst's words, telling of V1."""
        measuring = self.measuring
        measuring.load([50 + place % 7 for place in range(24)], first=date(2012, 10, 1))
        measuring.told(date(2014, 9, 1))
        return measure_by(
            priority=self.delivering.live,
            measure=measuring.measure,
            why="It tells of burglary.",
            by=self.author,
            at=self.at,
        )

    @cached_property
    def meeting(self) -> Meeting:
        return self.boards.meeting(NOVEMBER)

    @cached_property
    def item(self) -> AgendaItem:
        return self.boards.item(self.meeting, "Victims in depth")

    @cached_property
    def report(self) -> Report:
        """The in-depth report, assembled with everything above."""
        assert self.silent
        assert self.measured
        return self.assemble()

    def assemble(self, **more: Any) -> Report:
        given = {"board": self.boards.board, "item": self.item, "until": date(2014, 11, 2), **more}
        return assemble_in_depth(
            plan=self.delivering.plan, theme_key=VICTIMS, year=YEAR, by=self.author, at=self.at, **given
        )

    def submit(self, paper: Paper) -> None:
        paper.refresh_from_db()
        submit_paper(paper=paper, seen=content_seal(paper), by=self.author, at=self.at)

    def accept(self, paper: Paper) -> None:
        """The paper handed in, marked open and taken onto its item."""
        self.submit(paper)
        mark_paper(paper=paper, marking=Marking.OPEN, by=self.author, at=self.at)
        accept_paper(paper=paper, item=self.item, by=self.author, at=self.at)

    @cached_property
    def frozen(self) -> Report:
        """The report as it stands once its paper was accepted."""
        self.accept(self.report.paper)
        return Report.objects.get(pk=self.report.pk)

    def hold(self) -> None:
        """The meeting is held."""
        Meeting.objects.filter(pk=self.meeting.pk).update(
            stage=MeetingStage.HELD, held_at=self.meeting.starts_at
        )


def words(report: Report) -> str:
    text = paper_text(report.paper)
    return "\n".join(words_of(block) for _, section in text.walk() for block in section.blocks)


def placed(report: Report, title: str) -> Any:
    rows = edition_of(report.paper).placements.select_related("version")
    return next(each for each in rows if each.version.title == title)


def rewrite(reporting: Any, report: Report, title: str, change: Any) -> None:
    """Save a section of the paper with its blocks changed, as its author would."""
    row = placed(report, title)
    section = section_of(row.version)
    blocks = change(section.blocks)
    form = section_form(type(section)(section.key, section.title, tuple(blocks)))
    save_section(
        edition=edition_of(report.paper),
        key=row.key,
        form=form,
        base=row.version.seal,
        by=reporting.author,
        at=reporting.at,
    )


def reworded(said: str) -> Any:
    """A change of the first paragraph's words."""
    return lambda blocks: (Prose(blocks[0].key, blocks[0].kind, (Run(said),), True), *blocks[1:])


def again(reporting: Any, report: Report, **more: Any) -> tuple[str, ...]:
    at = reporting.at + timedelta(hours=1)
    return assemble_again(report=report, by=reporting.author, at=at, **more)
