"""How long a chart takes and what it weighs: the record, the picture, the words, PNG and PDF.

    python tests/bench/charts.py [charts]

Draws two years of real figures with a target, over and over. matplotlib draws the same lines and points
beside it where it is installed; it is no dependency of ours. A chart should take less than half a
millisecond and weigh less than twelve kilobytes: anything beyond is printed as too much and ends with 1.
"""

from __future__ import annotations

import gzip
import io
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
LIMIT_MS, LIMIT_BYTES = 0.5, 12_000


def milliseconds(work: Callable[[int], object], times: int) -> float:
    """The best of seven goes, in milliseconds of the processor for each time."""
    best = float("inf")
    for _ in range(7):
        begun = time.process_time()
        for place in range(times):
            work(place)
        best = min(best, (time.process_time() - begun) / times)
    return best * 1000


def matplotlib_ms(values: list[float]) -> float:
    """The same line, limits and points by matplotlib, as SVG."""
    plot = import_module("matplotlib.figure")

    def draw(_: int) -> None:
        figure = plot.Figure(figsize=(9.6, 3.8))
        axes = figure.subplots()
        axes.plot(values, marker="o")
        for level in (198, 254, 310):
            axes.axhline(level)
        figure.savefig(io.BytesIO(), format="svg")

    return milliseconds(draw, 5)


def main() -> int:
    """Print the figures; 1 where a chart is too slow or too heavy."""
    times = int(sys.argv[1]) if sys.argv[1:] else 500
    samples, svg = import_module("tests.files.charts.samples"), import_module("goldthread.files.charts.svg")
    words, png = import_module("goldthread.files.charts.words"), import_module("goldthread.files.charts.png")
    chart = samples.burglary()
    drawing = svg.svg(chart)
    took = {
        "picture, 24 months": milliseconds(lambda _: svg.svg(chart), times),
        "picture for a phone": milliseconds(lambda _: svg.svg(chart, width=svg.NARROW), times),
        "sentence": milliseconds(lambda _: words.sentence(chart), times),
    }
    long = samples.answered(240)
    took["picture, 240 months"] = milliseconds(lambda _: svg.svg(long), max(1, times // 10))
    titled = [svg.svg(replace(chart, title=f"Chart {place}")).encode() for place in range(20)]
    begun = time.process_time()
    for image in titled:
        png.png(image)
    took["PNG at twice the size"] = (time.process_time() - begun) / len(titled) * 1000
    if find_spec("matplotlib"):
        took["matplotlib's SVG"] = matplotlib_ms([point.value for point in chart.points])
    for name, figure in took.items():
        print(f"{name:24} {figure:8.3f} ms")
    print(f"{'bytes':24} {len(drawing):8,} ({len(gzip.compress(drawing.encode())):,} as sent)")
    print(
        f"PNG takes {took['PNG at twice the size'] / took['picture, 24 months']:.0f} times as long as the SVG"
    )
    heavy, slow = len(drawing) > LIMIT_BYTES, took["picture, 24 months"] > LIMIT_MS
    if heavy or slow:
        print(f"Too much: at most {LIMIT_MS} ms and {LIMIT_BYTES:,} bytes for a chart.")
    return int(heavy or slow)


if __name__ == "__main__":
    raise SystemExit(main())
