"""How far the work has come, with the sum shown line by line."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.core.delivery.rollup import NOTHING, Line, Rollup, amount
from goldthread.core.text import Run, Section
from goldthread.delivery.reporting.blocks import Writer, strong
from goldthread.delivery.reporting.reading import sum_of, sum_of_theme
from goldthread.delivery.reporting.records import ThemeSaid

HEAD = ("What is counted", "Weight × part done", "How that is known")
RULE = (
    "Each action counts by its weight. One that is not finished counts as far as its milestones are reached, "
    "each by its own weight, and what is then left to finish it as its lightest milestone; what was dropped "
    "does not count. The priorities count the same as each other, because the Board approved each of them."
)


def sums_section(writer: Writer, said: ThemeSaid) -> Section:
    """The theme's share of work done, its rule, and the sum behind it."""
    whole = sum_of_theme(said)
    if whole.part is None:
        words = f"{NOTHING}: no priority of this theme has an action yet."
        none = writer.para("sum none", words, refs=(said.source,))
        return writer.section("sum", "How far the work has come", (none,))
    result = writer.para(
        "sum result",
        strong(f"{whole.words} of the work on this theme is done. "),
        f"The sum is {whole.sum_words}.",
        refs=(each.ref for each in said.priorities),
    )
    rule = writer.para("sum rule", RULE)
    refs = [ref for each in said.priorities for ref in (each.ref, *(a.ref for a in each.actions))]
    table = writer.table("sum table", HEAD, _rows(said, whole), caption="The sum, line by line", refs=refs)
    return writer.section("sum", "How far the work has come", (result, rule, table))


def _rows(said: ThemeSaid, whole: Rollup) -> Iterator[tuple[tuple[str | Run, ...], ...]]:
    for priority, line in zip(said.priorities, whole.lines, strict=True):
        for inner in sum_of(priority).lines:
            yield _row(inner)
        yield _row(line, total=True)
    yield ((strong(f"{said.title}, the whole theme"),), (strong(_total(whole)),), ("By its priorities",))


def _row(line: Line, *, total: bool = False) -> tuple[tuple[str | Run, ...], ...]:
    name = f"{line.number} {line.title}"
    if not line.counts:
        return ((name,), ("Not counted",), (_first_large(line.left_out),))
    added = strong(line.words) if total else Run(line.words)
    return ((strong(f"{name}, all of it") if total else name,), (added,), (_first_large(line.why),))


def _total(whole: Rollup) -> str:
    return f"{amount(whole.done)} of {amount(whole.of)} = {whole.words}"


def _first_large(words: str) -> str:
    return words[:1].upper() + words[1:]


def sum_sentence(said: ThemeSaid) -> str:
    """The theme's share in a sentence for the summary; nothing where nothing counts."""
    whole = sum_of_theme(said)
    return f"Counted by weight, {whole.words} of the work is done." if whole.part is not None else ""
