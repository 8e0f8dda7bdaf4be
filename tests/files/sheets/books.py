"""Small workbooks written part by part, so that a test may make them as odd as real ones are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from xml.sax.saxutils import escape

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f"<styleSheet {_MAIN}><fonts count='1'><font/></fonts><fills count='1'><fill/></fills>"
    "<borders count='1'><border/></borders><cellStyleXfs count='1'><xf/></cellStyleXfs>"
    "<cellXfs count='2'><xf numFmtId='0'/><xf numFmtId='17' applyNumberFormat='1'/></cellXfs></styleSheet>"
)
Cells = Iterable[object]


def xlsx(
    rows: Mapping[int, Cells],
    *,
    since_1904: bool = False,
    hidden_rows: tuple[int, ...] = (),
    hidden_columns: tuple[int, ...] = (),
    merged: tuple[str, ...] = (),
    tabs: tuple[tuple[str, str], ...] = (("Returns", "visible"),),
) -> bytes:
    """A workbook whose every tab holds these rows; a day is a number with a format, “#…” an error."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        names = range(1, len(tabs) + 1)
        overrides = "".join(
            f"<Override PartName='/xl/worksheets/sheet{n}.xml' ContentType='{_TYPE}.worksheet+xml'/>"
            for n in names
        )
        book.writestr(
            "[Content_Types].xml",
            f"<Types xmlns='{_PACKAGE}/content-types'><Default Extension='rels' "
            "ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
            f"<Override PartName='/xl/workbook.xml' ContentType='{_TYPE}.sheet.main+xml'/>"
            f"<Override PartName='/xl/styles.xml' ContentType='{_TYPE}.styles+xml'/>{overrides}</Types>",
        )
        book.writestr("_rels/.rels", _relations({"b": ("officeDocument", "xl/workbook.xml")}))
        targets = {f"s{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in names}
        book.writestr("xl/_rels/workbook.xml.rels", _relations({**targets, "st": ("styles", "styles.xml")}))
        sheets = "".join(
            f"<sheet name='{name}' sheetId='{n}' state='{state}' r:id='s{n}'/>"
            for n, (name, state) in enumerate(tabs, 1)
        )
        system = "date1904='1'" if since_1904 else ""
        book.writestr(
            "xl/workbook.xml",
            f"<workbook {_MAIN} xmlns:r='{_REL}'><workbookPr {system}/><sheets>{sheets}</sheets></workbook>",
        )
        book.writestr("xl/styles.xml", _STYLES)
        for n in names:
            book.writestr(
                f"xl/worksheets/sheet{n}.xml", _sheet(rows, since_1904, hidden_rows, hidden_columns, merged)
            )
    return out.getvalue()


def _relations(targets: Mapping[str, tuple[str, str]]) -> str:
    each = "".join(
        f"<Relationship Id='{key}' Type='{_REL}/{kind}' Target='{target}'/>"
        for key, (kind, target) in targets.items()
    )
    return f"<Relationships xmlns='{_PACKAGE}/relationships'>{each}</Relationships>"


def _sheet(
    rows: Mapping[int, Cells],
    since_1904: bool,
    hidden_rows: tuple[int, ...],
    hidden_columns: tuple[int, ...],
    merged: tuple[str, ...],
) -> str:
    columns = "".join(f"<col min='{c + 1}' max='{c + 1}' hidden='1' width='9'/>" for c in hidden_columns)
    lines = "".join(
        f"<row r='{number}'{' hidden=' + chr(39) + '1' + chr(39) if number in hidden_rows else ''}>"
        + "".join(_cell(f"{chr(65 + at)}{number}", value, since_1904) for at, value in enumerate(cells))
        + "</row>"
        for number, cells in rows.items()
    )
    joined = "".join(f"<mergeCell ref='{each}'/>" for each in merged)
    return (
        f"<worksheet {_MAIN}>{'<cols>' + columns + '</cols>' if columns else ''}"
        f"<sheetData>{lines}</sheetData>"
        f"{'<mergeCells>' + joined + '</mergeCells>' if joined else ''}</worksheet>"
    )


def _cell(place: str, value: object, since_1904: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        epoch = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
        return f"<c r='{place}' s='1'><v>{(value - epoch).days}</v></c>"
    if isinstance(value, int | float):
        return f"<c r='{place}'><v>{value}</v></c>"
    words = escape(str(value))
    if words.startswith("#"):
        return f"<c r='{place}' t='e'><f>1/0</f><v>{words}</v></c>"
    return f"<c r='{place}' t='inlineStr'><is><t>{words}</t></is></c>"
