"""A pack as it is read on a screen: every item and paper in it as one page, rendered once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from goldthread.audit import vault
from goldthread.core.governance.exemption import Audience, reason_of
from goldthread.core.text import Figure, numbers
from goldthread.files.html_blocks import no_address, text_html
from goldthread.files.refused import Refused
from goldthread.meetings.appendices import Attached, appendix_text, frozen_of
from goldthread.meetings.exports import paper_html
from goldthread.meetings.models import AgendaItem, Meeting, Pack, PaperVersion
from goldthread.meetings.pack_contents import Contents, HeldItem, HeldPaper
from goldthread.meetings.packs import contents_of
from goldthread.meetings.papers import version_text
from goldthread.meetings.printed import MARKING_WORDS, printed_version
from goldthread.plans.reading import code_seal, keep, kept, renderer

LEVEL = 4
"""The level of a paper's own headings: beneath the pack's, the item's and the paper's title."""
PAGE = "meetings/templates/meetings/desk/pack_items.html"
_IDS = re.compile(r' id="(?=[^"])| href="#')
_LANDMARKS = re.compile(r' aria-labelledby="[^"]*"')


@dataclass(frozen=True, slots=True)
class ReadAppendix:
    """An appendix as it is read: its words here where it has any, and the file."""

    pk: int
    name: str
    html: SafeString
    pdf: str
    """The address of its PDF, where it is one."""


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """A paper as it is read. ``prefix`` stands before the key of every block, so that ids are unique."""

    held: HeldPaper
    prefix: str
    lines: tuple[tuple[str, str], ...]
    html: SafeString
    pages: str
    marking: str
    recommendation: str
    """The id of its first recommendation, if it has one."""
    appendices: tuple[ReadAppendix, ...]
    changed: str
    """What this issue changed in it, in words."""


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An item as it is read."""

    held: HeldItem
    reason: str
    marking: str
    papers: tuple[ReadPaper, ...]
    changed: bool


def frozen_version(item: HeldItem, paper: HeldPaper) -> PaperVersion:
    """A paper's version as the pack froze it: under the title, marking and item number that it had then."""
    version = PaperVersion.objects.select_related("paper__author", "paper__board", "paper__item").get(
        pk=paper.version
    )
    living = version.paper
    living.title = paper.title
    living.item = living.item or AgendaItem(pk=item.pk)
    living.item.number, living.item.marking, living.marking = item.number, item.marking, paper.marking
    return version


def prepare(pack: Pack, pages: Mapping[str, Any]) -> str:
    """Render what a pack holds and keep it under its seal; gives the HTML."""
    contents = contents_of(pack)
    items = tuple(_items(pack, contents, pages))
    context = {"items": items, "pack": pack, "prefix": item_prefix(pack)}
    html = render_to_string("meetings/desk/pack_items.html", context)
    keep({_name(pack): html}, at=pack.asked_at)
    return html


def item_prefix(pack: Pack) -> str:
    """What stands before the id of an item: a supplement is read on the page of what it supplements."""
    return f"supplement-{pack.pk}-" if pack.supplement else ""


def items_html(pack: Pack) -> SafeString:
    """Every item and paper of a pack as one fragment: one query once it was prepared."""
    name = _name(pack)
    html = kept((name,)).get(name) or prepare(pack, pack.pages)
    return mark_safe(html)  # noqa: S308 - written by our own template from escaped words


def _name(pack: Pack) -> str:
    template = code_seal((PAGE, "meetings/pack_reader.py"), ())[:12]
    return f"{renderer()} {template} pack {pack.pk} {pack.seal[:32]}"


def _items(pack: Pack, contents: Contents, pages: Mapping[str, Any]) -> list[ReadItem]:
    printed = iter(pages["papers"])
    changed = {change["item"] for change in pack.changes}
    words = {change["paper"]: change["words"] for change in pack.changes if change["paper"]}
    found = []
    for item in contents.items:
        papers = []
        for paper in item.papers:
            own = [next(printed, {}) for _each in (paper, *paper.appendices)]
            papers.append(_paper(pack, contents, item, paper, own, words.get(paper.key, "")))
        reason = reason_of(item.reason) if item.exempt else None
        marking = MARKING_WORDS.get(item.marking, "")
        found.append(
            ReadItem(item, reason.title if reason else "", marking, tuple(papers), item.anchor in changed)
        )
    return found


def _paper(
    pack: Pack,
    contents: Contents,
    item: HeldItem,
    paper: HeldPaper,
    printed: list[Mapping[str, str]],
    changed: str,
) -> ReadPaper:
    prefix = f"{paper.key}-"
    lines: tuple[tuple[str, str], ...] = ()
    recommendation = ""
    if paper.kind == "paper":
        version = frozen_version(item, paper)
        address = partial(picture_address, pack.meeting)
        audience = Audience(contents.variant)
        html = paper_html(version, image_address=address, audience=audience, level=LEVEL)
        lines = printed_version(version, audience=audience).front.lines
        first = version.recommendations.first()
        recommendation = f"{prefix}{first.key}" if first else ""
    else:
        html = text_html(paper.text, paper.labels, level=LEVEL)
    return ReadPaper(
        paper,
        prefix,
        tuple(lines),
        _prefixed(html, prefix),
        _pages(printed[0]),
        MARKING_WORDS.get(paper.marking, ""),
        recommendation,
        tuple(_appendix(pack, each) for each in paper.appendices),
        changed,
    )


def _pages(printed: Mapping[str, str]) -> str:
    if not printed:
        return ""
    first, last = printed["printed_first"], printed["printed_last"]
    return first if first == last else f"{first}–{last}"


def _appendix(pack: Pack, each: Attached) -> ReadAppendix:
    html = _prefixed(_appendix_html(each), f"appendix-{each.pk}-")
    address = ""
    if each.is_pdf:
        meeting = pack.meeting
        args = [meeting.board.slug, meeting.slug, pack.pk, each.pk]
        address = reverse("meetings:desk-pack-appendix", args=args)
    return ReadAppendix(each.pk, f"{each.label}: {each.title}", html, address)


def _appendix_html(each: Attached) -> str:
    """The words of an appendix, or nothing where it is a PDF or can no longer be read."""
    try:
        text = appendix_text(each)
    except (Refused, vault.Missing, vault.Altered):
        return ""
    if text is None:
        return ""
    hidden = frozen_of(each).hidden if each.edition is not None else frozenset()
    return text_html(text, numbers(text), hidden=hidden, level=LEVEL + 1, image_address=no_address)


def _prefixed(html: str, prefix: str) -> SafeString:
    """Our own fragment with every id in it, and every link to one, put under a prefix.

    Its sections are no landmarks here: twenty papers would bring a hundred, of the same few names.
    """

    def put(found: re.Match[str]) -> str:
        return f"{found[0]}{prefix}"

    return mark_safe(_IDS.sub(put, _LANDMARKS.sub("", html)))  # noqa: S308 - a fragment of ours, whose words are escaped


def picture_address(meeting: Meeting, seal: str) -> str:
    """Where a reader of a meeting's packs finds a picture of a paper in one."""
    if seal != "0" * 64 and not vault.holds(seal):
        return ""
    return reverse("meetings:desk-pack-picture", args=[meeting.board.slug, meeting.slug, seal])


def pictures_in(pack: Pack) -> frozenset[str]:
    """The seals of every picture in the papers of a pack: one query once it was asked."""
    name = f"{renderer()} pack pictures {pack.seal[:32]}"
    found = kept((name,)).get(name)
    if found is None:
        found = json.dumps(sorted(_pictures(contents_of(pack))))
        keep({name: found}, at=pack.asked_at)
    return frozenset(json.loads(found))


def _pictures(contents: Contents) -> set[str]:
    pks = [paper.version for _item, paper in contents.papers() if paper.version]
    texts = (version_text(version) for version in PaperVersion.objects.filter(pk__in=pks))
    return {
        block.image
        for text in texts
        for _depth, section in text.walk()
        for block in section.blocks
        if isinstance(block, Figure)
    }
