"""The papers of the sentinel office: each sort of paper under each sort of item, by the real actions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from goldthread.core.governance.abilities import Role
from goldthread.core.governance.exemption import Marking
from goldthread.meetings.actions.accepting import accept_paper, mark_paper, return_paper, withdraw_paper
from goldthread.meetings.actions.attachments import attach, attach_edition, mark_appendix
from goldthread.meetings.actions.papers import begin_paper
from goldthread.meetings.actions.sign_offs import answer_sign_off, ask_sign_off, set_implication
from goldthread.meetings.actions.sources import find_sources
from goldthread.meetings.actions.submitting import submit_paper
from goldthread.meetings.models import AgendaItem, Appendix, Paper
from goldthread.meetings.papers import content_seal, edition_of, paper_text
from goldthread.plans.actions.sections import Conflict, save_section
from goldthread.plans.models import Edition
from tests.meetings.leaks.sentinels import Level
from tests.meetings.leaks.writing import a_pdf_file, a_text, a_word_file

if TYPE_CHECKING:
    from tests.meetings.leaks.office import Office

WRITTEN = datetime(2014, 9, 8, 10, tzinfo=UTC)
HANDED_IN = datetime(2014, 9, 12, 10, tzinfo=UTC)
REVIEW = date(2030, 10, 2)
EXEMPT: dict[str, Any] = {"reason_code": "12A-3", "review_on": REVIEW}
MANAGERS = (Role.CHIEF_EXECUTIVE.value, Role.GOVERNANCE_OFFICER.value)


class Papers:
    """Writes papers for an office; ``readers`` are told apart by the name of their role."""

    def __init__(self, office: Office) -> None:
        self.office, self.cast, self.words = office, office.cast, office.words
        self.clerk = office.cast.governance_officer
        self.count = 0

    def begin(
        self,
        name: str,
        level: Level,
        *,
        item: AgendaItem | None,
        author: Role = Role.CHIEF_EXECUTIVE,
        cited: Iterable[str] = (),
        titled: Level | None = None,
    ) -> Paper:
        """A paper every word of which says where it stands. Its author reads it, whatever its level."""
        self.count += 1

        def plant(where: str, least: Level = level) -> str:
            return self.words.plant(f"{name}: {where}", least, also=(author.value, *MANAGERS))

        title = f"Paper on {plant('its title', level if titled is None else titled)}"
        return begin_paper(
            board=self.office.board,
            title=title,
            to=f"The Board, {plant('To')}",
            sender=f"The office, {plant('From')}",
            author=self.cast.holder(author),
            item=item,
            text=a_text(title, f"p{self.count}", plant, *cited),
            source_name="",
            by=self.cast.holder(author),
            at=WRITTEN,
        )

    def hand_in(self, paper: Paper, *, note: str = "") -> None:
        submit_paper(paper=paper, seen=content_seal(paper), note=note, by=paper.author, at=HANDED_IN)

    def accepted(self, paper: Paper, marking: str, **more: Any) -> Paper:
        """A paper that was handed in, marked and accepted for its item."""
        self.hand_in(paper, note=f"Changed: {self._to_office(paper, 'the note of a version')}")
        if marking:
            self.mark(paper, marking, **more)
        accept_paper(paper=paper, item=paper.item, by=self.clerk, at=HANDED_IN)
        return paper

    def mark(self, paper: Paper, marking: str, **more: Any) -> None:
        given = {**EXEMPT, **more} if marking == Marking.EXEMPT else more
        mark_paper(paper=paper, marking=marking, by=self.clerk, at=HANDED_IN, **given)

    def _to_office(self, paper: Paper, where: str) -> str:
        return self.words.full(f"{paper.slug}: {where}", also=(paper.owner_office.role, *MANAGERS))

    def attach(
        self, paper: Paper, label: str, level: Level, marking: str = "", *, pdf: bool = True
    ) -> Appendix:
        """A file whose name, title, words and properties all tell."""
        role = paper.owner_office.role

        def plant(where: str) -> str:
            return self.words.plant(f"{paper.slug} {label}: {where}", level, also=(role, *MANAGERS))

        hiding = level is not Level.PUBLIC
        content = a_pdf_file(plant, hiding=hiding) if pdf else a_word_file(plant)
        appendix = attach(
            paper=paper,
            label=label,
            title=f"File about {plant('its title')}",
            name=f"file {plant('its name')}.{'pdf' if pdf else 'docx'}",
            content=content,
            by=paper.author,
            at=WRITTEN,
        )
        self.mark_file(appendix, marking, plant)
        return appendix

    def attach_plan(self, paper: Paper, label: str, edition: Edition, level: Level, marking: str) -> Appendix:
        def plant(where: str) -> str:
            return self.words.plant(f"{paper.slug} {label}: {where}", level, also=MANAGERS)

        appendix = attach_edition(
            paper=paper,
            label=label,
            title=f"Plan for {plant('the title of an attached plan')}",
            edition=edition,
            by=paper.author,
            at=WRITTEN,
        )
        self.mark_file(appendix, marking, plant)
        return appendix

    def mark_file(self, appendix: Appendix, marking: str, plant: Any) -> None:
        if not marking:
            return
        more = (
            {"reason_code": "12A-3", "reason_words": f"Because of {plant('why a file is exempt')}"}
            if marking == Marking.EXEMPT
            else {}
        )
        mark_appendix(appendix=appendix, marking=marking, by=self.clerk, at=WRITTEN, **more)

    def sign(self, paper: Paper, level: Level) -> None:
        """Ask the finance officer, who answers with conditions; say what it means for money."""
        also = (paper.owner_office.role, *MANAGERS)
        least = max(level, Level.MEMBERS)
        finance = self.cast.office(Role.CHIEF_FINANCE_OFFICER)
        implied = self.words.plant(f"{paper.slug}: an implication", level, also=also)
        set_implication(
            paper=paper, kind="finance", words=f"It costs {implied}.", by=paper.author, at=WRITTEN
        )
        asked = ask_sign_off(
            paper=paper, kind="finance", office=finance, due=date(2014, 9, 20), by=paper.author, at=WRITTEN
        )
        said = self.words.plant(f"{paper.slug}: what a sign-off says", least, also=also)
        answer_sign_off(
            sign_off=asked,
            outcome="conditions",
            words=f"If {said}.",
            seen=content_seal(paper),
            by=self.cast.chief_finance_officer,
            at=WRITTEN,
        )

    def give_back(self, paper: Paper) -> None:
        words = f"Please mend {self._to_office(paper, 'why it was returned')}."
        return_paper(paper=paper, words=words, by=self.clerk, at=HANDED_IN)

    def take_back(self, paper: Paper) -> None:
        words = f"Because {self._to_office(paper, 'why it was withdrawn')}."
        withdraw_paper(paper=paper, reason=words, by=self.clerk, at=HANDED_IN)

    def rewrite(self, paper: Paper, level: Level) -> None:
        """Other words in its first section; what stood there before stays in its history."""
        role = paper.owner_office.role
        edition = edition_of(paper)
        placed = edition.placements.select_related("version").order_by("position")[0]
        said = self.words.plant(f"{paper.slug}: what was written over", level, also=(role, *MANAGERS))
        form = {**placed.version.form, "content": [_paragraph(f"To tell the board of {said}.")]}
        save_section(
            edition=edition, key=placed.key, form=form, base=placed.version.seal, by=paper.author, at=WRITTEN
        )

    def conflict(self, paper: Paper) -> None:
        """Words of its author's that were kept beside the chief executive's."""
        edition = edition_of(paper)
        placed = edition.placements.select_related("version").order_by("-position")[0]
        base, title = placed.version.seal, placed.version.form
        for who in (self.cast.chief_executive, paper.author):
            role = Role.CHIEF_EXECUTIVE if who == self.cast.chief_executive else paper.owner_office.role
            said = self.words.full(
                f"{paper.slug}: kept words", also=(role, paper.owner_office.role, *MANAGERS)
            )
            form = {**title, "content": [_paragraph(f"Written: {said}.")]}
            saved = save_section(edition=edition, key=placed.key, form=form, base=base, by=who, at=WRITTEN)
        assert isinstance(saved, Conflict)

    def sources(self, paper: Paper) -> None:
        find_sources(paper=paper, text=replace(paper_text(paper)), by=paper.author, at=WRITTEN)


def _paragraph(words: str) -> dict[str, Any]:
    return {"type": "paragraph", "attrs": {"key": "kept"}, "content": [{"type": "text", "text": words}]}
