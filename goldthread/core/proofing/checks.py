"""Every check, in the order in which a clerk would make them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from goldthread.core.proofing.appendices import appendices_found
from goldthread.core.proofing.commitments import commitments_found
from goldthread.core.proofing.dates import dates_found, minutes_found
from goldthread.core.proofing.findings import Facts, Finding
from goldthread.core.proofing.numbering import numbers_found
from goldthread.core.proofing.quantities import quantities_found
from goldthread.core.proofing.reading import Reading
from goldthread.core.proofing.recommendations import recommendations_found
from goldthread.core.proofing.shape import shape_found
from goldthread.core.proofing.sources import sources_found
from goldthread.core.proofing.wording import wording_found
from goldthread.core.proofing.years import years_found
from goldthread.core.text import Text

Check = Callable[[Reading], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    shape_found,
    numbers_found,
    recommendations_found,
    appendices_found,
    sources_found,
    commitments_found,
    dates_found,
    minutes_found,
    years_found,
    quantities_found,
    wording_found,
)
NO_FACTS = Facts()


def proof(
    text: Text, *, printed: Mapping[str, str] | None = None, facts: Facts = NO_FACTS
) -> tuple[Finding, ...]:
    """Everything wrong with a text as a paper, in reading order; what concerns the whole of it comes first.

    ``printed`` are the labels that an imported file shows, by the key of a section or block; None
    for a text kept here, whose numbers are computed and so cannot be wrong.
    """
    reading = Reading(text, printed, facts)
    found = (finding for check in CHECKS for finding in check(reading))
    order = reading.order
    return tuple(sorted(found, key=lambda each: order.get(each.block or each.section, -1)))
