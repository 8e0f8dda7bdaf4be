"""The names of WordprocessingML, in the form lxml gives them."""

from __future__ import annotations

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
PKG = "{http://schemas.openxmlformats.org/package/2006/relationships}"
CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"

VAL = W + "val"
ID = W + "id"
RID = R + "id"

P = W + "p"
PPR = W + "pPr"
RPR = W + "rPr"
RUN = W + "r"
TBL = W + "tbl"
TR = W + "tr"
TC = W + "tc"
T = W + "t"
INS = W + "ins"
DEL = W + "del"
MOVE_FROM = W + "moveFrom"
MOVE_TO = W + "moveTo"
SDT = W + "sdt"
SDT_CONTENT = W + "sdtContent"
FLD_CHAR = W + "fldChar"
FLD_TYPE = W + "fldCharType"
TXBX = W + "txbxContent"
ALTERNATE = MC + "AlternateContent"

OFF = frozenset({"0", "false", "off", "none"})
