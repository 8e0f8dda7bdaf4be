"""A meeting with a pack to make: open papers, one for members, one that is exempt."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from goldthread.core.governance.exemption import Audience, Marking
from goldthread.core.text import Prose, Run, Text
from goldthread.meetings.actions.packs import ask_for_pack, release_pack
from goldthread.meetings.models import Meeting, MeetingStage, Pack, Paper, PaperStage
from goldthread.meetings.pack_building import build_now
from goldthread.meetings.papers import latest, version_text
from tests.meetings.story import NOVEMBER, SENTINEL, Boards


class Packing:
    """One meeting of the board, whose agenda is published."""

    def __init__(self, boards: Boards, at: datetime) -> None:
        self.boards, self.at = boards, at

    @cached_property
    def meeting(self) -> Meeting:
        meeting = self.boards.meeting(NOVEMBER, stage=MeetingStage.PUBLISHED)
        accepted = {"stage": PaperStage.ACCEPTED}
        self.boards.item(meeting, "Apologies", kind="apologies")
        delivery = self.boards.item(meeting, "Delivery of the plan", purpose="decision")
        self.delivery = self.boards.paper("Delivery of the Police and Crime Plan", item=delivery, **accepted)
        money = self.boards.item(meeting, "Money to the end of the year", marking=Marking.MEMBERS)
        self.money = self.boards.paper(
            "Money to the end of September", item=money, marking=Marking.MEMBERS, **accepted
        )
        lease = self.boards.item(meeting, f"{SENTINEL} lease of Copse Court", marking=Marking.EXEMPT)
        self.lease = self.boards.paper(
            f"{SENTINEL} lease of Copse Court, heads of terms",
            item=lease,
            marking=Marking.EXEMPT,
            background=f"{SENTINEL} The landlord asks for three hundred thousand pounds a year from spring.",
            **accepted,
        )
        return meeting

    def ask(self, variant: Audience = Audience.MEMBERS, **more: Any) -> Pack:
        more.setdefault("at", self.at)
        return ask_for_pack(
            meeting=self.meeting, variant=variant, by=self.boards.cast.governance_officer, **more
        )

    def build(self, pack: Pack) -> Pack:
        build_now(pack.pk, clock=self.clock)
        pack.refresh_from_db()
        return pack

    def clock(self) -> datetime:
        """A clock of which no two readings are the same."""
        self.at += timedelta(seconds=1)
        return self.at

    def built(self, variant: Audience = Audience.MEMBERS, **more: Any) -> Pack:
        return self.build(self.ask(variant, **more))

    def out(self, variant: Audience = Audience.MEMBERS, **more: Any) -> Pack:
        pack = self.built(variant, **more)
        release_pack(pack=pack, by=self.boards.cast.governance_officer, at=self.at)
        return pack

    def replace(self, paper: Paper, words: str) -> None:
        """Hand a paper in again with other words in its background."""
        version = latest(paper)
        assert version is not None
        old = version_text(version)
        last = old.sections[-1]
        block = last.blocks[0]
        assert isinstance(block, Prose)
        changed = replace(last, blocks=(replace(block, runs=(Run(words),)), *last.blocks[1:]))
        self.boards.version(paper, Text(old.title, (*old.sections[:-1], changed)))
