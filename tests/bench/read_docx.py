"""Read a 100,000-word Word file and print how many times faster that is than pandoc, and its peak memory.

Run it as a script. It makes its own file: headings and paragraphs numbered by a linked
multilevel list, tables and footnotes, in runs as short and as heavily marked as Word leaves them
after editing (the files of ``tests/files/corpus/real`` hold 3 to 8 words a run and 60 to 100
bytes a word). Both readers run as fresh processes, start-up included, with bytecode made as
installing makes it; the best of several runs is taken for each.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORDS = [
    "the",
    "commissioner",
    "will",
    "work",
    "with",
    "constabulary",
    "partners",
    "to",
    "reduce",
    "harm",
    "and",
    "support",
    "victims",
    "across",
    "neighbourhoods",
    "where",
    "people",
    "have",
    "told",
    "us",
    "that",
    "visible",
    "policing",
    "matters",
    "most",
    "every",
    "quarter",
    "the",
    "board",
    "receives",
    "a",
    "report",
    "on",
    "performance",
    "finance",
    "and",
    "delivery",
    "so",
    "that",
    "residents",
    "can",
    "see",
    "what",
    "was",
    "promised",
    "and",
    "what",
    "has",
    "been",
    "done",
    "about",
    "rural",
    "crime",
    "road",
    "safety",
    "fraud",
    "burglary",
    "and",
    "domestic",
    "abuse",
    "in",
    "every",
    "district",
]
RUNS = 5


FACE = (
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>%s<w:color w:val="000000"/><w:sz w:val="22"/>'
    '<w:szCs w:val="22"/><w:lang w:eastAsia="en-GB"/>'
)
SPLIT = 6


def _run(words: str, properties: str = "") -> str:
    """Words as Word writes them: a run for each few words, since every edit splits one."""
    held = words.split(" ")
    pieces = (" ".join(held[at : at + SPLIT]) for at in range(0, len(held), SPLIT))
    return '<w:r w:rsidRPr="00A77B3E"><w:t xml:space="preserve"> </w:t></w:r>'.join(
        f'<w:r w:rsidRPr="00A77B3E"><w:rPr>{FACE % properties}</w:rPr>'
        f'<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
        for piece in pieces
    )


def _paragraph(content: str, properties: str = "") -> str:
    return f'<w:p w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E"><w:pPr>{properties}</w:pPr>{content}</w:p>'


def _listed(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'


def _body(count: int, chance: random.Random) -> tuple[str, str, int]:
    """The body, the footnotes, and how many words they hold between them."""
    parts: list[str] = []
    notes: list[str] = []
    words = 0

    def some(few: int, many: int) -> str:
        nonlocal words
        number = chance.randint(few, many)
        words += number
        return " ".join(chance.choice(WORDS) for _ in range(number)).capitalize()

    while words < count:
        level = chance.choice((1, 2, 2, 3))
        parts.append(_paragraph(_run(some(3, 8)), f'<w:pStyle w:val="Heading{level}"/>'))
        for _ in range(chance.randint(3, 6)):
            content = _run(some(15, 40) + " ") + _run(some(2, 5), "<w:b/>") + _run(" " + some(10, 40) + ".")
            if chance.random() < 0.1:
                notes.append(
                    f'<w:footnote w:id="{len(notes) + 1}">{_paragraph(_run(some(8, 20)))}</w:footnote>'
                )
                content += f'<w:r><w:footnoteReference w:id="{len(notes)}"/></w:r>'
            parts.append(_paragraph(content, _listed(level) if chance.random() < 0.4 else ""))
        if chance.random() < 0.25:
            row = "<w:tr>" + '<w:tc><w:tcPr><w:tcW w:w="2000"/></w:tcPr>%s</w:tc>' * 4 + "</w:tr>"
            rows = (row % tuple(_paragraph(_run(some(2, 6))) for _ in range(4)) for _ in range(8))
            parts.append(f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>")
    return "".join(parts), "".join(notes), words


def _levels() -> str:
    return "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        + (f'<w:pStyle w:val="Heading{level + 1}"/>' if level < 3 else "")
        + f'<w:lvlText w:val="{".".join(f"%{place + 1}" for place in range(level + 1))}"/></w:lvl>'
        for level in range(9)
    )


def make(path: Path, count: int) -> int:
    """Write a Word file of about ``count`` words; gives how many it holds."""
    body, notes, words = _body(count, random.Random(7))
    heading = (
        '<w:style w:type="paragraph" w:styleId="Heading{0}"><w:name w:val="heading {0}"/><w:pPr><w:numPr>'
        '<w:ilvl w:val="{1}"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="{1}"/></w:pPr></w:style>'
    )
    styles = "".join(heading.format(level, level - 1) for level in (1, 2, 3))
    kinds = ("styles", "numbering", "footnotes")
    targets = "".join(
        f'<Relationship Id="r{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in kinds
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{main}.{part}+xml"/>' for part in kinds
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{main}.document.main+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f"{targets}</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{_levels()}'
        f'</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words_of_part in parts.items():
            archive.writestr(
                name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + words_of_part
            )
    return words


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, float, float]:
    """The best wall and processor time of a command in seconds, and its peak memory in MB."""
    best, busy, peak = float("inf"), float("inf"), 0.0
    for _ in range(RUNS):
        began = time.perf_counter()
        child = os.posix_spawnp(
            command[0],
            command,
            environment,
            file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
        )
        _, status, usage = os.wait4(child, 0)
        if status:
            raise SystemExit(f"{command[0]} failed")
        best, peak = min(best, time.perf_counter() - began), max(peak, usage.ru_maxrss / 1024)
        busy = min(busy, usage.ru_utime + usage.ru_stime)
    return best, busy, peak


def main() -> int:
    """Print the figures; exit 1 where the reader is under 8 times as fast or over 150 MB."""
    if not shutil.which("pandoc"):
        print("pandoc is not installed: nothing to compare with")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.docx"
        words = make(path, 100_000)
        call = "import sys; from goldthread.config.command import main; sys.exit(main(sys.argv[1:]))"
        installed = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        installed["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        ours, our_busy, peak = timed([sys.executable, "-c", call, "read", str(path), "--json"], installed)
        subprocess.run(["pandoc", "--version"], check=True, stdout=subprocess.DEVNULL)
        theirs, their_busy, their_peak = timed(["pandoc", "-f", "docx", "-t", "plain", str(path)], installed)
    print(f"{words:,} words: goldthread read --json {ours:.2f} s ({our_busy:.2f} s busy), {peak:.0f} MB")
    print(f"the same by pandoc: {theirs:.2f} s ({their_busy:.2f} s busy), {their_peak:.0f} MB")
    ratio, busy = theirs / ours, their_busy / our_busy
    print(f"ratio {ratio:.1f}, of busy time {busy:.1f} (at least 8 wanted); peak {peak:.0f} MB (under 150)")
    return 0 if theirs / ours >= 8 and peak < 150 else 1


if __name__ == "__main__":
    raise SystemExit(main())
