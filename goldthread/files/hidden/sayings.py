"""What each finding is called and how an officer mends it, by kind of file; the gravest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_INSPECT = {
    "docx": "In Word: File, Info, Check for Issues, Inspect Document, then remove",
    "xlsx": "In Excel: File, Info, Check for Issues, Inspect Document, then remove",
    "pdf": "In Acrobat: Redact a PDF, Sanitise Document removes it",
}
_SOURCE = "Mend it in the document that the PDF was made from, and make the PDF again."
_REDACT = (
    "Anyone can copy the words out. Use Acrobat’s Redact a PDF, mark the words and apply, "
    "or take them out of the original and make the PDF again."
)


@dataclass(frozen=True, slots=True)
class Saying:
    """A finding in the singular, in the plural, and how to mend it in each kind of file."""

    one: str
    many: str
    docx: str = ""
    xlsx: str = ""
    pdf: str = ""

    def mend(self, kind: str) -> str:
        """The way to mend it in a file of this kind."""
        said = {"docx": self.docx, "xlsx": self.xlsx, "pdf": self.pdf}[kind]
        return said or f"{_INSPECT[kind]}{'' if kind == 'pdf' else ' it'}."


def _inspect(what: str) -> dict[str, str]:
    """To be removed by the inspector under the heading that it has there."""
    return {kind: f"{_INSPECT[kind]} “{what}”." for kind in ("docx", "xlsx")}


SAYINGS: Mapping[str, Saying] = {
    "covered-text": Saying(
        "words covered up but still in the file",
        "pieces of words covered up but still in the file",
        docx="Delete the words themselves, and put “[withheld]” in their place: "
        "a box or a black highlight does not remove them.",
        pdf=_REDACT,
    ),
    "redaction-mark": Saying(
        "a redaction that was marked but never applied",
        "redactions that were marked but never applied",
        pdf="The words are still there. In Acrobat: Redact a PDF, Apply, then save as a new file.",
    ),
    "hidden-text": Saying(
        "hidden text",
        "pieces of hidden text",
        docx="Show it with Home, ¶; then delete it, or clear Hidden in the Font box "
        "(and in its style, if the style hides it).",
        pdf=_SOURCE,
    ),
    "white-text": Saying(
        "words in the colour of what lies behind them",
        "pieces of words in the colour of what lies behind them",
        docx="Delete them, or give them the colour Automatic.",
        xlsx="Clear the cells, or give them the colour Automatic.",
        pdf=_SOURCE,
    ),
    "tiny-text": Saying(
        "words too small to see",
        "pieces of words too small to see",
        docx="Delete them, or give them the size of the text around them.",
        pdf=_SOURCE,
    ),
    "off-page": Saying(
        "something that lies outside the page",
        "things that lie outside the page",
        docx="Switch to View, Web Layout or use Home, Select, Selection Pane to find it, and delete it.",
        pdf="It can still be copied and searched. Delete it in the original and make the PDF again: "
        "cropping a page removes nothing.",
    ),
    "text-layer": Saying(
        "a scan with a layer of recognised text that is not seen",
        "pages that are scans with a layer of recognised text that is not seen",
        pdf="That is right for a scan, but what a machine read may differ from the picture, and words "
        "blacked out in the picture may still be in the layer: read it through with Select All, Copy.",
    ),
    "hidden-sheet": Saying(
        "a hidden sheet",
        "hidden sheets",
        xlsx="Right-click any sheet’s tab, Unhide, and delete the sheet. One that is not listed is “very "
        "hidden”: use Inspect Document, or set its Visible property in the Visual Basic editor.",
    ),
    "hidden-columns": Saying(
        "a hidden column that holds something",
        "hidden columns that hold something",
        xlsx="Select the columns either side, right-click, Unhide; then delete the columns.",
    ),
    "hidden-rows": Saying(
        "a hidden row that holds something",
        "hidden rows that hold something",
        xlsx="Select the rows either side, right-click, Unhide; then delete the rows.",
    ),
    "filtered-rows": Saying(
        "a row that a filter hides",
        "rows that a filter hides",
        xlsx="Data, Clear shows every row. Copy only the visible rows to a new workbook and publish that.",
    ),
    "hidden-cells": Saying(
        "a cell whose number format shows nothing",
        "cells whose number format shows nothing",
        xlsx="Clear the cells, or set their number format to General.",
    ),
    "hidden-list": Saying(
        "a drop-down list taken from a hidden sheet",
        "drop-down lists taken from hidden sheets",
        xlsx="Data, Data Validation, Clear All; then delete the hidden sheet.",
    ),
    "pivot-cache": Saying(
        "a pivot table that keeps a copy of all the rows behind it",
        "pivot tables that keep a copy of all the rows behind them",
        xlsx="Copy the table, Paste Special, Values, and delete the pivot table.",
    ),
    "connections": Saying(
        "a data model, connection or query",
        "data models, connections or queries",
        xlsx="Data, Queries & Connections: delete each, or paste the values to a new workbook.",
    ),
    "scenarios": Saying(
        "a scenario of other figures",
        "scenarios of other figures",
        xlsx="Data, What-If Analysis, Scenario Manager, Delete.",
    ),
    "hidden-name": Saying(
        "a defined name that is hidden or points elsewhere",
        "defined names that are hidden or point elsewhere",
        xlsx="Formulas, Name Manager: delete it. A hidden one is removed by Inspect Document.",
    ),
    "tracked-changes": Saying(
        "a tracked change",
        "tracked changes",
        docx="In Word: Review, Accept, Accept All Changes and Stop Tracking.",
        xlsx="In Excel: Review, Unshare Workbook, or copy the sheets to a new workbook.",
    ),
    "comments": Saying(
        "a comment",
        "comments",
        docx="In Word: Review, Delete, Delete All Comments in Document.",
        xlsx="In Excel: select the sheet, Review, Delete; or Inspect Document, “Comments”.",
        pdf="In Acrobat: Comments, select all, delete; or Sanitise Document.",
    ),
    "embedded-file": Saying(
        "a file or object embedded whole",
        "files or objects embedded whole",
        docx="Right-click it, Copy, Paste Special as a picture, and delete the object.",
        xlsx="Right-click it, Copy, Paste Special as a picture, and delete the object.",
        pdf="In Acrobat: open the Attachments pane and delete it.",
    ),
    "chart-workbook": Saying(
        "a chart with its whole workbook behind it",
        "charts with their whole workbooks behind them",
        docx="Cut the chart and use Paste Special, Picture.",
        xlsx="Cut the chart and use Paste Special, Picture.",
    ),
    "macros": Saying(
        "program code (macros or form controls)",
        "pieces of program code (macros or form controls)",
        docx="Save as .docx without macros.",
        xlsx="Save as .xlsx without macros.",
    ),
    "script": Saying(
        "a script or an action that opens a program",
        "scripts or actions that open a program",
        pdf="In Acrobat: All Tools, Use JavaScript, delete; or Sanitise Document.",
    ),
    "external-link": Saying(
        "a link that draws on a file elsewhere",
        "links that draw on files elsewhere",
        docx="File, Info, Edit Links to Files, Break Link; for a template, Developer, Document Template, "
        "attach Normal.",
        xlsx="Data, Edit Links, Break Link.",
    ),
    "mail-merge": Saying(
        "a mail merge with its source of names",
        "mail merges with their sources of names",
        docx="Mailings, Start Mail Merge, Normal Word Document.",
    ),
    "file-path": Saying(
        "the address of a folder or file inside the office",
        "addresses of folders or files inside the office",
        docx="Find it where it is named (alternative text, a field seen with Alt+F9, a link) and delete it.",
        xlsx="Copy the sheets to a new workbook, saved where the path says nothing, or remove the link.",
        pdf="In Acrobat: File, Properties (or the link’s own properties): change it.",
    ),
    "author": Saying(
        "a person or an office named in the properties",
        "mentions of people or offices in the properties",
        docx="Where it should not be public: File, Info, Check for Issues, Inspect Document, "
        "“Document Properties and Personal Information”, Remove All.",
        xlsx="Where it should not be public: File, Info, Check for Issues, Inspect Document, "
        "“Document Properties and Personal Information”, Remove All.",
        pdf="Where it should not be public: in Acrobat, File, Properties, clear Author.",
    ),
    "properties": Saying(
        "a custom property",
        "custom properties",
        docx="File, Info, Properties, Advanced Properties, Custom: delete what is not for the public.",
        xlsx="File, Info, Properties, Advanced Properties, Custom: delete what is not for the public.",
        pdf="In Acrobat: File, Properties, Custom: delete what is not for the public.",
    ),
    "document-variables": Saying(
        "a stored variable", "stored variables", docx="Copy the text to a new file."
    ),
    "custom-xml": Saying(
        "a part of data that is never shown (custom XML)",
        "parts of data that are never shown (custom XML)",
        **_inspect("Custom XML Data"),
    ),
    "hidden-header": Saying(
        "a header or footer that no page shows",
        "headers or footers that no page shows",
        docx="Tick Different First Page or Different Odd & Even Pages, empty it, and untick again; "
        "or Inspect Document, “Headers, Footers, and Watermarks”.",
    ),
    "hidden-shape": Saying(
        "a hidden shape or text box",
        "hidden shapes or text boxes",
        docx="Home, Select, Selection Pane, Show All; then delete it.",
        xlsx="Home, Find & Select, Selection Pane, Show All; then delete it.",
    ),
    "hidden-field": Saying(
        "a hidden form field with a value",
        "hidden form fields with values",
        pdf="In Acrobat: Prepare a form, delete the field; or print the form to a new PDF.",
    ),
    "hidden-layer": Saying(
        "a layer that is switched off",
        "layers that are switched off",
        pdf="In Acrobat: Layers, delete it; or flatten the layers that show and save.",
    ),
    "earlier-version": Saying(
        "an earlier version of the document kept in the file",
        "earlier versions of the document kept in the file",
        pdf="In Acrobat: File, Save As (not Save), or Sanitise Document, so that only the last is kept.",
    ),
    "private-data": Saying(
        "the working data of the program that drew a page",
        "pieces of the working data of the program that drew a page",
    ),
    "cropped-picture": Saying(
        "a picture whose cropped parts are still there",
        "pictures whose cropped parts are still there",
        docx="Picture Format, Compress Pictures, Delete cropped areas of pictures.",
        xlsx="Picture Format, Compress Pictures, Delete cropped areas of pictures.",
    ),
    "picture-location": Saying(
        "a photograph that says where it was taken",
        "photographs that say where they were taken",
        docx="In Windows: the picture’s Properties, Details, Remove Properties; then insert it again.",
        xlsx="In Windows: the picture’s Properties, Details, Remove Properties; then insert it again.",
        pdf="Remove the photograph’s details (Properties, Details) in the original and make the PDF again.",
    ),
    "ink": Saying(
        "handwriting (ink)", "pieces of handwriting (ink)", docx="Review, Hide Ink, Delete All Ink."
    ),
    "thumbnail": Saying(
        "a small picture of the document that may be older than it",
        "small pictures of pages that may be older than they are",
        docx="File, Properties, Summary: untick Save Thumbnail, and save.",
        xlsx="File, Properties, Summary: untick Save Thumbnail, and save.",
        pdf="In Acrobat: Page Thumbnails, Options, Remove Embedded Page Thumbnails.",
    ),
    "scan": Saying(
        "a scan: pictures of pages without any text",
        "pages that are pictures without any text",
        pdf="It can be neither searched nor read aloud. Publish the original document, "
        "or use Acrobat’s Scan & OCR and check what it recognised.",
    ),
}
