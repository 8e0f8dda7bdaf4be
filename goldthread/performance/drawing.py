"""A chart as a page shows it: one sentence, what kind of news it is, two drawings, what to be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from goldthread.core.spc.values import Advice, Assurance, Variation
from goldthread.files.charts.icons import assurance_icon, variation_icon
from goldthread.files.charts.model import Chart, ControlChart, Sparkline
from goldthread.files.charts.periods import named
from goldthread.files.charts.sheet import NARROW, WIDE
from goldthread.files.charts.svg import svg
from goldthread.files.charts.window import after_long_gap, latest
from goldthread.files.charts.words import ASSURANCE_WORDS, VARIATION_WORDS, reason_words, sentence
from goldthread.performance.judging import CHANGES, CONCERNS, IMPROVEMENTS

SPARK = 200
"""The width of a sparkline in a list, in pixels."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict: its picture, its word, and what that means here."""

    svg: SafeString
    word: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart ready for a page: ``wide`` and ``phone`` are two drawings of the same chart."""

    sentence: str
    wide: SafeString
    phone: SafeString
    verdicts: tuple[Verdict, ...] = ()
    caption: str = ""
    advice: tuple[str, ...] = ()
    refusal: Advice | None = None


def safe(markup: str) -> SafeString:
    """A picture of ours, which escapes whatever words it holds."""
    return mark_safe(markup)  # noqa: S308 - written by our own writer, which escapes


def both(chart: Chart, name: str) -> tuple[SafeString, SafeString]:
    """The drawing for a wide page and that for a phone; ``name`` tells pictures of one page apart."""
    wide = svg(chart, width=WIDE, name=f"{name}-wide")
    return safe(wide), safe(svg(chart, width=NARROW, name=f"{name}-phone"))


def drawing_of(chart: ControlChart, *, name: str = "chart") -> Drawing:
    """A control chart for a page. Where it would mislead there is no drawing, only why."""
    if chart.refusal is not None:
        said = sentence(replace(chart, refusal=None, variation=Variation.NONE, baselines=()))
        return Drawing(said, safe(""), safe(""), refusal=chart.refusal)
    wide, phone = both(chart, name)
    return Drawing(
        sentence=sentence(chart),
        wide=wide,
        phone=phone,
        verdicts=tuple(verdicts_of(chart)),
        caption=" ".join(caption_of(chart)),
        advice=tuple(advice.words for advice in chart.advice),
    )


def verdicts_of(chart: ControlChart) -> Iterator[Verdict]:
    """What the chart says of change, and of the target where it has one."""
    yield variation_of(chart)
    if chart.assurance is not Assurance.NONE:
        words = {
            Assurance.PASS: _("The whole of its usual range is on the right side of the target."),
            Assurance.FAIL: _("The whole of its usual range is on the wrong side of the target."),
            Assurance.HIT_OR_MISS: _("The target lies within its usual range, so chance decides."),
        }
        icon = safe(assurance_icon(chart.assurance))
        yield Verdict(icon, ASSURANCE_WORDS[chart.assurance], words[chart.assurance])


def variation_of(chart: ControlChart) -> Verdict:
    """What the last point says of change, with the evidence for it."""
    icon = safe(variation_icon(chart.variation))
    return Verdict(icon, VARIATION_WORDS[chart.variation], _why(chart))


def _why(chart: ControlChart) -> str:
    match chart.variation:
        case Variation.COMMON:
            return _("It goes up and down as it always does; nothing in it asks for an explanation.")
        case Variation.TOO_FEW:
            return _("A usual range is told from at least thirteen figures.")
        case Variation.NONE:
            return _("There is no verdict on the last figure.")
    latest = [signal for signal in chart.signals if chart.points and signal.last == chart.points[-1].period]
    said = list(dict.fromkeys(reason_words(chart, signal) for signal in latest))
    words = "; ".join(said)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def caption_of(chart: ControlChart) -> Iterator[str]:
    """How the limits were reckoned and what of the figures may change still."""
    if chart.baselines and chart.rules:
        last = chart.baselines[-1]
        first, end = (named(chart.points[place].period, chart.frequency) for place in (last.first, last.last))
        whole = _("Usual range from %(n)d figures, %(first)s to %(last)s; rules: %(rules)s.")
        trial = _("Trial limits from %(n)d figures, %(first)s to %(last)s; rules: %(rules)s.")
        yield (trial if chart.variation is Variation.TOO_FEW else whole) % {
            "n": last.counted,
            "first": first,
            "last": end,
            "rules": chart.rules,
        }
    loose = [p for p in chart.points if p.provisional and p.value is not None]
    if loose:
        begun = named(loose[0].period, chart.frequency)
        yield _("Figures from %(first)s on are provisional and may be revised.") % {"first": begun}
    if chart.source:
        yield chart.source


@dataclass(frozen=True, slots=True)
class Line:
    """A measure in a list: what it is called, where it is, what it says in a sentence."""

    name: str
    href: str
    verdict: Verdict
    said: str
    spark: SafeString
    status: str = ""
    tone: str = "calm"
    rank: int = 0


def spark_of(chart: ControlChart, name: str, *, points: int = 36) -> SafeString:
    """The last points of a chart in the height of a line, with its usual range."""
    drawn = latest(after_long_gap(chart), points)
    kept = tuple(line for line in drawn.baselines if len(line.centre) == 1)
    small = Sparkline(chart.title, drawn.points, kept, chart.unit, chart.frequency)
    return safe(svg(small, width=SPARK, name=name))


def news_word(chart: ControlChart) -> tuple[str, str]:
    """What kind of news a chart is in a word, and its tone."""
    if chart.refusal is not None:
        return _("Not charted"), "calm"
    if chart.variation in CONCERNS:
        return _("Worse"), "bad"
    if chart.variation in IMPROVEMENTS:
        return _("Better"), "good"
    if chart.variation in CHANGES:
        return _("Changed"), "warn"
    if chart.assurance is Assurance.FAIL:
        return _("Misses its target"), "warn"
    if chart.variation is Variation.TOO_FEW:
        return _("Too few figures"), "calm"
    return "", "calm"


def line_of(chart: ControlChart, href: str, name: str, *, rank: int) -> Line:
    """A chart as one line of a list; ``name`` tells its pictures from others of the page."""
    status, tone = news_word(chart)
    spark = spark_of(chart, name) if chart.refusal is None else safe("")
    return Line(chart.measure, href, variation_of(chart), in_short(chart), spark, status, tone, rank)


def in_short(chart: ControlChart) -> str:
    """The sentence of a chart where its name and area stand beside it: the last figure, and what it means."""
    said = sentence(replace(chart, measure="It", area=""))
    _begun, parted, rest = said.partition("; ")
    return rest if parted and chart.refusal is None else said.removeprefix("It: ")
