"""What a decision relied on: pinned by seal when it is taken, and judged against what stands today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.core.governance.evidence import Drift, Placed, Tree, drift
from goldthread.core.governance.exemption import Audience
from goldthread.core.text import Text, section_seal
from goldthread.meetings import targets
from goldthread.meetings.appendices import frozen_of
from goldthread.meetings.models import Appendix, Decision, Reliance
from goldthread.plans.models import Edition, SectionVersion
from goldthread.plans.queries import current_seal
from goldthread.plans.texts import Flat, edition_seal, flatten, nest, section_of, tree_of

EARLIER = 15
"""How many of the latest decisions are offered to be relied on."""


class Pin(NamedTuple):
    """A thing as it stands now: what it is called, its seal and, of an edition, the tree of its sections."""

    target: str
    target_id: int
    label: str
    seal: str
    tree: Tree = ()


class CannotPin(LookupError):
    """There is no such thing, or nothing of it that could be relied on."""


def pin_of(target: str, target_id: int) -> Pin:
    """A thing as it stands now; `CannotPin` where it is gone, or nothing of it was handed in yet.

    An edition that is an appendix is pinned as it was attached: that is what the board read.
    """
    found = targets.target(target, target_id)
    if found is None:
        raise CannotPin(_("What the decision is to rely on is no longer there."))
    edition = edition_of(target, target_id)
    if edition is None:
        if not found.seal:
            raise CannotPin(
                _("“%(name)s” is not fixed yet, so nobody can rely on it.") % {"name": found.full}
            )
        return Pin(target, target_id, found.full[:300], found.seal)
    seal, tree = current_seal(edition)
    if target == "appendix":
        seal, tree = _as_attached(target_id, seal, tree)
    return Pin(target, target_id, found.full[:300], seal, tree)


def _as_attached(pk: int, seal: str, tree: Tree) -> tuple[str, Tree]:
    """The seal under which an edition was attached, and its sections as they were then."""
    appendix = Appendix.objects.get(pk=pk)
    if appendix.edition_seal == seal:
        return seal, tree
    flat = flatten(frozen_of(appendix).text)
    then = tuple(Placed(each.depth, each.section.key, section_seal(each.section)) for each in flat)
    return appendix.edition_seal, then


class State(StrEnum):
    """What has become of a thing since a decision relied on it."""

    AS_DECIDED = "as decided"
    MOVED_ON = "moved on"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Stands:
    """One thing that a decision relied on, and how it stands today.

    ``changed`` names the sections of an edition that are not as they were, each with what
    became of it; ``edition`` is the edition that the thing is or holds.
    """

    reliance: Reliance
    state: State
    changed: tuple[tuple[str, str], ...] = ()
    edition: Edition | None = None

    @property
    def moved(self) -> bool:
        """Whether it no longer says what the decision relied on."""
        return self.state is not State.AS_DECIDED


def name_for(reliance: Reliance, audience: Audience) -> str:
    """What a reader may be told that a decision relied on: its name as it was pinned, or its public one."""
    if audience is Audience.FULL:
        return reliance.label
    now = targets.target(reliance.target, reliance.target_id)
    if now is None:
        return _("Something that is no longer here")
    return reliance.label if now.label(audience) == now.full else now.public


def standing_of(decision: Decision) -> tuple[Stands, ...]:
    """How each thing that a decision relied on stands today, in the order in which it was pinned."""
    return tuple(stands(reliance) for reliance in decision.relied_on.all())


def stands(reliance: Reliance) -> Stands:
    """How one thing that a decision relied on stands today."""
    edition = edition_of(reliance.target, reliance.target_id)
    if edition is not None:
        return _edition_stands(reliance, edition)
    now = targets.target(reliance.target, reliance.target_id)
    if now is None:
        return Stands(reliance, State.GONE)
    return Stands(reliance, State.AS_DECIDED if now.seal == reliance.seal else State.MOVED_ON)


def edition_of(target: str, target_id: int) -> Edition | None:
    """The edition that a thing is, or that it attaches."""
    editions = Edition.objects.select_related("document__body")
    if target == "edition":
        return editions.filter(pk=target_id).first()
    if target == "appendix":
        return editions.filter(appendices=target_id).first()
    return None


BECAME = {
    Drift.CHANGED: gettext_lazy("changed"),
    Drift.ADDED: gettext_lazy("added"),
    Drift.REMOVED: gettext_lazy("taken out"),
    Drift.MOVED: gettext_lazy("moved"),
}


def _edition_stands(reliance: Reliance, edition: Edition) -> Stands:
    tree = tree_of(edition)
    if edition_seal(edition, tree) == reliance.seal:
        return Stands(reliance, State.AS_DECIDED, edition=edition)
    then = tree_then(reliance)
    drifted = drift(then, tree) if then else ()
    titles = _titles(edition, (each.key for each in drifted))
    changed = tuple((titles.get(each.key, each.key), str(BECAME[each.what])) for each in drifted)
    return Stands(reliance, State.MOVED_ON, changed, edition)


def tree_then(reliance: Reliance) -> Tree:
    """The sections of an edition as a decision relied on them; empty where they were not kept."""
    return tuple(Placed(*placed) for placed in reliance.tree)


def _titles(edition: Edition, keys: Iterable[str]) -> dict[str, str]:
    rows = SectionVersion.objects.filter(document=edition.document_id, key__in=set(keys)).order_by("pk")
    return dict(rows.values_list("key", "title"))


def text_then(reliance: Reliance, edition: Edition) -> Text | None:
    """An edition's text just as a decision relied on it; nothing where its sections were not kept."""
    then = tree_then(reliance)
    if not then:
        return None
    rows = SectionVersion.objects.filter(document=edition.document_id, key__in={each.key for each in then})
    kept = {(row.key, row.seal): row for row in rows}
    if any((each.key, each.seal) not in kept for each in then):
        return None
    flat = [Flat(each.depth, section_of(kept[each.key, each.seal])) for each in then]
    return nest(edition.title, edition.lang, flat)


class Offered(NamedTuple):
    """Something that a decision might rely on, and whether it is proposed."""

    target: str
    target_id: int
    label: str
    proposed: bool

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.target}:{self.target_id}"


def offered(decision: Decision) -> tuple[Offered, ...]:
    """What a decision most likely relies on: its item, its paper with what is attached (all proposed),
    the paper's own sources, and what the register decided before."""
    proposed: list[tuple[str, int]] = []
    others: list[tuple[str, int]] = []
    if decision.item_id:
        proposed.append(("item", decision.item_id))
    if decision.version is not None:
        paper = decision.version.paper
        proposed.append(("paper", paper.pk))
        attached = paper.appendices.filter(removed_at__isnull=True)
        proposed += [("appendix", pk) for pk in attached.values_list("pk", flat=True)]
        sources = paper.sources.exclude(target__in=("", "address"))
        others += list(sources.values_list("target", "target_id"))
    earlier = Decision.objects.filter(register=decision.register, decided_at__isnull=False)
    others += [("decision", pk) for pk in earlier.values_list("pk", flat=True)[:EARLIER]]
    found = targets.targets((*proposed, *others))
    return tuple(
        Offered(*each, found[each].full, each in proposed)
        for each in dict.fromkeys((*proposed, *others))
        if each in found and found[each].seal
    )
