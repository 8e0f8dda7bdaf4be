"""What a new issue of a pack changes, in words, worked out from what the two issues hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from goldthread.core.text import canonical, numbers, words_of
from goldthread.meetings.models import PaperVersion
from goldthread.meetings.pack_contents import Contents, HeldItem, HeldPaper
from goldthread.meetings.papers import version_text

MOST = 4
"""How many places of a paper are named before the rest are counted."""

MayName = Callable[[HeldPaper], bool]


class Change(TypedDict):
    """A line of what a new issue changes: the item's anchor, the paper's key or nothing, the words."""

    item: str
    paper: str
    words: str


def changes_between(old: Contents, new: Contents, *, may_name: MayName) -> list[Change]:
    """What a new issue changes, item by item in its order; then what is no more in it.

    ``may_name`` says whether the title of a paper that was taken out may still be told.
    """
    return [*_facts(old, new), *_of_items(old, new, may_name)]


def _facts(old: Contents, new: Contents) -> Iterator[Change]:
    if (old.on, old.time) != (new.on, new.time):
        yield _change(_("The meeting begins at %(time)s") % {"time": new.time})
    if old.place != new.place:
        yield _change(_("The place is now %(place)s") % {"place": new.place or _("not settled")})


def _of_items(old: Contents, new: Contents, may_name: MayName) -> Iterator[Change]:
    before = {item.pk: item for item in old.items}
    for item in new.items:
        was = before.pop(item.pk, None)
        if was is None:
            words = _("Item %(number)s added: ‘%(title)s’") if item.number else _("Added: ‘%(title)s’")
            yield _change(words % {"number": item.number, "title": item.title}, item)
        else:
            yield from _of_item(was, item, may_name)
    for gone in before.values():
        words = _("Item %(number)s is no longer on the agenda") % {"number": gone.number}
        yield _change(words)


def _of_item(old: HeldItem, new: HeldItem, may_name: MayName) -> Iterator[Change]:
    where = {"number": new.number, "title": new.title}
    if new.withdrawn and not old.withdrawn:
        words = _("Item %(number)s, ‘%(title)s’, withdrawn") % where
        yield _change(words if new.exempt else f"{words}: {new.withdrawn}", new)
        return
    if old.number != new.number:
        yield _change(_("‘%(title)s’ is now item %(number)s") % where, new)
    if old.title != new.title:
        yield _change(_("Item %(number)s is now called ‘%(title)s’") % where, new)
    if (old.note, old.lead, old.purpose) != (new.note, new.lead, new.purpose):
        yield _change(_("Item %(number)s: the words under its title changed") % where, new)
    yield from _of_papers(old, new, may_name)


def _of_papers(old: HeldItem, new: HeldItem, may_name: MayName) -> Iterator[Change]:
    before = {paper.key: paper for paper in old.papers}
    item = _("Item %(number)s") % {"number": new.number}
    for paper in new.papers:
        was = before.pop(paper.key, None)
        if was is None:
            yield _change(_("%(item)s: ‘%(title)s’ added") % {"item": item, "title": paper.title}, new, paper)
        elif was.seal != paper.seal or was.appendices != paper.appendices:
            words = f"{item}: {_replaced(was, paper)}"
            yield _change(words, new, paper)
    for gone in before.values():
        title = f"‘{gone.title}’" if may_name(gone) else _("a paper")
        yield _change(_("%(item)s: %(title)s taken out") % {"item": item, "title": title}, new)


def _replaced(old: HeldPaper, new: HeldPaper) -> str:
    """How a paper differs from the one before: “‘Delivery’ replaced, version 2 (3.4 changed)”."""
    if new.kind == "actions":
        return _("‘%(title)s’ brought up to date") % {"title": new.title}
    details = list(_details(old, new))
    if old.seal == new.seal:
        said = _("‘%(title)s’: its appendices changed") % {"title": new.title}
    elif new.kind == "paper":
        said = _("‘%(title)s’ replaced, version %(number)s") % {"title": new.title, "number": new.number}
    else:
        said = _("‘%(title)s’ replaced") % {"title": new.title}
    if not details:
        return said
    return f"{said} ({'; '.join(details)})"


def _details(old: HeldPaper, new: HeldPaper) -> Iterator[str]:
    if old.title != new.title:
        yield _("it has a new title")
    yield from _places(*(_blocks(each) for each in (old, new)))
    before = {each.pk: each for each in old.appendices}
    for each in new.appendices:
        was = before.pop(each.pk, None)
        if was is None:
            yield _("%(label)s added") % {"label": each.label}
        elif was.sha256 != each.sha256:
            yield _("%(label)s replaced") % {"label": each.label}
    if before:
        yield _("an appendix taken out")


Blocks = dict[str, tuple[str, str]]


def _blocks(paper: HeldPaper) -> Blocks:
    """The printed number and the words of every section title and block, by key."""
    if paper.kind == "paper":
        text = version_text(PaperVersion.objects.get(pk=paper.version))
        labels: Any = numbers(text)
    else:
        text, labels = paper.text, paper.labels
    found: Blocks = {}
    for _depth, section in text.walk():
        number = labels.get(section.key, "")
        found[section.key] = (number, canonical(section.title))
        for block in section.blocks:
            found[block.key] = (labels.get(block.key) or section.title, canonical(words_of(block)))
    return found


def _places(old: Blocks, new: Blocks) -> Iterator[str]:
    changed = [number for key, (number, words) in new.items() if key in old and old[key][1] != words]
    added = [number for key, (number, _words) in new.items() if key not in old]
    gone = [number for key, (number, _words) in old.items() if key not in new]
    again = set(added) & set(gone)  # a paragraph written anew under the number of one that is gone
    changed += [place for place in added if place in again]
    added, gone = ([place for place in places if place not in again] for places in (added, gone))
    for places, words in ((changed, _("changed")), (added, _("added")), (gone, _("taken out"))):
        if named := _named([place for place in dict.fromkeys(places) if place]):
            yield f"{named} {words}"


def _named(places: Sequence[str]) -> str:
    if len(places) <= MOST:
        return ", ".join(places)
    return _("%(places)s and %(more)s more places") % {
        "places": ", ".join(places[:MOST]),
        "more": len(places) - MOST,
    }


def _change(words: str, item: HeldItem | None = None, paper: HeldPaper | None = None) -> Change:
    return {"item": item.anchor if item else "", "paper": paper.key if paper else "", "words": words}
