"""Older formats (.doc, .odt, .rtf): turned into .docx by LibreOffice in a sandbox, then read as any other."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from goldthread.files.docx.reader import read_docx
from goldthread.files.opendocument import cleaned
from goldthread.files.refused import Refused
from goldthread.files.sandbox import Failed, run_apart
from goldthread.files.tree import ReadDocument, View, Warned

SECONDS = 8.5
NAMES = {"doc": "Word 97–2003 (.doc)", "odt": "OpenDocument (.odt)", "rtf": "Rich Text (.rtf)"}
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisablePythonRuntime", "true"),
    ("org.openoffice.Office.Common/Misc", "UseOpenCL", "false"),
    ("org.openoffice.Office.Common/VCL", "DisableOpenGL", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("org.openoffice.Office.Java/VirtualMachine", "EnableJava", "false"),
)
_FIELDS = {
    "INCLUDEPICTURE": "pictures fetched from elsewhere (INCLUDEPICTURE)",
    "INCLUDETEXT": "text fetched from elsewhere (INCLUDETEXT)",
    "DDEAUTO": "links that run a program (DDE)",
}
_RTF = (
    (rb"\\object\b", "Embedded objects", "ole"),
    (rb"\\objdata\b", "Embedded objects", "ole"),
    (rb"\\\*\\template\b", "A template kept elsewhere", "external"),
)
_MACROS = ("_VBA_PROJECT".encode("utf-16-le"), "Macros".encode("utf-16-le"))
_OBJECTS = "ObjectPool".encode("utf-16-le")


def soffice() -> str:
    """Where LibreOffice is, or an empty string."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def read_legacy(data: bytes, kind: str, *, view: View = View.FINAL, seconds: float = SECONDS) -> ReadDocument:
    """The neutral tree of an older format (``doc``, ``odt`` or ``rtf``). Raises Refused."""
    program = soffice()
    if not program:
        raise Refused(
            f"It is a {NAMES[kind]} file, which is read through LibreOffice, and that is not installed here.",
            "Open it in Word, save it as .docx and upload that.",
        )
    warnings: tuple[Warned, ...]
    if kind == "odt":
        data, warnings = cleaned(data)
    else:
        _refuse_locked(data, kind)
        data, warnings = _defused(data, kind)
    document = read_docx(_convert(program, data, kind, seconds), view=view)
    told = Warned(
        "", f"It was read through LibreOffice from {NAMES[kind]}: check the numbers and tables.", "legacy"
    )
    return replace(document, format=kind, warnings=(told, *warnings, *document.warnings))


def _refuse_locked(data: bytes, kind: str) -> None:
    """A .doc whose first stream says that it is encrypted is refused before LibreOffice starts."""
    if kind != "doc":
        return
    for at in range(512, min(len(data), 4_000_000), 512):
        if data[at : at + 2] == b"\xec\xa5" and len(data) >= at + 12:
            if int.from_bytes(data[at + 10 : at + 12], "little") & 0x0100:
                raise Refused(
                    "It is locked with a password.", "Save a copy without the password and upload that."
                )
            return


def _defused(data: bytes, kind: str) -> tuple[bytes, tuple[Warned, ...]]:
    """The file with the names of dangerous fields spoilt (length kept), and what was found in it."""
    found: dict[Warned, None] = {}
    for name, what in _FIELDS.items():
        for written in (name.encode(), name.encode("utf-16-le")):
            if written in data:
                data = data.replace(written, written.replace(b"E", b"X").replace(b"A", b"X"))
                found[Warned("", f"Fields with {what} were dropped; nothing was fetched.", "field")] = None
    if kind == "rtf":
        for pattern, what, code in _RTF:
            if re.search(pattern, data):
                found[Warned("", f"{what} were dropped; nothing was opened.", code)] = None
    elif any(mark in data for mark in _MACROS):
        found[Warned("", "Macros were dropped; they are never run.", "macros")] = None
    if kind == "doc" and _OBJECTS in data:
        found[Warned("", "Embedded objects were dropped; they are never opened.", "ole")] = None
    return data, tuple(found)


def _profile(folder: Path) -> None:
    """A throw-away profile that runs nothing and follows no links."""
    user = folder / "user"
    user.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def _convert(program: str, data: bytes, kind: str, seconds: float) -> bytes:
    """The .docx that LibreOffice makes of a file. It exits 0 when it fails, so only its output counts."""
    with tempfile.TemporaryDirectory(prefix="goldthread-") as name:
        folder = Path(name)
        _profile(folder / "profile")
        (folder / "out").mkdir()
        source = folder / f"document.{kind}"
        source.write_bytes(data)
        command = [
            program, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
            "--nofirststartwizard", f"-env:UserInstallation=file://{folder / 'profile'}",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source),
        ]  # fmt: skip
        environment = {
            "HOME": name,
            "TMPDIR": name,
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "LANG": "C.UTF-8",
            "SAL_USE_VCLPLUGIN": "svp",
            "SAL_DISABLE_OPENCL": "1",
        }
        try:
            run_apart(command, environment, folder, seconds=seconds)
        except Failed as failed:
            raise Refused(
                f"LibreOffice could not read it: {failed}.", "Save it as .docx in Word and upload that."
            ) from failed
        made = folder / "out" / "document.docx"
        if not made.is_file() or made.stat().st_size == 0:
            raise Refused(
                f"It is damaged or locked: LibreOffice could make nothing of this {NAMES[kind]} file.",
                "Open it in Word, save it as .docx and upload that.",
            )
        return made.read_bytes()
