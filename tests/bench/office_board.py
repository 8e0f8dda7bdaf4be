"""The board of the bench's office: its meetings, papers and decisions, as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import cached_property

from office import (
    BEGAN,
    DECISIONS,
    PAPERS,
    YEARS,
    day_of,
    moment,
)

if __name__ == "__main__":
    raise SystemExit(0)

from goldthread.core.governance.abilities import Role
from goldthread.core.governance.exemption import Marking
from goldthread.core.text import Kind, Prose, Run, Section, seal_of, section_form
from goldthread.core.text.seal import section_seal, section_wording
from goldthread.meetings.models import (
    AgendaItem,
    Board,
    Decision,
    DecisionStage,
    Meeting,
    MeetingStage,
    Paper,
    PaperStage,
    PaperVersion,
    Register,
)
from goldthread.people.models import Body, User
from goldthread.plans.models import Document, DocumentKind, Edition, Placement, SectionVersion

BATCH = 1_000
SEALED = seal_of("bench")


class Boards:
    """A board of a body. Whoever makes the rest of the office says how much of everything there is."""

    body: Body
    say: Callable[[int], str]

    def many(self, count: int) -> int:
        """So much of what a whole office has."""
        raise NotImplementedError

    def holder(self, title: str) -> User:
        """Who holds an office."""
        raise NotImplementedError

    def _words(self, key: str, count: int) -> Prose:
        return Prose(f"words-{key}", Kind.PARAGRAPH, (Run(self.say(count)),))

    @cached_property
    def board(self) -> Board:
        return Board.objects.create(
            body=self.body,
            name="Business Coordination Board",
            short="BCB",
            slug="bcb",
            starts=BEGAN,
            decider=self.body.offices.get(role=Role.COMMISSIONER),
            made_at=moment(BEGAN),
        )

    @cached_property
    def meetings(self) -> list[Meeting]:
        count = max(2, self.many(12 * YEARS))
        days = [day_of(place, count) for place in range(count)]
        rows = [
            Meeting(
                board=self.board,
                slug=day.isoformat(),
                on=day,
                starts_at=moment(day),
                stage=MeetingStage.HELD,
                published_at=moment(day - timedelta(days=7)),
                held_at=moment(day),
                made_at=moment(day - timedelta(days=30)),
            )
            for day in days
        ]
        return Meeting.objects.bulk_create(rows)

    def papers(self) -> list[Paper]:
        """Papers of about 700 words in three sections, each accepted for an item of a meeting."""
        count, author = self.many(PAPERS), self.holder("Governance Officer")
        made: list[Paper] = []
        for places in chunks(count, 500):
            whens = {place: self.meetings[place * len(self.meetings) // count] for place in places}
            titles = {place: self.say(7)[:-1] for place in places}
            items = AgendaItem.objects.bulk_create(
                AgendaItem(
                    meeting=whens[place],
                    position=place % 60 + 1,
                    number=f"{place % 60 + 1}.0",
                    title=titles[place],
                    marking=Marking.OPEN,
                    made_at=whens[place].made_at,
                )
                for place in places
            )
            documents = Document.objects.bulk_create(
                Document(
                    body=self.body,
                    kind=DocumentKind.PAPER,
                    title=titles[place],
                    slug=f"bcb-paper-{place}",
                    made_by=self.board.name,
                    made_at=whens[place].made_at,
                )
                for place in places
            )
            made += self._papers(places, items, documents, whens, author)
        return made

    def _papers(
        self,
        places: Sequence[int],
        items: list[AgendaItem],
        documents: list[Document],
        whens: dict[int, Meeting],
        author: User,
    ) -> list[Paper]:
        texts = [[self._paper_section(place, part) for part in range(3)] for place in places]
        editions = Edition.objects.bulk_create(
            Edition(
                document=document,
                label="Draft",
                slug="draft",
                title=document.title,
                made_at=document.made_at,
                made_by="Bench",
            )
            for document in documents
        )
        _place(editions, texts)
        papers = Paper.objects.bulk_create(
            Paper(
                board=self.board,
                document=document,
                item=item,
                slug=document.slug,
                title=document.title,
                to=self.board.name,
                sender="Governance Officer",
                dated=whens[place].on,
                house_template="cambridgeshire",
                author=author,
                stage=PaperStage.ACCEPTED,
                marking=Marking.OPEN,
                made_at=document.made_at,
            )
            for place, document, item in zip(places, documents, items, strict=True)
        )
        _hand_in(papers, texts)
        return papers

    def _paper_section(self, place: int, part: int) -> Section:
        blocks = tuple(self._words(f"{place}-{part}-{line}", 58) for line in range(4))
        return Section(f"p{place}-{part}", ("Purpose", "Recommendation", "Background")[part], blocks)

    def decisions(self) -> list[Decision]:
        register = Register.objects.create(
            body=self.body, name="Decisions", slug="decisions", pattern="CPCC {year}-{serial:03}"
        )
        count, who = self.many(DECISIONS), self.holder("Police and Crime Commissioner").name
        rows = []
        for place in range(count):
            day = day_of(place, count)
            reference = f"CPCC {day.year}-{place:04}"
            rows.append(
                Decision(
                    register=register,
                    board=self.board,
                    stage=DecisionStage.DECIDED,
                    period=str(day.year),
                    serial=place + 1,
                    reference=reference,
                    normal=reference.lower().replace(" ", ""),
                    slug=reference.lower().replace(" ", "-"),
                    title=self.say(6)[:-1],
                    outcome="agreed",
                    resolved=self.say(40),
                    reasons=self.say(30),
                    decided_by=who,
                    decided_on=day,
                    decided_at=moment(day),
                    recorded_by="Peter Lode",
                    seal=SEALED,
                    marking=Marking.OPEN,
                    published_at=moment(day),
                    published_by="Peter Lode",
                    made_at=moment(day),
                )
            )
        return Decision.objects.bulk_create(rows, batch_size=BATCH)


def _hand_in(papers: list[Paper], texts: list[list[Section]]) -> None:
    """The one version of each paper, as it was handed in."""
    PaperVersion.objects.bulk_create(
        PaperVersion(
            paper=paper,
            number=1,
            title=paper.title,
            form=[[0, section_form(section)] for section in text],
            header={},
            text_seal=SEALED,
            seal=SEALED,
            submitted_at=paper.made_at,
            submitted_by=paper.sender,
        )
        for paper, text in zip(papers, texts, strict=True)
    )


def chunks(count: int, size: int) -> Iterator[range]:
    """The numbers below a count, so many at a time."""
    for start in range(0, count, size):
        yield range(start, min(start + size, count))


def _place(editions: list[Edition], texts: list[list[Section]]) -> None:
    """The sections of many papers at once, as `place_all` writes them one by one."""
    rows = [
        SectionVersion(
            document_id=edition.document_id,
            key=section.key,
            title=section.title,
            form=section_form(section),
            seal=section_seal(section),
            wording=section_wording(section),
            word_count=240,
            made_at=edition.made_at,
        )
        for edition, text in zip(editions, texts, strict=True)
        for section in text
    ]
    versions = iter(SectionVersion.objects.bulk_create(rows, batch_size=BATCH))
    Placement.objects.bulk_create(
        (
            Placement(edition=edition, position=place, key=section.key, version=next(versions))
            for edition, text in zip(editions, texts, strict=True)
            for place, section in enumerate(text, start=1)
        ),
        batch_size=BATCH,
    )
