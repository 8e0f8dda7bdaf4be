"""References recognised in running words: board items, decisions, appendices and addresses."""

from goldthread.core.citations.dates import WrittenDate, written_dates
from goldthread.core.citations.references import (
    Citation,
    CitationKind,
    find_citations,
)
from goldthread.core.governance.references import normal as normal_reference

__all__ = [
    "Citation",
    "CitationKind",
    "WrittenDate",
    "find_citations",
    "normal_reference",
    "written_dates",
]
