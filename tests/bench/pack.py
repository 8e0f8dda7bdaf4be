"""How long a 400-page pack takes with every tag kept, against merges that keep none, in the same run.

Run it by hand: ``python tests/bench/pack.py``. Twenty papers of about twenty pages, with headings,
lists, tables and notes, are set first and not counted. Ours makes a cover and contents, stamps every
page, joins tags and bookmarks and saves; pypdf and pikepdf only put the pages one after another.
Times are the processor's, best of several runs in turn. Quote the ratios, not the seconds.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf

from goldthread.core.text import numbers
from goldthread.files.pack.build import build_pack
from goldthread.files.pack.papers import Built, Cover, PackItem, PackPaper
from goldthread.files.pdf.write import write_pdf
from tests.bench.compare_words import Author
from tests.files import verapdf

PAPERS, WORDS, RUNS = 20, 6000, 7
COVER = Cover("Board", "A pack of 400 pages", date(2014, 10, 2), "2.00 pm", "Huntingdon", "Full", "OFFICIAL")
AT = datetime(2014, 9, 25, tzinfo=UTC)


def papers(folder: Path) -> list[Path]:
    """Papers of our own, as they would wait in a cache."""
    made = []
    for place in range(PAPERS):
        text = replace(Author(place).plan(WORDS), title=f"Paper {place + 1}")
        made.append(folder / f"paper-{place + 1:02}.pdf")
        made[-1].write_bytes(write_pdf(text, numbers(text)))
    return made


def with_ours(sources: list[Path], out: Path) -> Built:
    """The whole pack."""
    items = tuple(
        PackItem(f"{place}.0", f"Item {place}", papers=(PackPaper("Paper", f"Paper {place}", path),))
        for place, path in enumerate(sources, 1)
    )
    return build_pack(COVER, items, out, at=AT)


def with_pypdf(sources: list[Path], out: Path) -> None:
    """A plain merge by pypdf."""
    with pypdf.PdfWriter() as writer:
        for path in sources:
            writer.append(path)
        writer.write(out)


def with_pikepdf(sources: list[Path], out: Path) -> None:
    """A plain merge by pikepdf."""
    made, held = pikepdf.new(), []
    for path in sources:
        held.append(pikepdf.open(BytesIO(path.read_bytes())))
        made.pages.extend(held[-1].pages)
    made.save(out)


def best(works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The processor time of each, the best of several runs taken in turn."""
    found = dict.fromkeys(works, float("inf"))
    for _ in range(RUNS):
        for name, work in works.items():
            start = time.process_time()
            work()
            found[name] = min(found[name], time.process_time() - start)
    return found


def peak(folder: Path) -> int:
    """The most memory that a process of its own holds while it builds the pack, in MB."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.pack", str(folder)], check=True, capture_output=True, text=True
    )
    return int(done.stdout)


def high_water() -> int:
    """The most memory that this process has held, in MB."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024


def main() -> None:
    """Print the ratios."""
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
        with_ours(sorted(folder.glob("paper-*.pdf")), folder / "alone.pdf")
        print(high_water())
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources, out = papers(folder), folder / "pack.pdf"
        made = with_ours(sources, out)
        taken = best(
            {
                "ours": lambda: with_ours(sources, out),
                "pypdf": lambda: with_pypdf(sources, folder / "pypdf.pdf"),
                "pikepdf": lambda: with_pikepdf(sources, folder / "pikepdf.pdf"),
            }
        )
        sizes = {
            path.stem: path.stat().st_size / 1e6 for path in folder.glob("p*.pdf") if "-" not in path.stem
        }
        print(f"{made.count} pages of {len(sources)} papers")
        print("   ".join(f"{name} {seconds:.3f} s" for name, seconds in taken.items()))
        print(f"pypdf's plain merge takes {taken['pypdf'] / taken['ours']:.2f} times as long (at least 2)")
        print(f"ours takes {taken['ours'] / taken['pikepdf']:.2f} times pikepdf's plain merge (at most 4)")
        print(f"peak memory {peak(folder)} MB (under 300)")
        print("   ".join(f"{name} {size:.1f} MB" for name, size in sizes.items()))
        if verapdf.is_here():
            print("veraPDF, PDF/UA-1:", verapdf.verdicts([out])["pack.pdf"])


if __name__ == "__main__":
    main()
