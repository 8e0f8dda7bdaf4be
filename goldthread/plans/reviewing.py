"""What was understood of a file that was handed in, put together for its review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from goldthread.core.compare import compare
from goldthread.core.compare.changes import SectionCounts
from goldthread.core.governance.abilities import Ability
from goldthread.core.text import KIND_NAMES, Kind, Text, Typed, numbers, plain
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.people.queries import bodies_for
from goldthread.plans.actions.imports import understood_text
from goldthread.plans.keepers import files_elsewhere
from goldthread.plans.models import FileImport, ImportStage
from goldthread.plans.queries import working_edition
from goldthread.plans.texts import text_of
from goldthread.plans.weaving import text_as_html


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A section with the number that was printed in the file beside the one we work out."""

    title: str
    depth: int
    printed: str
    ours: str

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.printed.strip(" .()") != self.ours


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A block that was recognised as more than prose."""

    key: str
    kind: Kind
    name: str
    words: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Review:
    """Everything a person should see before a file is kept."""

    title: str
    html: SafeString
    numbers: tuple[NumberRow, ...]
    typed: tuple[TypedRow, ...]
    left_out: tuple[tuple[str, str], ...]
    warnings: tuple[tuple[str, str], ...]
    sections: int
    words: int
    since: SectionCounts | None
    since_label: str


def import_for(user: User, pk: int, *, on: date) -> FileImport:
    """One file that was handed in at a body whose files a person may read in."""
    rows = FileImport.objects.filter(body__in=bodies_for(user, on), pk=pk).exclude(files_elsewhere())
    handed = rows.select_related("body", "into", "edition__document").first()
    if handed is None:
        raise Http404(_("There is no such file."))
    require(user, Ability.IMPORT_FILE, handed.body, on=on)
    return handed


def review_of(handed: FileImport, text: Text | None = None) -> Review:
    """The review of a file that was read, or of the ``text`` that an app made of what was understood."""
    text = understood_text(handed) if text is None else text
    labels = numbers(text)
    kept = handed.understood
    printed = kept["printed"]
    parent = working_edition(handed.into) if handed.into else None
    since = compare(text_of(parent), text).summary.sections if parent else None
    sections = list(text.walk())
    return Review(
        title=text.title,
        html=text_as_html(text, labels),
        numbers=tuple(
            NumberRow(s.title, depth, printed.get(s.key, ""), labels.get(s.key, "")) for depth, s in sections
        ),
        typed=tuple(
            TypedRow(b.key, b.kind, labels.get(b.key, KIND_NAMES[b.kind]), plain(b.runs), b.fields)
            for _depth, s in sections
            for b in s.blocks
            if isinstance(b, Typed)
        ),
        left_out=tuple((place, message) for place, message in kept["left_out"]),
        warnings=tuple((place, message) for place, message in kept["warnings"]),
        sections=len(sections),
        words=len(text_words(handed)),
        since=since,
        since_label=parent.label if parent else "",
    )


def text_words(handed: FileImport) -> list[str]:
    """Every word that was understood."""
    return " ".join(str(text) for text in _texts(handed.understood["sections"])).split()


def _texts(node: object) -> list[str]:
    """The words in a JSON form: titles and text nodes."""
    if isinstance(node, dict):
        own = [node[name] for name in ("text", "title") if isinstance(node.get(name), str)]
        return own + [word for value in node.values() for word in _texts(value)]
    if isinstance(node, list):
        return [word for value in node for word in _texts(value)]
    return []


LATE = timedelta(minutes=2)
"""After so long, a file that nobody reads needs somebody's help."""


def job_of(handed: FileImport, *, at: datetime, url: str = "") -> dict[str, object]:
    """The reading of a file as a job for the progress part; says so where it has come to a stop.

    ``url`` is where to ask again, where that is not a page of plans.
    """
    words = {
        ImportStage.WAITING: _("It waits its turn. You can leave this page and come back."),
        ImportStage.READING: _("Sections, numbers, tables, notes and promises are being recognised."),
        ImportStage.REFUSED: handed.reason,
    }
    if at - (handed.begun_at or handed.handed_in_at) > LATE:
        words[ImportStage.WAITING] = _(
            "Nothing has begun to read it. Ask whoever looks after Goldthread whether its worker runs."
        )
        words[ImportStage.READING] = _(
            "Its reading was cut short. It is begun again by itself within half an hour; "
            "if not, put it away and hand it in again."
        )
    return {
        "url": url or reverse("plans:desk-import-progress", args=[handed.pk]),
        "heading": _("Reading %(name)s") % {"name": handed.name},
        "words": words.get(ImportStage(handed.stage), ""),
        "finished": handed.stage not in (ImportStage.WAITING, ImportStage.READING),
    }
