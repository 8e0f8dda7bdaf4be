"""What decisions relied on, and whether that has moved on since: for many decisions at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.core.governance.evidence import Placed
from goldthread.core.governance.exemption import allowed
from goldthread.meetings.doors import chain_of_paper
from goldthread.meetings.models import Appendix, Decision, Paper, PaperVersion, Reliance
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
    attached = tuple(_attached(wanted.get("appendix", ())))
    papers = _readable(found, {*wanted.get("paper", ()), *(row.paper_id for row in attached)})
    now: dict[tuple[str, int], Now] = {}
    for kind, read in (
        ("paper", _papers(found, papers, wanted.get("paper", set()))),
        ("appendix", _appendices(found, papers, attached)),
        ("decision", _decisions(found, wanted.get("decision", ()))),
        ("edition", _editions(found, wanted.get("edition", ()))),
    ):
        now |= {(kind, pk): each for pk, each in read}
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


def _readable(found: Gathered, pks: Collection[int]) -> dict[int, Paper]:
    """Those of some papers that the reader may read."""
    rows = found.reader.papers().filter(pk__in=pks).order_by() if pks else ()
    return {row.pk: row for row in rows}


def _papers(found: Gathered, papers: dict[int, Paper], pks: Collection[int]) -> Iterator[tuple[int, Now]]:
    told = {pk: row for pk, row in papers.items() if pk in pks}
    seals = last_seals(told) if told else {}
    for pk, row in told.items():
        address = paper_address(row, public=found.reader.public)
        yield pk, Now(_("the paper “%(title)s”") % {"title": row.title}, address, seals.get(pk, ""))


def last_seals(papers: Iterable[int]) -> dict[int, str]:
    """The seal of the newest version of each paper."""
    rows = PaperVersion.objects.filter(paper__in=list(papers)).order_by("paper_id", "number")
    return dict(rows.values_list("paper_id", "seal"))


def _attached(pks: Collection[int]) -> Iterable[Appendix]:
    rows = Appendix.objects.filter(pk__in=pks).select_related("edition").order_by("pk")
    return rows if pks else ()


def _appendices(
    found: Gathered, papers: dict[int, Paper], attached: Iterable[Appendix]
) -> Iterator[tuple[int, Now]]:
    """Appendices of papers that the reader may read, as far as they are marked for the reader."""
    seen = [(row, papers[row.paper_id]) for row in attached if row.paper_id in papers]
    seen = [(row, paper) for row, paper in seen if _may_read(found, row, paper)]
    seals = _edition_seals([row.edition for row, _paper in seen if row.edition is not None])
    for row, paper in seen:
        seal = seals[row.edition_id] if row.edition_id else row.sha256
        yield row.pk, Now(f"{row.label}: {row.title}", paper_address(paper, public=found.reader.public), seal)


def _may_read(found: Gathered, row: Appendix, paper: Paper) -> bool:
    audience = found.reader.audience(paper.board.body)
    return allowed(*chain_of_paper(paper, row.marking), audience=audience)


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


def _decisions(found: Gathered, pks: Collection[int]) -> Iterator[tuple[int, Now]]:
    rows = found.reader.decisions().filter(pk__in=pks).select_related(None).order_by()
    for row in rows.only("reference", "title", "slug", "seal") if pks else ():
        name = _("decision %(reference)s, %(title)s") % {"reference": row.reference, "title": row.title}
        yield row.pk, Now(name, decision_address(row, public=found.reader.public), row.seal)


def _editions(found: Gathered, pks: Collection[int]) -> Iterator[tuple[int, Now]]:
    editions = list(found.reader.editions().filter(pk__in=pks)) if pks else []
    seals = _edition_seals(editions)
    for row in editions:
        yield row.pk, Now(str(row), _edition_address(row), seals[row.pk])


def _edition_address(row: Edition) -> str:
    from_site = row.issued_on is not None
    steps = [row.document.slug, row.slug]
    return reverse("plans:site-edition" if from_site else "plans:desk-edition", args=steps)
