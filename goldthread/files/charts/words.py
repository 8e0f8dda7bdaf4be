"""What a chart says in words: one sentence first, then a description for who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.core.spc.values import Assurance, Better, Rule, Side, Signal, Stated, Variation
from goldthread.files.charts.amounts import amount, counted, in_words, level
from goldthread.files.charts.model import Baseline, ControlChart, Frequency, Point, Tone
from goldthread.files.charts.periods import EACH, NOUN, at, brief, named, spoken

VARIATION_WORDS = {
    Variation.COMMON: "Usual variation",
    Variation.IMPROVEMENT_HIGH: "Improving: higher than usual",
    Variation.IMPROVEMENT_LOW: "Improving: lower than usual",
    Variation.CONCERN_HIGH: "Concern: higher than usual",
    Variation.CONCERN_LOW: "Concern: lower than usual",
    Variation.NEUTRAL_HIGH: "Changed: higher than usual",
    Variation.NEUTRAL_LOW: "Changed: lower than usual",
    Variation.TOO_FEW: "Too few figures to judge",
    Variation.NONE: "Not judged",
}
ASSURANCE_WORDS = {
    Assurance.PASS: "Can be relied on to meet the target",
    Assurance.FAIL: "Will not meet the target without a change",
    Assurance.HIT_OR_MISS: "May or may not meet the target",
    Assurance.NONE: "No target to judge by",
}
TONE_WORDS = {Tone.IMPROVEMENT: "an improvement", Tone.CONCERN: "a concern", Tone.NEUTRAL: "a change"}
_MOST_SIGNALS = 6
_SIDES = {Side.HIGH: ("higher", "above", "rising", "upper"), Side.LOW: ("lower", "below", "falling", "lower")}
_TONES = {
    Variation.IMPROVEMENT_HIGH: (Tone.IMPROVEMENT, Side.HIGH),
    Variation.IMPROVEMENT_LOW: (Tone.IMPROVEMENT, Side.LOW),
    Variation.CONCERN_HIGH: (Tone.CONCERN, Side.HIGH),
    Variation.CONCERN_LOW: (Tone.CONCERN, Side.LOW),
    Variation.NEUTRAL_HIGH: (Tone.NEUTRAL, Side.HIGH),
    Variation.NEUTRAL_LOW: (Tone.NEUTRAL, Side.LOW),
}


def verdict_words(variation: Variation, assurance: Assurance) -> str:
    """Both verdicts in one line, as they stand beside the icons."""
    said = VARIATION_WORDS[variation]
    return said if assurance is Assurance.NONE else f"{said}. {ASSURANCE_WORDS[assurance]}"


def subject(measure: str, area: str) -> str:
    """What is measured and where: "Burglary in Cambridgeshire"."""
    return f"{measure} in {area}" if area else measure


def was(measure: str) -> str:
    """Whether the value of a measure "was" or "were"."""
    return "were" if has(measure) == "have" else "was"


def has(measure: str) -> str:
    """Whether a measure "has" or "have": one whose first words hold a plural is spoken of as many."""
    head = measure.split(" in ")[0].split(" of ")[0].split(" per ")[0].split(" from ")[0]
    many = any(word.endswith("s") and not word.endswith(("ss", "ics", "us")) for word in head.lower().split())
    return "have" if many else "has"


def sentence(chart: ControlChart) -> str:
    """The one sentence that a board reads first, with a second on the target where there is one."""
    whole = subject(chart.measure, chart.area)
    last = _last(chart)
    if last is None:
        return f"There are no figures yet for {whole[:1].lower()}{whole[1:]}."
    if chart.refusal is not None:
        return f"{whole}: {_reading(chart, last)}. {chart.refusal.words}"
    if chart.variation is Variation.TOO_FEW or not chart.baselines:
        return f"{whole}: {_reading(chart, last)}. {_too_few(chart)}".rstrip()
    baseline = chart.baselines[-1]
    since = spoken(chart.points[baseline.first].period, chart.frequency)
    each = f" {EACH[chart.frequency]}" if chart.unit.total and EACH[chart.frequency] else ""
    mean = level(baseline.centre[-1], chart.unit)
    mean = f"{mean} {_unit_words(chart)}".rstrip()
    verb = "averaged" if chart.centre_word in ("mean", "average") else f"had a {chart.centre_word} of"
    begun = f"{whole} {has(chart.measure)} {verb} {mean}{each} since {since}"
    return " ".join(
        (f"{begun}; {_reading(chart, last)}, {_verdict(chart, baseline, last)}.", *_target(chart))
    )


def _last(chart: ControlChart) -> Point | None:
    return next((point for point in reversed(chart.points) if point.value is not None), None)


def _reading(chart: ControlChart, last: Point) -> str:
    """The last figure, whether it is provisional, and that later periods have none."""
    when = spoken(last.period, chart.frequency)
    if chart.frequency is Frequency.EVENT:
        when = f"the last, on {when},"
    said = f"{when} was {amount(last.value or 0, chart.unit)} {_unit_words(chart)}".rstrip()
    if last.provisional:
        said += " (provisional)"
    if last.adjusted is not None:
        said += f" ({level(last.adjusted, chart.unit)} allowing for the time of year)"
    end = chart.points[-1]
    if end is not last:
        why = "may not be shown" if end.stated is Stated.SUPPRESSED else "is not there yet"
        said += f" (the figure for {named(end.period, chart.frequency)} {why})"
    return said


def _unit_words(chart: ControlChart) -> str:
    """The unit, where a reader would miss it: not that of a count, nor one that the measure names."""
    words = chart.unit.words
    return "" if chart.unit.total or words.lower() in chart.measure.lower() else words


def _too_few(chart: ControlChart) -> str:
    if chart.variation is not Variation.TOO_FEW:
        return ""
    begun = chart.baselines[-1].first if chart.baselines else 0
    told = sum(point.value is not None for point in chart.points[begun:])
    are = "is" if told == 1 else "are"
    when = "since the new baseline" if begun else "so far"
    return f"There {are} {counted(told, 'figure')} {when}, too few to say what is usual."


def _verdict(chart: ControlChart, baseline: Baseline, last: Point) -> str:
    tone, side = _TONES.get(chart.variation, (Tone.COMMON, None))
    if side is None or last is not chart.points[-1]:
        if chart.variation is not Variation.COMMON:
            return "and no verdict can be given"
        return _within(chart, baseline)
    signal = _latest(chart, last)
    which = TONE_WORDS[tone]
    if signal is None:
        return f"{_SIDES[side][0]} than usual, which is {which}"
    reason = reason_words(chart, signal)
    begun = "" if signal.rule is Rule.TREND else f"{_SIDES[side][0]} than usual: "
    return f"{begun}{reason}, which is {which}"


def _within(chart: ControlChart, baseline: Baseline) -> str:
    if not baseline.lower or not baseline.upper or not baseline.meaningful:
        return "with nothing out of the ordinary"
    return f"within the usual range of {range_words(chart, baseline)}"


def range_words(chart: ControlChart, baseline: Baseline) -> str:
    """The usual range at its end, no lower and no higher than is possible."""
    low, high = chart.bounds
    lower = baseline.lower[-1] if low is None else max(low, baseline.lower[-1])
    upper = baseline.upper[-1] if high is None else min(high, baseline.upper[-1])
    return f"{level(lower, chart.unit)} to {level(upper, chart.unit)}"


def _latest(chart: ControlChart, last: Point) -> Signal | None:
    """The signal that the last point is marked for."""
    current = [signal for signal in chart.signals if signal.last == last.period]
    chosen = (signal for signal in current if signal.rule is last.rule and signal.side in (last.side, None))
    return next(chosen, current[0] if current else None)


def reason_words(chart: ControlChart, signal: Signal) -> str:
    """Why a stretch is out of the ordinary: "seven months in a row below the average"."""
    _, beside, way, limit = _SIDES[signal.side or Side.HIGH]
    many = counted(signal.points, NOUN[chart.frequency])
    if signal.rule is Rule.OUTSIDE and signal.points == 1:
        return f"{beside} the {limit} limit{_of_limit(chart, signal)}"
    centre = "average" if chart.centre_word == "mean" else chart.centre_word
    noun = NOUN[chart.frequency]
    return {
        Rule.OUTSIDE: f"{many} in a row {beside} the {limit} limit",
        Rule.TREND: f"{way} for {many} in a row",
        Rule.TWO_OF_THREE: f"two of three {noun}s in a row close to the {limit} limit",
        Rule.SHIFT: f"{many} in a row {beside} the {centre}",
        Rule.LONG_RUN: f"{many} in a row {beside} the {centre}",
        Rule.FEW_CROSSINGS: f"the line crosses the {centre} less often than chance would have it",
    }[signal.rule]


def _of_limit(chart: ControlChart, signal: Signal) -> str:
    """The limit that a single point lies outside, if it is the last one's."""
    if signal.last != chart.points[-1].period or not chart.baselines:
        return ""
    baseline = chart.baselines[-1]
    limits = baseline.upper if signal.side is Side.HIGH else baseline.lower
    return f" of {level(limits[-1], chart.unit)}" if limits else ""


def _target(chart: ControlChart) -> Iterator[str]:
    if not chart.targets or chart.targets[-1].last != len(chart.points) - 1:
        return
    target = f"{amount(chart.targets[-1].value, chart.unit)} {_unit_words(chart)}".rstrip()
    noun = NOUN[chart.frequency]
    if chart.assurance is Assurance.PASS:
        yield f"It can be relied on to meet the target of {target}."
    elif chart.assurance is Assurance.FAIL:
        yield f"It will not meet the target of {target} unless something changes."
    elif chart.assurance is Assurance.HIT_OR_MISS:
        yield f"It may meet the target of {target} in one {noun} and miss it in the next."


def reason_of(chart: ControlChart, point: Point) -> str:
    """Why a point is out of the ordinary, from the stretch that it is part of."""
    for signal in chart.signals:
        if signal.rule is point.rule and signal.first <= point.period <= signal.last:
            return reason_words(chart, signal)
    return ""


def point_words(chart: ControlChart, point: Point) -> str:
    """One point as it names itself: "December 2025: 355, an improvement"."""
    when = named(point.period, chart.frequency)
    if point.drawn is None:
        return f"{when}: {'no figure' if point.stated is Stated.MISSING else 'figure withheld'}"
    parts = [f"{when}: {amount(point.drawn, chart.unit)}"]
    if point.adjusted is not None and point.value is not None:
        parts.append(f"{amount(point.value, chart.unit)} as counted")
    if point.tone is not Tone.COMMON:
        parts.append(TONE_WORDS[point.tone])
    if point.provisional:
        parts.append("provisional")
    if point.was is not None and point.was != point.value:
        parts.append(f"first reported as {amount(point.was, chart.unit)}")
    return ", ".join(parts)


def described(chart: ControlChart) -> str:
    """What the picture shows, for who cannot see it: its extent, lines, marks and signals."""
    return " ".join(_description(chart))


def _description(chart: ControlChart) -> Iterator[str]:
    told = [point for point in chart.points if point.drawn is not None]
    if not told:
        yield "A chart with no figures."
        return
    first, last = (named(chart.points[place].period, chart.frequency) for place in (0, -1))
    extent = f"from {first} to {last}" if first != last else f"for {first}"
    kind = "control chart" if any(b.lower or b.upper for b in chart.baselines) else "line chart"
    yield (
        f"A {kind} with {counted(len(told), NOUN[chart.frequency])} of figures {extent}."
        if chart.frequency is not Frequency.EVENT
        else f"A {kind} of {counted(len(told), 'event')} {extent}."
    )
    for baseline in chart.baselines:
        yield _baseline_words(chart, baseline)
    if chart.targets:
        yield _targets_words(chart)
    low = min(told, key=lambda point: point.drawn or 0)
    high = max(told, key=lambda point: point.drawn or 0)
    yield f"Lowest {_extreme(chart, low)}; highest {_extreme(chart, high)}; last {_extreme(chart, told[-1])}."
    yield from _marks(chart)


def _extreme(chart: ControlChart, point: Point) -> str:
    return f"{amount(point.drawn or 0, chart.unit)} {at(point.period, chart.frequency)}"


def _baseline_words(chart: ControlChart, baseline: Baseline) -> str:
    since = named(chart.points[baseline.first].period, chart.frequency)
    word = chart.centre_word.capitalize()
    said = f"From {since}: {word.lower()} {level(baseline.centre[-1], chart.unit)}" if baseline.centre else ""
    if baseline.lower and baseline.upper:
        kind = "trial limits" if baseline.trial else "usual range"
        said += f", {kind} {range_words(chart, baseline)}"
    return f"{said}."


def _targets_words(chart: ControlChart) -> str:
    steps = [
        f"{amount(target.value, chart.unit)} from {brief(chart.points[target.first].period, chart.frequency)}"
        for target in chart.targets
    ]
    aim = {Better.UP: " or more", Better.DOWN: " or less"}.get(chart.better, "")
    if len(steps) == 1:
        return f"Target {amount(chart.targets[0].value, chart.unit)}{aim}."
    return f"Target {', then '.join(steps)}."


def _marks(chart: ControlChart) -> Iterator[str]:
    """What else is marked: lines, special stretches, and periods without a figure."""
    for event in chart.events:
        period = chart.points[min(event.index, len(chart.points) - 1)].period
        kind = "New baseline" if event.rebase else "Break in the series"
        said = f": {event.words}" if event.words else ""
        yield f"{kind} from {named(period, chart.frequency)}{said}."
    if len(chart.signals) > _MOST_SIGNALS:
        last = in_words(_MOST_SIGNALS)
        yield f"{len(chart.signals)} stretches are out of the ordinary; the last {last} are:"
    for signal in chart.signals[-_MOST_SIGNALS:]:
        begin, end = named(signal.first, chart.frequency), named(signal.last, chart.frequency)
        when = f"In {begin}" if signal.first == signal.last else f"From {begin} to {end}"
        yield f"{when}: {reason_words(chart, signal)}."
    for stated, words in (
        (Stated.MISSING, "no figure"),
        (Stated.SUPPRESSED, "a figure that may not be shown"),
    ):
        count = sum(point.stated is stated for point in chart.points)
        if count:
            noun = NOUN[chart.frequency]
            yield f"{in_words(count).capitalize()} {noun if count == 1 else noun + 's'} with {words}."
    provisional = sum(point.provisional and point.value is not None for point in chart.points)
    if provisional:
        are = "is" if provisional == 1 else "are"
        yield f"{in_words(provisional).capitalize()} of the figures {are} provisional."


def earlier_words(whole: ControlChart, drawn: ControlChart) -> str:
    """What a picture leaves out where it begins after a long time without figures; else nothing."""
    left = len(whole.points) - len(drawn.points)
    told = sum(point.stated is not Stated.MISSING for point in whole.points[:left])
    if not told:
        return ""
    begins = named(drawn.points[0].period, drawn.frequency)
    said = f"{counted(told, 'figure')} from before {begins} can be read in the table."
    return said[:1].upper() + said[1:]
