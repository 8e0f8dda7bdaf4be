"""What decisions relied on, and whether that has moved on since: for many decisions at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.core.governance.evidence import Placed
from goldthread.core.governance.exemption import allowed
from goldthread.meetings.doors import chain_of_paper
from goldthread.meetings.models import Appendix, Decision, PaperVersion, Reliance
from goldthread.plans.models import Edition, Placement
from goldthread.plans.texts import edition_seal
from goldthread.thread.addresses import decision_address, paper_address
from goldthread.thread.gathered import Gathered
from goldthread.thread.stops import Piece


@dataclass(frozen=True, slots=True)
class Now:
    """A text that was relied on, as its reader may know of it: its name, where it is read, its seal now."""

    name: str
    href: str
    seal: str


def relied_by(found: Gathered, decisions: Collection[Decision]) -> dict[int, tuple[Piece, ...]]:
    """By decision, what it relied on that the reader may read, and how each stands: eight queries at most.

    What the reader may not read is not even counted.
    """
    rows = list(Reliance.objects.filter(decision__in=[each.pk for each in decisions]))
    wanted: dict[str, set[int]] = {}
    for row in rows:
        wanted.setdefault(row.target, set()).add(row.target_id)
    now: dict[tuple[str, int], Now] = {}
    for kind, read in _READERS.items():
        if kind in wanted:
            now |= {(kind, pk): each for pk, each in read(found, wanted[kind])}
    pieces: dict[int, list[Piece]] = {}
    for row in rows:
        each = now.get((row.target, row.target_id))
        if each is not None:
            pieces.setdefault(row.decision_id, []).append(_piece(row, each))
    return {pk: tuple(told) for pk, told in pieces.items()}


def _piece(row: Reliance, now: Now) -> Piece:
    words = _("Relied on %(name)s") % {"name": now.name}
    if now.seal == row.seal:
        return Piece(words, now.href, _("As decided"), "calm")
    return Piece(words, now.href, _("Has moved on since"), "warn")


def _papers(found: Gathered, pks: Iterable[int]) -> Iterator[tuple[int, Now]]:
    papers = {row.pk: row for row in found.reader.papers().filter(pk__in=pks)}
    seals = last_seals(papers)
    for pk, row in papers.items():
        address = paper_address(row, public=found.reader.public)
        yield pk, Now(_("the paper “%(title)s”") % {"title": row.title}, address, seals.get(pk, ""))


def last_seals(papers: Iterable[int]) -> dict[int, str]:
    """The seal of the newest version of each paper."""
    rows = PaperVersion.objects.filter(paper__in=list(papers)).order_by("paper", "number")
    return dict(rows.values_list("paper_id", "seal"))


def _appendices(found: Gathered, pks: Iterable[int]) -> Iterator[tuple[int, Now]]:
    reader = found.reader
    rows = Appendix.objects.filter(pk__in=pks, paper__in=reader.papers().values("pk"))
    rows = rows.select_related("paper__board__body", "paper__item__parent", "paper__item__meeting__board")
    seen = [row for row in rows.select_related("edition") if _may_read(found, row)]
    seals = _edition_seals([row.edition for row in seen if row.edition is not None])
    for row in seen:
        seal = seals[row.edition_id] if row.edition_id else row.sha256
        name = f"{row.label}: {row.title}"
        yield row.pk, Now(name, paper_address(row.paper, public=reader.public), seal)


def _may_read(found: Gathered, row: Appendix) -> bool:
    audience = found.reader.audience(row.paper.board.body)
    return allowed(*chain_of_paper(row.paper, row.marking), audience=audience)


def _edition_seals(editions: Iterable[Edition]) -> dict[int, str]:
    """The seal of each edition's text as it is now: one query for all that are still open."""
    seals = {each.pk: each.seal for each in editions if each.is_sealed}
    open_ones = {each.pk: each for each in editions if not each.is_sealed}
    if open_ones:
        trees: dict[int, list[Placed]] = {pk: [] for pk in open_ones}
        rows = Placement.objects.filter(edition__in=open_ones).order_by("edition", "position")
        for pk, depth, key, seal in rows.values_list("edition_id", "depth", "key", "version__seal"):
            trees[pk].append(Placed(depth, key, seal))
        seals |= {pk: edition_seal(each, tuple(trees[pk])) for pk, each in open_ones.items()}
    return seals


def _decisions(found: Gathered, pks: Iterable[int]) -> Iterator[tuple[int, Now]]:
    for row in found.reader.decisions().filter(pk__in=pks):
        name = _("decision %(reference)s, %(title)s") % {"reference": row.reference, "title": row.title}
        yield row.pk, Now(name, decision_address(row, public=found.reader.public), row.seal)


def _editions(found: Gathered, pks: Iterable[int]) -> Iterator[tuple[int, Now]]:
    editions = list(found.reader.editions().filter(pk__in=pks))
    seals = _edition_seals(editions)
    for row in editions:
        yield row.pk, Now(str(row), _edition_address(row), seals[row.pk])


def _edition_address(row: Edition) -> str:
    from_site = row.issued_on is not None
    steps = [row.document.slug, row.slug]
    return reverse("plans:site-edition" if from_site else "plans:desk-edition", args=steps)


_READERS = {"paper": _papers, "appendix": _appendices, "decision": _decisions, "edition": _editions}
