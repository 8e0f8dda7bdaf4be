"""Word and Excel files made of parts written by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from tests.files.docs import OFFICE, PACKAGE, TYPES

X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = f'xmlns="{X}" xmlns:r="{OFFICE}"'
_METADATA = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"
KINDS = {"core-properties": f"{_METADATA}/core-properties", "thumbnail": f"{_METADATA}/thumbnail"}


def links(*named: tuple[str, str] | tuple[str, str, str]) -> str:
    """A part of relationships: the kind and target of each, and ``External`` for one outside."""
    lines = []
    for number, (kind, target, *mode) in enumerate(named, 1):
        outside = f' TargetMode="{mode[0]}"' if mode else ""
        address = KINDS.get(kind, f"{OFFICE}/{kind}")
        lines.append(f'<Relationship Id="rId{number}" Type="{address}" Target="{target}"{outside}/>')
    return f'<Relationships xmlns="{PACKAGE}">{"".join(lines)}</Relationships>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as one file."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def changed(made: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """A file with some parts replaced or added."""
    with zipfile.ZipFile(io.BytesIO(made)) as old:
        kept = {name: old.read(name) for name in old.namelist() if name != "[Content_Types].xml"}
    return packed({**kept, **parts})


def workbook(
    *sheets: str,
    states: Mapping[int, str] | None = None,
    styles: str = "",
    more: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """An Excel file of sheets named A, B, C…, each the inside of a ``worksheet``."""
    tabs = "".join(
        f'<sheet name="{chr(64 + at)}" sheetId="{at}" r:id="rId{at}"'
        f' state="{(states or {}).get(at, "visible")}"/>'
        for at in range(1, len(sheets) + 1)
    )
    held: dict[str, str | bytes] = {
        "_rels/.rels": links(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"<workbook {SHEET}><sheets>{tabs}</sheets>{more}</workbook>",
        "xl/_rels/workbook.xml.rels": links(
            *(("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(sheets) + 1)),
            ("styles", "styles.xml"),
        ),
        "xl/styles.xml": f"<styleSheet {SHEET}>{styles}</styleSheet>",
    }
    for at, inside in enumerate(sheets, 1):
        held[f"xl/worksheets/sheet{at}.xml"] = f"<worksheet {SHEET}>{inside}</worksheet>"
    return packed({**held, **(parts or {})})


def rows(*lines: tuple[str, ...] | list[str], hidden: tuple[int, ...] = (), style: int = 0) -> str:
    """Sheet data of words, a tuple a row, from A1; ``style`` is that of every cell."""
    out = []
    for at, cells in enumerate(lines, 1):
        inside = "".join(
            f'<c r="{chr(65 + n)}{at}" t="inlineStr" s="{style}"><is><t>{words}</t></is></c>'
            for n, words in enumerate(cells)
            if words
        )
        out.append(
            f'<row r="{at}"{" hidden=" + chr(34) + "1" + chr(34) if at in hidden else ""}>{inside}</row>'
        )
    return f"<sheetData>{''.join(out)}</sheetData>"
