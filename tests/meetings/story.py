"""A board with its seats, meetings, agendas and papers, written as rows: tests of one subject of
boards need not run the actions of all the others."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any

from goldthread.core.governance.abilities import Role
from goldthread.core.governance.exemption import Marking
from goldthread.core.governance.verbs import verb_of
from goldthread.core.text import Block, Kind, Prose, Run, Section, Text, Typed, numbers, seal_of, text_seal
from goldthread.meetings.models import (
    AgendaItem,
    Board,
    Meeting,
    MeetingStage,
    Paper,
    PaperStage,
    PaperVersion,
    Recommendation,
    Register,
    Seat,
    SeatRole,
)
from goldthread.meetings.texts import form_of
from goldthread.people.models import User
from goldthread.plans.models import Document, DocumentKind, Edition
from goldthread.plans.texts import flatten, place_all
from tests.cast import SET_UP, Cast

OCTOBER = date(2014, 10, 2)
NOVEMBER = date(2014, 11, 6)
SENTINEL = "SENTINEL-EXEMPT"
"""Stands in every word of exempt business, so that a test can look for it anywhere."""


def block(key: str, words: str) -> Block:
    return Prose(key, Kind.PARAGRAPH, (Run(words),), numbered=True)


def a_text(title: str, recommendation: str, background: str, *, mark: str = "p") -> Text:
    """A paper in the house template: purpose, recommendation, background."""
    return Text(
        title,
        (
            Section(f"{mark}-1", "Purpose", (block(f"{mark}-b1", f"To put {title} before the Board."),)),
            Section(
                f"{mark}-2",
                "Recommendation",
                (Typed(f"{mark}-b2", Kind.RECOMMENDATION, (Run(recommendation),)),),
            ),
            Section(f"{mark}-3", "Background", (block(f"{mark}-b3", background),)),
        ),
    )


class Boards:
    """One board of the cast's body. Everything is made when first asked for."""

    def __init__(self, cast: Cast, at: datetime) -> None:
        self.cast, self.at = cast, at

    @cached_property
    def board(self) -> Board:
        board = Board.objects.create(
            body=self.cast.body,
            name="Business Coordination Board",
            short="BCB",
            slug="bcb",
            starts=date(2012, 11, 22),
            decider=self.cast.office(Role.COMMISSIONER),
            quorum={"kind": "number", "number": 2},
            usual_time=time(14),
            usual_place="Conference Suite",
            made_at=SET_UP,
        )
        people = (
            (Role.COMMISSIONER, SeatRole.CHAIR, "FM"),
            (Role.CHIEF_CONSTABLE, SeatRole.MEMBER, "SH"),
            (Role.BOARD_MEMBER, SeatRole.MEMBER, "CW"),
            (Role.CHIEF_EXECUTIVE, SeatRole.ADVISER, "DK"),
            (Role.GOVERNANCE_OFFICER, SeatRole.ATTENDING, "PL"),
        )
        for position, (role, how, initials) in enumerate(people):
            user, office = self.cast.holder(role), self.cast.office(role)
            Seat.objects.create(
                board=board,
                role=how,
                name=user.name,
                initials=initials,
                title=office.title,
                office=office,
                user=user,
                position=position,
                starts=date(2012, 11, 22),
            )
        return board

    @cached_property
    def register(self) -> Register:
        return Register.objects.create(
            body=self.cast.body, name="Decisions", slug="decisions", pattern="CPCC {year}-{serial:03}"
        )

    def meeting(self, on: date = OCTOBER, *, stage: str = MeetingStage.PLANNED) -> Meeting:
        """A meeting on a day; one that is published or held has a published agenda."""
        starts = datetime.combine(on, time(13), UTC)
        published = None if stage == MeetingStage.PLANNED else datetime.combine(on, time(9), UTC)
        return Meeting.objects.create(
            board=self.board,
            slug=on.isoformat(),
            on=on,
            starts_at=starts,
            place="Conference Suite",
            stage=stage,
            published_at=published,
            held_at=starts if stage == MeetingStage.HELD else None,
            made_at=SET_UP,
        )

    def item(
        self,
        meeting: Meeting,
        title: str,
        *,
        marking: str = Marking.OPEN,
        number: str = "",
        kind: str = "business",
        **more: Any,
    ) -> AgendaItem:
        """An item at the end of an agenda; an exempt one is told to the public as “Estate matter”."""
        position = meeting.items.count() + 1
        exempt = {} if marking != Marking.EXEMPT else {"public_title": "Estate matter"}
        return AgendaItem.objects.create(
            meeting=meeting,
            position=position,
            number=number or f"{position}.0",
            title=title,
            kind=kind,
            marking=marking,
            made_at=self.at,
            **{**exempt, **more},
        )

    def paper(
        self,
        title: str,
        *,
        item: AgendaItem | None = None,
        author: User | None = None,
        recommendation: str = "The Board is recommended to approve the proposal.",
        background: str = "It follows from the Plan.",
        marking: str = Marking.OPEN,
        stage: str = PaperStage.DRAFTING,
    ) -> Paper:
        """A paper with its words; one that was submitted or accepted has its first version."""
        count = Paper.objects.count() + 1
        text = a_text(title, recommendation, background, mark=f"p{count}")
        slug = f"paper-{count}"
        document = Document.objects.create(
            body=self.cast.body,
            kind=DocumentKind.PAPER,
            title=title,
            slug=slug,
            made_by=self.board.name,
            made_at=self.at,
        )
        edition = Edition.objects.create(
            document=document, label="Draft", slug="draft", title=title, made_at=self.at, made_by="Test"
        )
        place_all(edition, flatten(text), at=self.at)
        paper = Paper.objects.create(
            board=self.board,
            document=document,
            item=item,
            slug=slug,
            title=title,
            to=self.board.name,
            sender="Chief Executive",
            dated=item.meeting.on if item else None,
            house_template="cambridgeshire",
            author=author or self.cast.chief_executive,
            stage=stage,
            marking=marking,
            made_at=self.at,
        )
        if stage in (PaperStage.SUBMITTED, PaperStage.ACCEPTED):
            self.version(paper, text)
        return paper

    def version(self, paper: Paper, text: Text) -> PaperVersion:
        """The paper handed in with these words, and its recommendations held."""
        header = {"to": paper.to, "from": paper.sender, "date": str(paper.dated or "")}
        version = PaperVersion.objects.create(
            paper=paper,
            number=paper.versions.count() + 1,
            title=paper.title,
            form=form_of(text),
            header=header,
            text_seal=text_seal(text),
            seal=seal_of([text_seal(text), header, []]),
            submitted_at=self.at,
            submitted_by=paper.author.name,
        )
        labels = numbers(text)
        for _, section in text.walk():
            for each in section.blocks:
                if each.kind == Kind.RECOMMENDATION:
                    words = "".join(run.words for run in each.runs)
                    Recommendation.objects.create(
                        version=version,
                        key=each.key,
                        number=labels.get(each.key, "").rpartition(" ")[2],
                        words=words,
                        verb=str(verb_of(words) or ""),
                    )
        return version
