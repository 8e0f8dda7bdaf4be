"""The meetings that delivery brought something to: one theme seen in depth, and the next year approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from goldthread.core.text import read_section, section_form
from goldthread.delivery.actions.reports import assemble_in_depth, assemble_theme_documents
from goldthread.delivery.demonstration import words
from goldthread.delivery.demonstration.deeds import Deeds
from goldthread.delivery.demonstration.words import Entry
from goldthread.meetings.actions.accepting import accept_paper, mark_paper
from goldthread.meetings.actions.agenda import add_item
from goldthread.meetings.actions.forward import place_on_agenda
from goldthread.meetings.actions.papers import begin_paper
from goldthread.meetings.actions.sources import find_sources, pin_source
from goldthread.meetings.actions.submitting import submit_paper
from goldthread.meetings.demonstration.cast import on
from goldthread.meetings.demonstration.telling import Telling
from goldthread.meetings.demonstration.words import paper_text as words_of_paper
from goldthread.meetings.models import AgendaItem, Board, Meeting, Paper, Planned, Register
from goldthread.meetings.papers import content_seal, edition_of, paper_text
from goldthread.meetings.sources import candidates
from goldthread.performance.actions.narratives import write_narrative
from goldthread.performance.models import Measure
from goldthread.performance.places import home_area
from goldthread.plans.actions.sections import save_section
from goldthread.plans.demonstration.markup import read_words
from goldthread.plans.demonstration.sheets import key_of
from goldthread.plans.demonstration.words import section_key

IN_DEPTH, NEXT_YEAR = "2019-12-05", "2020-05-07"


def note_boards(year: Deeds, following: Deeds) -> None:
    """Put both meetings into the diary, on the days when their papers were begun."""
    earlier = Meeting.objects.filter(board__body=year.plan.body, on__lt=IN_DEPTH)
    held = {meeting.on.isoformat(): meeting for meeting in earlier}
    for day, deeds in ((IN_DEPTH, year), (NEXT_YEAR, following)):
        entry = words.meeting(day)
        begun = on(entry["paper"][0]["begun"], 14)
        deeds.diary.put(begun, lambda at, deeds=deeds, entry=entry: _meet(deeds, entry, held))


def _meet(deeds: Deeds, entry: Entry, held: dict[str, Meeting]) -> None:
    board = Board.objects.get(body=deeds.plan.body, kind="board")
    register = Register.objects.get(body=deeds.plan.body)
    Assembled(deeds, board, register, entry, held).tell()


class Assembled(Telling):
    """Tells a meeting whose papers were assembled from what the office keeps of delivery."""

    def __init__(
        self, deeds: Deeds, board: Board, register: Register, entry: Entry, held: dict[str, Meeting]
    ) -> None:
        super().__init__(deeds.owners, board, register, entry, held)
        self._deeds = deeds

    def _bring(self, meeting: Meeting, entry: Entry) -> None:
        begun = on(entry["begun"], 14)
        if "in_depth" in entry:
            planned = Planned.objects.get(board=self._board, title=words.year()["planned"]["title"])
            item = place_on_agenda(
                planned=planned, meeting=meeting, marking="open", by=self._keeper, at=begun
            )
            paper = self._report(item, entry, begun)
        else:
            item = add_item(
                meeting=meeting,
                title=entry["title"],
                purpose=entry["purpose"],
                lead=entry["lead"],
                marking="open",
                by=self._keeper,
                at=begun,
            )
            paper = self._with_documents(item, entry, begun)
        self._items[entry["id"]], self._papers[entry["id"]] = item, paper
        self._hand_in(paper, item, entry)

    def _report(self, item: AgendaItem, entry: Entry, at: datetime) -> Paper:
        """The in-depth report on a theme, with what its author asks in place of what was proposed."""
        author = self._people[entry["author"]]
        self._say_what_figures_tell(entry, at)
        report = assemble_in_depth(
            plan=self._deeds.plan,
            theme_key=section_key(self._deeds.plan_words, entry["in_depth"]),
            year=self._deeds.year,
            since=entry["since"],
            until=entry["until"],
            item=item,
            by=author,
            at=at,
        )
        edition = edition_of(report.paper)
        placed = edition.placements.select_related("version").get(version__title="Recommendation")
        section, _problems = read_section({**placed.version.form, "key": placed.key})
        asked = read_words(f"[asked recommendation] {entry['asked']}", key_of(report.paper.slug))
        noted, _of_owners = section.blocks
        form = section_form(replace(section, blocks=(*asked, noted)))
        save_section(edition=edition, key=placed.key, form=form, base=placed.version.seal, by=author, at=at)
        return report.paper

    def _say_what_figures_tell(self, entry: Entry, at: datetime) -> None:
        """The analyst's words about figures that the report shows: a board is handed no bare chart."""
        body = self._deeds.plan.body
        for each in entry.get("figures", ()):
            write_narrative(
                measure=Measure.objects.get(body=body, key=each["measure"]),
                area=home_area(body),
                period=each["period"],
                words=each["words"],
                by=self._people["analyst"],
                at=at,
            )

    def _with_documents(self, item: AgendaItem, entry: Entry, at: datetime) -> Paper:
        """A paper that was written, with the document of each theme as an appendix."""
        author = self._people[entry["author"]]
        paper = begin_paper(
            board=self._board,
            title=entry["title"],
            sender=entry["from"],
            author=author,
            item=item,
            text=words_of_paper(item.meeting.slug, entry),
            by=author,
            at=at,
        )
        assemble_theme_documents(plan=self._deeds.plan, year=entry["themes"], paper=paper, by=author, at=at)
        return paper

    def _hand_in(self, paper: Paper, item: AgendaItem, entry: Entry) -> None:
        author, at = self._people[entry["author"]], on(entry["submitted"], 9)
        for link in find_sources(paper=paper, text=paper_text(paper), by=author, at=at):
            offered = () if link.target else candidates(paper, link.words)
            if offered:
                pin_source(link=link, to=offered[0][0], by=author, at=at)
        submit_paper(paper=paper, seen=content_seal(paper), by=author, at=at)
        monitor = self._people["monitoring-officer"]
        mark_paper(paper=paper, marking=entry["marking"], by=monitor, at=on(entry["submitted"], 16))
        accept_paper(paper=paper, item=item, by=self._keeper, at=on(entry["submitted"], 17))
