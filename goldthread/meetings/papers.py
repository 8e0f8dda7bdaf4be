"""Reads of papers: their words and header as they are now, what was handed in, who has signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from goldthread.core.proofing import Facts, Finding, PaperKind, proof
from goldthread.core.text import (
    Block,
    Kind,
    ListBlock,
    Prose,
    Section,
    Text,
    Typed,
    canonical,
    numbers,
    plain,
    seal_of,
    text_seal,
    words_of,
)
from goldthread.files.recognise.kinds import kind_of_heading
from goldthread.meetings.house import House, house_of
from goldthread.meetings.models import Appendix, Paper, PaperStage, PaperVersion, SignOff
from goldthread.meetings.texts import text_of_form
from goldthread.plans.models import Edition
from goldthread.plans.texts import text_of

OPEN_STAGES = (PaperStage.DRAFTING, PaperStage.RETURNED)
"""The stages at which a paper is with its author."""


def edition_of(paper: Paper) -> Edition:
    """The one edition that holds the living words of a paper."""
    edition: Edition = paper.document.editions.order_by("-pk")[0]
    edition.document = paper.document
    return edition


def paper_text(paper: Paper) -> Text:
    """What a paper says as it is being written: two queries."""
    return text_of(edition_of(paper))


def version_text(version: PaperVersion) -> Text:
    """What a paper said as it was handed in."""
    return text_of_form(version.form, title=version.title, lang=version.lang)


def latest(paper: Paper) -> PaperVersion | None:
    """The newest version that was handed in, or none."""
    return paper.versions.order_by("-number").first()


def house(paper: Paper) -> House:
    """The template that a paper is written in."""
    return house_of(paper.house_template)


def attachments(paper: Paper) -> list[Appendix]:
    """What is attached to a paper now, in its order."""
    return list(paper.appendices.filter(removed_at=None).select_related("edition"))


def appendix_form(appendix: Appendix) -> dict[str, Any]:
    """An appendix as a version of its paper keeps it."""
    return {
        "pk": appendix.pk,
        "label": appendix.label,
        "title": appendix.title,
        "name": appendix.name,
        "sha256": appendix.sha256,
        "size": appendix.size,
        "edition": appendix.edition_id,
        "edition_seal": appendix.edition_seal,
        "marking": appendix.marking,
    }


def header_form(paper: Paper) -> dict[str, Any]:
    """The header that the template prints, as it is now: to, from, date and what else it asks for."""
    return {
        **{name: words for name, words in sorted(paper.header.items()) if words},
        "to": paper.to,
        "from": paper.sender,
        "date": paper.dated.isoformat() if paper.dated else "",
        "template": paper.house_template,
    }


def implications_form(paper: Paper) -> list[dict[str, str]]:
    """The implications that are stated, in the order in which the template asks for them."""
    titles = {each.kind: each.title for each in house(paper).implications}
    order = list(titles)
    rows = [row for row in paper.implications.all() if row.words]
    rows.sort(key=lambda row: (order.index(row.kind) if row.kind in order else len(order), row.pk))
    return [
        {
            "kind": row.kind,
            "title": titles.get(row.kind, row.kind.capitalize()),
            "words": row.words,
            "by": row.by_name,
        }
        for row in rows
    ]


def content_seal(paper: Paper, text: Text | None = None) -> str:
    """The seal of what an author answers for and an officer signs: words, header, implications, attachments.

    Who has signed, how it is marked and on which agenda it stands do not change it.
    """
    text = paper_text(paper) if text is None else text
    attached = [
        {name: value for name, value in appendix_form(each).items() if name != "marking"}
        for each in attachments(paper)
    ]
    return seal_of([text_seal(text), paper.title, header_form(paper), implications_form(paper), attached])


def header_seal(paper: Paper) -> str:
    """The seal of the header as a form shows it, by which two people's changes are told apart."""
    return seal_of([paper.title, header_form(paper), paper.owner_office_id])


@dataclass(frozen=True, slots=True)
class Asked:
    """A recommendation as it stands in a text: its block's key, its number, its words."""

    key: str
    number: str
    words: str


def recommendations_in(text: Text) -> tuple[Asked, ...]:
    """What a text recommends, each once however often it is stated.

    Typed recommendations; where there are none, the paragraphs and lists of its sections headed
    “Recommendation”.
    """
    labels = numbers(text)
    typed = [
        Asked(block.key, _number(labels.get(block.key, "")), plain(block.runs).strip())
        for _, section in text.walk()
        for block in section.blocks
        if isinstance(block, Typed) and block.kind is Kind.RECOMMENDATION
    ]
    return tuple(_once(typed or list(_headed(text, labels))))


def _headed(text: Text, labels: dict[str, str]) -> Iterator[Asked]:
    for _, section in text.walk():
        if kind_of_heading(section.title) is Kind.RECOMMENDATION:
            yield from _of_section(section, labels)


def _of_section(section: Section, labels: dict[str, str]) -> Iterator[Asked]:
    """Its paragraphs; one that ends in a colon together with the list it leads to."""
    led: Prose | None = None
    for block in section.blocks:
        words = _said(block)
        if not words:
            continue
        if isinstance(block, Prose) and words.endswith(":"):
            led = block
            continue
        if led is not None:
            words, first = f"{_said(led)}\n{words}", led
            led = None
            yield Asked(first.key, _number(labels.get(first.key, "")), words)
        else:
            yield Asked(block.key, _number(labels.get(block.key, "")), words)
    if led is not None:
        yield Asked(led.key, _number(labels.get(led.key, "")), _said(led))


def _said(block: Block) -> str:
    if isinstance(block, Prose) and block.kind is Kind.PARAGRAPH:
        return plain(block.runs).strip()
    if isinstance(block, ListBlock):
        marks = (f"({chr(97 + at)})" if at < 26 else f"({at + 1})" for at in range(len(block.items)))
        return "\n".join(
            f"{mark} {plain(item.runs).strip()}" for mark, item in zip(marks, block.items, strict=True)
        )
    return ""


def _number(label: str) -> str:
    """The number of a label without its kind: "2.1" of "Recommendation 2.1"."""
    return label.rpartition(" ")[2][:12]


def _once(asked: Iterable[Asked]) -> Iterator[Asked]:
    seen: set[str] = set()
    for each in asked:
        said = canonical(each.words).casefold()
        if said and said not in seen:
            seen.add(said)
            yield each


@dataclass(frozen=True, slots=True)
class Signing:
    """A sign-off and how it stands against the paper as it is now."""

    sign_off: SignOff
    current: bool
    """Whether it was given of exactly what the paper says now."""
    overdue: bool

    @property
    def words(self) -> str:
        """How it stands, in words."""
        outcome = self.sign_off.outcome
        if not outcome:
            return "overdue" if self.overdue else "asked"
        said = {"signed": "signed", "conditions": "signed with conditions", "refused": "refused"}[outcome]
        return said if self.current else f"{said} an earlier version"

    @property
    def tone(self) -> str:
        """The colour that goes with the words."""
        if not self.sign_off.outcome:
            return "bad" if self.overdue else "warn"
        if self.sign_off.outcome == "refused":
            return "bad"
        return "good" if self.current and self.sign_off.outcome == "signed" else "warn"


def signings(paper: Paper, *, on: date, seal: str = "") -> tuple[Signing, ...]:
    """The newest sign-off of each sort by each office, in the order first asked."""
    seal = seal or content_seal(paper)
    newest: dict[tuple[str, int], SignOff] = {}
    for row in paper.sign_offs.select_related("office").order_by("pk"):
        newest[row.kind, row.office_id] = row
    return tuple(
        Signing(row, bool(row.outcome) and row.seal == seal, not row.outcome and row.due < on)
        for row in newest.values()
    )


def sign_offs_form(paper: Paper, *, on: date, seal: str) -> list[dict[str, str]]:
    """Who has signed, as a version keeps it."""
    return [
        {
            "kind": each.sign_off.kind,
            "office": each.sign_off.office.title,
            "outcome": each.sign_off.outcome,
            "words": each.sign_off.words,
            "by": each.sign_off.answered_by,
            "on": localdate(each.sign_off.answered_at).isoformat() if each.sign_off.answered_at else "",
            "current": "yes" if each.current else "",
        }
        for each in signings(paper, on=on, seal=seal)
        if each.sign_off.outcome
    ]


def findings(paper: Paper, text: Text | None = None) -> tuple[Finding, ...]:
    """What a clerk would find wrong with a paper as it is now."""
    text = paper_text(paper) if text is None else text
    meeting_on = paper.item.meeting.on if paper.item else None
    facts = Facts(
        attached=tuple(f"{each.label} {each.title}" for each in attachments(paper)),
        meeting_on=meeting_on,
        dated=paper.dated,
        kind=PaperKind.PAPER,
        required=house(paper).required,
    )
    return proof(text, printed=paper.printed or None, facts=facts)


def has_words(text: Text) -> bool:
    """Whether anything is said in a text beside its headings."""
    return any(words_of(block).strip() for _, section in text.walk() for block in section.blocks)
