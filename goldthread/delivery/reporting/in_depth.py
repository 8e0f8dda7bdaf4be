"""An in-depth report on a theme, written from its records: it queries nothing and asks no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from goldthread.core.delivery.standing import SAID
from goldthread.core.delivery.years import year_words
from goldthread.core.text import Block, Kind, Run, Section, Text, Typed
from goldthread.delivery.reporting.blocks import (
    Composed,
    Source,
    Writer,
    counted,
    ended,
    full_day,
    link,
    listed,
    runs,
    strong,
)
from goldthread.delivery.reporting.progress import progress_section
from goldthread.delivery.reporting.reading import (
    NEWS,
    every_action,
    moved_in,
    reached_in,
    silence,
    stuck_in,
    tally,
)
from goldthread.delivery.reporting.records import MeasureSaid, Ref, ThemeSaid
from goldthread.delivery.reporting.sums import sum_sentence, sums_section
from goldthread.files.charts.model import Chart

Charts = Mapping[int, Chart]
"""The chart of each measure that has one, by the measure's row."""
Absolute = Callable[[str], str]
"""The whole address of a page, from its path."""

NO_MEASURES = (
    "No measure is identified for this theme yet, so the Board cannot see from figures how it goes. Measures "
    "are identified for each priority after it is approved."
)
NO_DECISIONS = "No decision on this theme was taken in that time."
NOT_STUCK = "No action on this theme is stuck."
FEW = 8
"""How many actions are named one by one in a sentence."""


def in_depth_title(said: ThemeSaid) -> str:
    """What the report is called."""
    return f"{said.title}: progress in depth, {year_words(said.year)}"


def in_depth(said: ThemeSaid, charts: Charts, *, key: str, absolute: Absolute) -> Composed:
    """The report on a theme: the same records give the same words under the same keys."""
    writer = Writer(key)
    sections = (
        _purpose(writer, said),
        _recommendation(writer, said),
        _summary(writer, said),
        _background(writer, said),
        progress_section(writer, said),
        sums_section(writer, said),
        _measures(writer, said, charts),
        _decisions(writer, said),
        _stuck(writer, said),
        _references(writer, said),
    )
    last = sources_section(writer, said, absolute)
    return Composed(Text(in_depth_title(said), (*sections, last)), writer.sources, writer.images)


def _since_words(said: ThemeSaid) -> tuple[str, tuple[Ref | None, ...]]:
    """From when the report tells, in words, and what that day is known from."""
    if said.last_seen is not None:
        words = f"since the Board last saw this theme in depth, on {full_day(said.last_seen)}"
        return words, (said.last_seen_ref,)
    if said.approved_on is not None and said.approved_on == said.since:
        return f"since they were approved on {full_day(said.since)}", (said.approved_ref,)
    return f"since {full_day(said.since)}", (said.source,)


def _purpose(writer: Writer, said: ThemeSaid) -> Section:
    since, refs = _since_words(said)
    words = (
        f"To tell the Board how the priorities for action on the theme “{said.title}” of the "
        f"{said.plan.label} stood on {full_day(said.until)}, what has changed {since}, and what is asked of "
        "the Board."
    )
    block = writer.para("purpose", words, refs=(said.source, said.plan, *refs))
    return writer.section("purpose", "Purpose", (block,))


def _recommendation(writer: Writer, said: ThemeSaid) -> Section:
    stuck = stuck_in(said)
    refs = tuple(each.action.ref for each in stuck)
    until = f"by {full_day(said.next_meeting)}" if said.next_meeting else "before it next meets"
    if stuck:
        one = "the owner of the action listed under “What is stuck” gives a new date, or says what is needed"
        many = (
            f"the owners of the {len(stuck)} actions listed under “What is stuck” each give a new date, or "
            "say what they need"
        )
        words = f"The Board is recommended to agree that {one if len(stuck) == 1 else many}, {until}."
    else:
        words = f"The Board is recommended to agree that the priorities for action on {said.title} stand."
    note = f"The Board is recommended to note the progress reported on {said.title}."
    blocks = (
        writer.recommended("note", note, (said.source,)),
        writer.recommended("agree", words, (*refs, said.next_meeting_ref, said.source)),
    )
    return writer.section("recommendation", "Recommendation", blocks)


def _background(writer: Writer, said: ThemeSaid) -> Section:
    """What the board decided before, and whether it has seen this theme in depth."""
    sentences = []
    if said.approved_on is not None and said.approved_ref is not None:
        number = said.approved_ref.label.removeprefix("Decision ").partition(" of ")[0]
        sentences.append(
            f"The Board approved the priorities for action on {said.title} for {year_words(said.year)} on "
            f"{full_day(said.approved_on)} (decision {number})."
        )
    if said.last_seen is not None:
        sentences.append(f"It last saw this theme in depth on {full_day(said.last_seen)}.")
    else:
        sentences.append("It has not seen this theme in depth before.")
    refs = (said.approved_ref, said.last_seen_ref, said.source)
    block = writer.para("background", " ".join(sentences), refs=refs)
    return writer.section("background", "Background", (block,))


def _summary(writer: Writer, said: ThemeSaid) -> Section:
    """One paragraph: what stands how, what is done, what moved, what the figures say, what is stuck."""
    sentences = (
        _counts(said),
        sum_sentence(said),
        _happened(said),
        _quiet(said),
        _news(said),
        _stuck_sentence(said),
    )
    refs = (said.source, *(each.ref for each in said.priorities), *(each.ref for each in said.measures))
    words = " ".join(sentence for sentence in sentences if sentence)
    return writer.section("summary", "Summary", (writer.para("summary", words, refs=refs),))


def _counts(said: ThemeSaid) -> str:
    found = tally(said)
    priorities = counted(len(said.priorities), "priority for action", "priorities for action")
    whole = sum(found.values())
    if not whole:
        return f"The theme has {priorities} and no action yet."
    parts = [f"{found[each]} {words}" for each, words in SAID if found.get(each)]
    how = f", {parts[0]}" if len(parts) == 1 else f": {listed(parts)}"
    return f"The theme has {priorities} and {counted(whole, 'action')}{how}."


def _happened(said: ThemeSaid) -> str:
    done = [action for _, action in every_action(said) if action.finished and action.finished >= said.since]
    reached = sum(len(reached_in(action, said)) for _, action in every_action(said))
    moved = len(moved_in(said))
    parts = [
        *([f"{counted(len(done), 'action')} {_were(len(done))} finished"] if done else []),
        *([f"{counted(reached, 'milestone')} {_were(reached)} reached"] if reached else []),
        *([f"{counted(moved, 'date')} {_were(moved)} moved"] if moved else []),
    ]
    return f"Since {full_day(said.since)}, {listed(parts)}." if parts else ""


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _quiet(said: ThemeSaid) -> str:
    quiet = sum(1 for _, action in every_action(said) if silence(action, said))
    return f"Nothing was heard of {counted(quiet, 'action')} in that time." if quiet else ""


def _news(said: ThemeSaid) -> str:
    """What the measures say together, worst first; nothing where none has a chart."""
    charted = [each for each in said.measures if each.sentence]
    if not charted:
        return ""
    by_news: dict[str, list[MeasureSaid]] = {}
    for each in sorted(charted, key=lambda measure: measure.rank):
        by_news.setdefault(NEWS[each.rank][1], []).append(each)
    one = {many: single for single, many in reversed(NEWS)}
    parts = [f"{len(found)} {one[many] if len(found) == 1 else many}" for many, found in by_news.items()]
    return f"Of {counted(len(charted), 'measure')}, {listed(parts)}."


def _stuck_sentence(said: ThemeSaid) -> str:
    stuck = stuck_in(said)
    if not stuck:
        return "Nothing is stuck." if any(tally(said).values()) else ""
    are = f"In all, {counted(len(stuck), 'action')} {'is' if len(stuck) == 1 else 'are'} stuck"
    return f"{are}: {listed([each.action.number for each in stuck])}." if len(stuck) <= FEW else f"{are}."


def _measures(writer: Writer, said: ThemeSaid, charts: Charts) -> Section:
    if not said.measures:
        none = writer.para("measures none", NO_MEASURES, refs=(said.source,))
        return writer.section("measures", "What the figures say", (none,))
    children = [_measure(writer, each, charts.get(each.ref.pk)) for each in said.measures]
    return writer.section("measures", "What the figures say", (), children)


def _measure(writer: Writer, said: MeasureSaid, chart: Chart | None) -> Section:
    name = f"measure {said.ref.pk}"
    blocks: list[Block] = [
        writer.para(f"{name} tells", f"It tells of {ended(said.tells_of)}", refs=(said.ref,))
    ]
    if chart is None:
        blocks.append(writer.para(f"{name} lacking", ended(said.lacking), refs=(said.ref,)))
    else:
        blocks.extend(writer.chart(f"{name} chart", chart, (said.ref,)))
        if said.narrative:
            words = " ".join(said.narrative.split())
            blocks.append(writer.para(f"{name} said", ended(words), refs=(said.ref,)))
    return writer.section(name, said.name, blocks)


def _decisions(writer: Writer, said: ThemeSaid) -> Section:
    title = "Decisions taken"
    if not said.decisions:
        none = writer.para("decisions none", NO_DECISIONS, refs=(said.source,))
        return writer.section("decisions", title, (none,))
    rows = [
        ((full_day(each.on),), (each.reference,), (strong(ended(each.title)), each.resolved))
        for each in said.decisions
    ]
    table = writer.table(
        "decisions table",
        ("Date", "Number", "What was decided"),
        rows,
        caption=f"Decisions on {said.title} from {full_day(said.since)} to {full_day(said.until)}",
        refs=(said.source, *(each.ref for each in said.decisions)),
    )
    return writer.section("decisions", title, (table,))


def _stuck(writer: Writer, said: ThemeSaid) -> Section:
    stuck = stuck_in(said)
    if not stuck:
        none = writer.para("stuck none", NOT_STUCK, refs=(said.source,))
        return writer.section("stuck", "What is stuck", (none,))
    rows = [
        ((f"{each.action.number} {each.action.title}",), (each.action.owner or "Nobody yet",), each.reasons)
        for each in stuck
    ]
    table = writer.table(
        "stuck table",
        ("Action", "Owner", "Why it is stuck"),
        rows,
        caption=f"Actions that do not move, on {full_day(said.until)}",
        refs=(
            *(r for each in stuck for r in (each.action.ref, *(w.ref for w in each.action.waits))),
            said.source,
        ),
    )
    return writer.section("stuck", "What is stuck", (table,))


def _references(writer: Writer, said: ThemeSaid) -> Section:
    """The source documents and the contact officer, which the house prints as its bibliography."""
    edition = said.edition or said.plan
    blocks: list[Block] = [writer.cited("source plan", edition.label, (edition,))]
    for ref in (said.approved_ref, said.last_seen_ref):
        if ref is not None:
            blocks.append(writer.cited(f"source {ref.kind} {ref.pk}", ref.label, (ref,)))
    if said.contact:
        words = ", ".join(filter(None, (said.contact, said.contact_role)))
        blocks.append(Typed(writer.key("contact"), Kind.CONTACT, runs(words)))
    return writer.section("references", "Source documents", blocks, numbered=False)


def sources_section(writer: Writer, said: ThemeSaid, absolute: Absolute) -> Section:
    """Where each figure comes from: every record that was used, once, with its whole address."""
    rows = [
        ((refs[0].label,), (*((_where(absolute(page)),) if page else ()), *_also(refs[1:])))
        for page, refs in _by_page(_in_order(said, writer.sources))
    ]
    words = (
        "Every date, figure and quoted word above was taken from one of these records. Whoever may read a "
        "record finds it at its address."
    )
    told = writer.para("sources words", words)
    table = writer.table("sources table", ("Record", "Where it is kept"), rows)
    return writer.section("sources", "Where each figure comes from", (told, table))


def _where(address: str) -> Run:
    """An address that leads there, written without what a reader need not type."""
    return link(address.partition("://")[2] or address, address)


def _by_page(refs: Iterable[Ref]) -> Iterable[tuple[str, list[Ref]]]:
    """The records that were used by the page on which each is kept; one without a page stands alone."""
    pages: dict[str, list[Ref]] = {}
    for ref in refs:
        page = ref.address.partition("#")[0]
        pages.setdefault(page or f"{ref.kind} {ref.pk}", []).append(ref)
    return ((page if found[0].address else "", found) for page, found in pages.items())


def _also(refs: Sequence[Ref]) -> tuple[Run, ...]:
    """The other records that are kept on a page, in a line."""
    return (Run("; ".join(ref.label for ref in refs)),) if refs else ()


def _in_order(said: ThemeSaid, sources: Iterable[Source]) -> tuple[Ref, ...]:
    """The records that were used, each once: the work priority by priority, then the others as they came."""
    used = {(source.ref.kind, source.ref.pk): source.ref for source in sources}
    first = [(ref.kind, ref.pk) for ref in _work(said) if (ref.kind, ref.pk) in used]
    return tuple(used[each] for each in dict.fromkeys((*first, *used)))


def _work(said: ThemeSaid) -> Iterator[Ref]:
    """Every record of the theme's work: a priority, its actions with what was said of each, their steps."""
    for priority in said.priorities:
        yield priority.ref
        yield from (each.ref for each in priority.serves)
        yield from (priority.last.ref,) if priority.last else ()
        for action in priority.actions:
            yield action.ref
            yield from (action.last.ref,) if action.last else ()
            yield from (each.ref for each in action.milestones)
