"""The words that must not stand in a pack: what its audience may not be shown, as far as it is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from goldthread.core.governance.exemption import Audience, allowed
from goldthread.core.text import Text, words_of
from goldthread.meetings.doors import chain_of, chain_of_paper
from goldthread.meetings.logs import is_open_to
from goldthread.meetings.models import AgendaItem, Appendix, Meeting, Paper, PaperVersion
from goldthread.meetings.pack_contents import Contents
from goldthread.meetings.papers import latest, version_text

SHORTEST = 10
"""A title of one word must be as long as this, in letters, before it tells what it names."""
LINE = 30
"""A line under a title must be as long as this: “To note” stands under many."""
TELLING = 60
"""How many letters of a paragraph are looked for; a shorter paragraph may well stand elsewhere too."""


def sentinels(meeting: Meeting, contents: Contents) -> tuple[str, ...]:
    """Titles, file names and first words of paragraphs that are kept back from a pack's audience.

    Words that what is shown to it also bears tell nothing, so they are left out: a title that is
    part of a title in the pack, a paragraph that both an open and an exempt paper begin with.
    """
    if contents.variant == Audience.FULL:
        return ()
    shown = _fold(" | ".join(_shown(contents)))
    said = _fold(" | ".join(_words_shown(contents)))
    named = (words for words in _names(meeting, contents) if _tells(words) and _fold(words) not in shown)
    opening = (words for words in _paragraphs(meeting, contents) if _fold(words) not in said)
    return tuple(dict.fromkeys((*named, *opening)))


def _fold(words: str) -> str:
    return re.sub(r"[\s-]+", "", words).casefold()


def _tells(words: str) -> bool:
    return len(words.split()) > 1 or len(words.strip()) >= SHORTEST


def _shown(contents: Contents) -> Iterator[str]:
    """The titles in a pack, and what its cover says."""
    yield from (contents.board, contents.body, contents.place)
    for item in contents.items:
        yield item.title
        yield item.note
        for paper in item.papers:
            yield paper.title
            yield from (f"{each.label} {each.title}" for each in paper.appendices)


def _words_shown(contents: Contents) -> Iterator[str]:
    yield from _shown(contents)
    pks = [paper.version for _item, paper in contents.papers() if paper.version]
    for version in PaperVersion.objects.filter(pk__in=pks):
        yield from _blocks(version_text(version))
    for _item, paper in contents.papers():
        if paper.form:
            yield from _blocks(paper.text)


def _blocks(text: Text) -> Iterator[str]:
    for _depth, section in text.walk():
        yield section.title
        yield from (words_of(block) for block in section.blocks)


def _kept_back(meeting: Meeting, variant: str) -> tuple[list[AgendaItem], list[Paper]]:
    items = meeting.items.select_related("parent")
    items = [each for each in items if not allowed(*chain_of(each), audience=variant)]
    rows = Paper.objects.filter(item__meeting=meeting).select_related("item__parent")
    papers = [each for each in rows if not allowed(*chain_of_paper(each), audience=variant)]
    return items, papers


def _names(meeting: Meeting, contents: Contents) -> Iterator[str]:
    items, papers = _kept_back(meeting, contents.variant)
    for item in items:
        yield item.title
        yield from (line for line in item.note.splitlines() if len(line) >= LINE)
    for paper in papers:
        yield from (paper.title, paper.source_name)
        yield from paper.versions.values_list("title", flat=True)
    for appendix in _appendices_kept_back(meeting, contents):
        yield from (appendix.title, appendix.name)


def _appendices_kept_back(meeting: Meeting, contents: Contents) -> Iterable[Appendix]:
    rows = Appendix.objects.filter(paper__item__meeting=meeting).select_related("paper__item__parent")
    for each in rows:
        if not allowed(*chain_of_paper(each.paper, each.marking), audience=contents.variant):
            yield each


def _paragraphs(meeting: Meeting, contents: Contents) -> Iterator[str]:
    """How each longer paragraph of what is kept back begins: papers handed in, actions, earlier minutes."""
    _items, papers = _kept_back(meeting, contents.variant)
    for paper in papers:
        version = latest(paper)
        if version is not None:
            yield from (words[:TELLING] for words in _blocks(version_text(version)) if len(words) >= TELLING)
    for action in meeting.board.actions.select_related("item"):
        if not is_open_to(action, Audience(contents.variant)) and len(action.words) >= TELLING:
            yield action.words[:TELLING]
