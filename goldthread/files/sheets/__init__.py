"""Figures in spreadsheets and CSV files: read, matched to what is wanted, checked row by row."""

from goldthread.files.sheets.checking import Checked, Entry, Fault, Rules, check
from goldthread.files.sheets.errors import error_file
from goldthread.files.sheets.matching import Match, recall, remember, suggest
from goldthread.files.sheets.reading import read_sheet
from goldthread.files.sheets.sheet import Row, Sheet, Tab

__all__ = [
    "Checked",
    "Entry",
    "Fault",
    "Match",
    "Row",
    "Rules",
    "Sheet",
    "Tab",
    "check",
    "error_file",
    "read_sheet",
    "recall",
    "remember",
    "suggest",
]
