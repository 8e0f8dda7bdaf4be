"""Where a promise was made: the editions it stood in, how its words changed, what the panel said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.compare import compare
from goldthread.core.governance.stages import Move
from goldthread.core.text import Kind, Prose, Run, Section, Text
from goldthread.files.html_blocks import redline_fragment
from goldthread.plans.made import NAMES, MadeStep, steps_of
from goldthread.plans.models import Edition
from goldthread.plans.reading import short_key
from goldthread.thread.gathered import Gathered, PlanRead
from goldthread.thread.refs import Kind as Start
from goldthread.thread.stops import Piece, Stop, StopKind
from goldthread.thread.texts import Place
from goldthread.web.templatetags.web import day, short_day

SHOWN = 12
"""How many promises one thread shows; a decision on a whole plan has more, and says so."""


@dataclass(frozen=True, slots=True)
class Stint:
    """A run of editions in which a place said the same, or nothing any more."""

    said: str
    editions: tuple[Edition, ...]

    @property
    def began(self) -> Edition:
        """The edition with which it began."""
        return self.editions[0]


def stints_of(read: PlanRead, place: Place) -> tuple[Stint, ...]:
    """The life of some words in the issued editions of a plan, from the first in which they stood."""
    found: list[Stint] = []
    for edition in read.issued:
        said = read.said[edition.pk].said_at(place)
        if found and found[-1].said == said:
            found[-1] = Stint(said, (*found[-1].editions, edition))
        elif said or found:
            found.append(Stint(said, (edition,)))
    return tuple(found)


def stops(found: Gathered) -> Iterator[Stop]:
    """Where each promise of a thread was made, changed or taken out, and what the panel said of it."""
    alone = len(found.places) == 1
    scrutinised: dict[int, Edition] = {}
    for plan, place in found.places[:SHOWN]:
        read = found.plans[plan]
        here = found.start.is_promise
        stints = stints_of(read, place)
        for number, stint in enumerate(stints):
            before = stints[number - 1] if number else None
            stop = _stop(read, place, stint, before, found.reader.on, here=here and number == 0, whole=alone)
            if stop is not None:
                scrutinised.setdefault(stint.began.pk, stint.began)
                yield stop
        if read.draft is not None:
            yield from _in_draft(found, read, place, stints)
    if alone:
        for edition in scrutinised.values():
            yield from _scrutinised(edition)


def _stop(
    read: PlanRead, place: Place, stint: Stint, before: Stint | None, on: date, *, here: bool, whole: bool
) -> Stop | None:
    edition = stint.began
    if edition.issued_on is None:
        return None
    steps = {step.name: step for step in steps_of(edition)}
    if not stint.said:
        words = _("The %(edition)s edition leaves it out.") % {"edition": edition.label}
        href = reverse("plans:site-edition", args=[read.slug, edition.slug])
        title = _("%(plan)s: taken out") % {"plan": read.title}
        return _made(read, place, edition, title, href, words, (), status=(_("Taken out"), "bad"))
    name, href = where(read, place, edition)
    pieces = tuple(_change(read, place, before, stint)) if before is not None and before.said else ()
    words = "" if here or place.block == "" else f"“{read.said[edition.pk].pledges[place.block].words}”"
    if pieces:
        words = ""
    quiet = tuple(filter(None, (_issued(steps, edition), _unchanged(stint)))) if whole else ()
    status = _status(read, stint, before, on)
    title = _("%(plan)s, %(where)s") % {"plan": read.title, "where": name}
    return _made(read, place, edition, title, href, words, quiet, status=status, pieces=pieces, here=here)


def _made(
    read: PlanRead,
    place: Place,
    edition: Edition,
    title: str,
    href: str,
    words: str,
    quiet: tuple[str, ...],
    *,
    status: tuple[str, str],
    pieces: tuple[Piece, ...] = (),
    here: bool = False,
) -> Stop:
    when = edition.issued_on or edition.made_at.date()
    return Stop(
        StopKind.PROMISED,
        when,
        short_day(when),
        title,
        href,
        *status,
        words,
        quiet,
        pieces,
        done=True,
        here=here,
        thread=thread_of_place(read, place),
    )


def thread_of_place(read: PlanRead, place: Place) -> tuple[str, str]:
    """The kind and reference of the thread of a pledge or section."""
    kind = Start.PLEDGE if place.block else Start.SECTION
    return kind.value, f"{read.slug}.{short_key(place.block or place.section)}"


def where(read: PlanRead, place: Place, edition: Edition) -> tuple[str, str]:
    """What some words are called in an edition, and where the public reads them there."""
    said = read.said[edition.pk]
    section = said.section_of(place)
    if section is None:
        return "", ""
    pledge = said.pledges.get(place.block) if place.block else None
    name = pledge.label if pledge and pledge.label else _("section %(name)s") % {"name": section.name}
    if edition.issued_on is None:
        steps = [read.slug, edition.slug, section.key]
        return name, reverse("plans:desk-section", args=steps)
    newest = edition.pk == read.issued[-1].pk
    kind, more = ("plan", []) if newest else ("edition", [edition.slug])
    address = reverse(f"plans:site-{kind}-section", args=[read.slug, *more, section.address])
    return name, f"{address}#{pledge.key}" if pledge else address


def _status(read: PlanRead, stint: Stint, before: Stint | None, on: date) -> tuple[str, str]:
    """What an edition did to a promise, or whether its words are in force on a day."""
    if before is not None and before.said:
        return _("Reworded"), "warn"
    if before is not None:
        return _("Put back"), "calm"
    if stint.editions[-1].pk != read.newest.pk:
        return "", "calm"
    ended = read.runs_to
    if ended is not None and ended < on:
        return _("Ended %(day)s") % {"day": short_day(ended)}, "calm"
    return _("In force"), "good"


def _issued(steps: dict[str, MadeStep], edition: Edition) -> str:
    """By which decision an edition was issued, and whether it fixed exactly this text."""
    step = steps.get(str(NAMES[Move.ISSUE]))
    facts = {"day": day(edition.issued_on), "edition": edition.label}
    if step is None or not step.reference:
        return _("Issued %(day)s.") % facts
    facts["reference"] = step.reference
    if step.same_text:
        return _("Issued %(day)s by decision %(reference)s, which fixed exactly this text.") % facts
    return _("Issued %(day)s by decision %(reference)s.") % facts


def _unchanged(stint: Stint) -> str:
    later = stint.editions[1:]
    if not later:
        return ""
    names = ", ".join(edition.label for edition in later)
    return ngettext(
        "Unchanged in one later edition: %(names)s.",
        "Unchanged in %(count)d later editions: %(names)s.",
        len(later),
    ) % {"count": len(later), "names": names}


def _change(read: PlanRead, place: Place, before: Stint, stint: Stint) -> Iterator[Piece]:
    """What changed, word by word, with the way to the whole comparison."""
    old, new = before.editions[-1], stint.began
    href = reverse("plans:site-changes", args=[read.slug, old.slug, new.slug])
    redline = None
    if place.block:
        was, now = read.said[old.pk].pledges[place.block], read.said[new.pk].pledges[place.block]
        redline = woven(was.words, now.words)
    yield Piece(_("See all that changed in this edition"), f"{href}#{place.section}", redline=redline)


def woven(old: str, new: str) -> SafeString:
    """Words before and after as one text: what went is struck through, what came is underlined."""
    made = redline_fragment(compare(_text(old), _text(new)), level=3)
    return mark_safe(made.partition("</h3>")[2].removesuffix("</section>"))  # noqa: S308 - our own, escaped


def _text(words: str) -> Text:
    block = Prose("words", Kind.PARAGRAPH, (Run(words),))
    return Text("", (Section("words-of", "", (block,), (), False),))


def _in_draft(found: Gathered, read: PlanRead, place: Place, stints: Sequence[Stint]) -> Iterator[Stop]:
    """What a draft does to a promise, for whoever may read drafts; nothing where it leaves it as it is."""
    draft = read.draft
    if draft is None:
        return
    now = read.said[draft.pk].said_at(place)
    last = stints[-1].said if stints else ""
    if now == last:
        return
    _name, href = where(read, place, draft)
    status = (_("Draft"), "warn") if now else (_("Left out of the draft"), "bad")
    title = _("%(plan)s, draft of %(edition)s") % {"plan": read.title, "edition": draft.label}
    pledge = read.said[draft.pk].pledges.get(place.block)
    said = pledge.words if pledge else ""
    pieces: tuple[Piece, ...] = ()
    if said and stints and stints[-1].said:
        was = read.said[stints[-1].began.pk].pledges[place.block].words
        pieces = (Piece(_("The draft words it so:"), href, redline=woven(was, said)),)
    when: date = draft.made_at.date()
    yield Stop(
        StopKind.PROMISED,
        when,
        short_day(when),
        title,
        href or reverse("plans:desk-edition", args=[read.slug, draft.slug]),
        *status,
        "" if pieces else said,
        pieces=pieces,
        public=False,
        here=found.start.is_promise and not stints,
        thread=thread_of_place(read, place),
    )


def _scrutinised(edition: Edition) -> Iterable[Stop]:
    """What the panel reported on the draft of an edition, and what was answered."""
    steps = {step.name: step for step in steps_of(edition)}
    report = steps.get(str(NAMES[Move.REPORT]))
    answer = steps.get(str(NAMES[Move.RESPOND]))
    if report is None:
        return
    answered = ()
    if answer is not None:
        by = f"{answer.who}, {day(answer.on)}"
        answered = (Piece(_("Answered"), said=answer.words, by=by, quiet=answer.reference),)
    made = reverse("plans:site-edition-made", args=[edition.document.slug, edition.slug])
    yield Stop(
        StopKind.SCRUTINISED,
        report.on,
        short_day(report.on),
        _("%(body)s, on the %(edition)s edition") % {"body": report.body, "edition": edition.label},
        made,
        _("Answered") if answer else _("Not answered yet"),
        "calm" if answer else "warn",
        report.words,
        tuple(filter(None, (report.reference,))),
        answered,
        done=answer is not None,
    )
