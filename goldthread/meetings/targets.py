"""What a source or a decision can be pinned to: its name for a reader, its seal now, where it is.

A target is named by a word and a row's number: "item" (an agenda item), "paper" (its last version),
"appendix", "decision", "edition" (of a plan or strategy).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from goldthread.core.governance.exemption import Audience, allowed
from goldthread.core.text import seal_of
from goldthread.meetings.doors import EXEMPT_TITLE, chain_of, chain_of_paper
from goldthread.meetings.models import AgendaItem, Appendix, Decision, Paper, PaperVersion
from goldthread.plans.models import Edition
from goldthread.plans.queries import current_seal


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be pinned, as it stands now. ``public`` is what anybody may call it."""

    kind: str
    pk: int
    public: str
    full: str
    seal: str
    address: str
    markings: tuple[str, ...] = ()

    def label(self, audience: Audience) -> str:
        """What a reader may be told that it is."""
        return self.full if not self.markings or allowed(*self.markings, audience=audience) else self.public


Pinned = tuple[str, int]


def targets(pinned: Iterable[Pinned]) -> Mapping[Pinned, Target]:
    """Everything pinned that still exists, by word and number: a few queries a kind."""
    wanted: dict[str, set[int]] = {}
    for kind, pk in pinned:
        wanted.setdefault(kind, set()).add(pk)
    found: dict[Pinned, Target] = {}
    for kind, pks in wanted.items():
        for target in _KINDS[kind](pks) if kind in _KINDS else ():
            found[target.kind, target.pk] = target
    return found


def target(kind: str, pk: int) -> Target | None:
    """One thing that can be pinned, or nothing where there is no such thing."""
    return targets([(kind, pk)]).get((kind, pk))


def _items(pks: Collection[int]) -> Iterable[Target]:
    rows = AgendaItem.objects.filter(pk__in=pks).select_related("meeting__board", "parent")
    for item in rows:
        held = PaperVersion.objects.filter(paper__item=item).order_by("paper", "-number")
        last = {version.paper_id: version.seal for version in reversed(held)}
        seal = seal_of([item.number, item.title, [last[pk] for pk in sorted(last)]])
        name = f"{item.meeting.board.short}, {item.meeting.on:%-d %B %Y}, item {item.number}"
        public = f"{name}: {item.public_title or EXEMPT_TITLE}"
        address = f"{item.meeting.get_absolute_url()}#{item.anchor}"
        yield Target("item", item.pk, public, f"{name}: {item.title}", seal, address, chain_of(item))


def _papers(pks: Collection[int]) -> Iterable[Target]:
    rows = Paper.objects.filter(pk__in=pks).select_related("board", "item__parent")
    rows = rows.prefetch_related("versions")
    for paper in rows:
        versions = list(paper.versions.all())
        seal = versions[-1].seal if versions else ""
        public = paper.public_title or f"A paper of the {paper.board.name}"
        marks = chain_of_paper(paper)
        yield Target("paper", paper.pk, public, paper.title, seal, paper.get_absolute_url(), marks)


def _appendices(pks: Collection[int]) -> Iterable[Target]:
    rows = Appendix.objects.filter(pk__in=pks).select_related(
        "paper__board", "paper__item__parent", "edition__document"
    )
    for appendix in rows:
        paper = appendix.paper
        seal = appendix.sha256
        if appendix.edition is not None:
            seal = current_seal(appendix.edition)[0]
        marks = chain_of_paper(paper, appendix.marking)
        full = f"{appendix.label}, {appendix.title}"
        yield Target("appendix", appendix.pk, appendix.label, full, seal, paper.get_absolute_url(), marks)


def _decisions(pks: Collection[int]) -> Iterable[Target]:
    for decision in Decision.objects.filter(pk__in=pks):
        public = f"{decision.reference} {decision.public_title}".strip()
        full = f"{decision.reference} {decision.title}".strip()
        seal = decision.seal
        yield Target(
            "decision", decision.pk, public, full, seal, decision.get_absolute_url(), (decision.marking,)
        )


def _editions(pks: Collection[int]) -> Iterable[Target]:
    for edition in Edition.objects.filter(pk__in=pks).select_related("document"):
        name = str(edition)
        seal = current_seal(edition)[0]
        yield Target("edition", edition.pk, name, name, seal, edition.get_absolute_url())


_KINDS: dict[str, Callable[[Any], Iterable[Target]]] = {
    "item": _items,
    "paper": _papers,
    "appendix": _appendices,
    "decision": _decisions,
    "edition": _editions,
}
