"""Make the fonts that PDFs are set in from the packages in which they are published.

Unpack the npm packages ``@fontsource/source-serif-4``, ``@fontsource/atkinson-hyperlegible-next``
and ``dejavu-fonts-ttf`` into folders ``serif``, ``sans`` and ``dejavu``, then run
``python tools/pdf/make_fonts.py FOLDER`` (needs fonttools and brotli). It joins the subsets of
each face into one TrueType file, and writes down which characters the fonts can show.

"Source" is a reserved name of its makers, which a modified font may not bear (SIL Open Font
Licence 1.1, condition 3), so the joined serif is called Goldthread Serif.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

TARGET = Path(__file__).parents[2] / "goldthread" / "files" / "pdf" / "fonts"
FAMILIES = {
    "GoldthreadSerif": ("serif", "source-serif-4", {"400": "Regular", "600": "SemiBold"}),
    "AtkinsonHyperlegibleNext": ("sans", "atkinson-hyperlegible-next", {"400": "Regular", "700": "Bold"}),
}
SUBSETS = ("latin", "latin-ext", "greek", "cyrillic", "cyrillic-ext", "vietnamese")
MADE = 3_600_000_000
RENAMED = {"Source Serif 4": "Goldthread Serif", "SourceSerif4": "GoldthreadSerif"}
NAMES = (1, 3, 4, 6, 16)


def join(sources: list[Path], target: Path, scratch: Path) -> None:
    """One TrueType font from the subsets of a face, with a fixed date."""
    plain = []
    for place, source in enumerate(sources):
        font = TTFont(source)
        font.flavor = None
        plain.append(str(scratch / f"{target.stem}-{place}.ttf"))
        font.save(plain[-1])
    joined = Merger().merge(plain)
    rename(joined)
    joined["head"].created = joined["head"].modified = MADE
    joined.recalcTimestamp = False
    joined.save(target)


def rename(font: TTFont) -> None:
    """Take a reserved name out of everything that a font is known by; its copyright stays."""
    for record in font["name"].names:
        if record.nameID in NAMES:
            words = record.toUnicode()
            for reserved, ours in RENAMED.items():
                words = words.replace(reserved, ours)
            record.string = words


def ranges(codes: set[int]) -> list[list[int]]:
    """Sorted codes as first and last of each run."""
    found: list[list[int]] = []
    for code in sorted(codes):
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


def main(folder: Path) -> None:
    """Write the fonts, their licences and what they cover."""
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    TARGET.mkdir(exist_ok=True)
    for family, (held, prefix, weights) in FAMILIES.items():
        for weight, name in weights.items():
            for slope in ("normal", "italic"):
                files = (folder / held / "files" / f"{prefix}-{s}-{weight}-{slope}.woff2" for s in SUBSETS)
                face = name + ("Italic" if slope == "italic" else "")
                join([file for file in files if file.exists()], TARGET / f"{family}-{face}.ttf", scratch)
        shutil.copy(folder / held / "LICENSE", TARGET / f"{family}-OFL.txt")
    shutil.copy(folder / "dejavu" / "ttf" / "DejaVuSans.ttf", TARGET / "DejaVuSans.ttf")
    shutil.copy(folder / "dejavu" / "LICENSE", TARGET / "DejaVu-LICENCE.txt")
    covered: set[int] = set()
    for font in TARGET.glob("*.ttf"):
        covered |= set(TTFont(font).getBestCmap())
    (TARGET / "coverage.json").write_text(json.dumps(ranges(covered), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
