"""Two 100,000-word Word files to a Word redline, against LibreOffice's own comparison in the same run.

Run it by hand: ``python tests/bench/redline.py [words]``. Both work from the same two files in
a fresh process, start-up included: ours reads, recognises, compares and writes; LibreOffice
loads, runs its Compare Document and saves as .docx. PDF pages a second follow. Quote the ratio.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.sax.saxutils import escape

import pypdfium2
from compare_words import Author, rekeyed

from goldthread.core.text import Text, numbers
from goldthread.files.pdf.write import write_pdf
from goldthread.files.word.write import write_docx

LIMIT = 1800
MACRO = """
Sub Redline(before As String, after As String, target As String)
  Dim opening(0) As New com.sun.star.beans.PropertyValue
  opening(0).Name = "Hidden"
  opening(0).Value = True
  Dim document As Object
  document = StarDesktop.loadComponentFromURL(after, "_blank", 0, opening())
  Dim dispatcher As Object
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  Dim other(1) As New com.sun.star.beans.PropertyValue
  other(0).Name = "URL"
  other(0).Value = before
  other(1).Name = "NoAcceptDialog"
  other(1).Value = True
  dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:CompareDocuments", "", 0, other())
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  saving(0).Name = "FilterName"
  saving(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, saving())
  document.close(True)
  StarDesktop.terminate()
End Sub
"""
SCRIPTS = "http://openoffice.org/2000/"
OURS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from goldthread.core.compare import compare
from goldthread.files.reading import read
from goldthread.files.sections import to_text
from goldthread.files.word.write import write_redline
old, new = (to_text(read(Path(name))).text for name in sys.argv[1:3])
Path(sys.argv[3]).write_bytes(write_redline(compare(old, new), at=datetime(2014, 10, 2, tzinfo=UTC)))
"""


def install_macro(profile: Path) -> None:
    """Put the macro where LibreOffice looks for a user's own."""
    folder = profile / "user" / "basic" / "Standard"
    folder.mkdir(parents=True, exist_ok=True)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    module = f'<script:module xmlns:script="{SCRIPTS}script" script:name="Ours" script:language="StarBasic">'
    (folder / "Ours.xba").write_text(f"{head}{module}{escape(MACRO)}</script:module>")
    library = (
        f'<library:library xmlns:library="{SCRIPTS}library" library:name="Standard" library:readonly="false"'
    )
    listed = '<library:element library:name="Ours"/>'
    (folder / "script.xlb").write_text(
        f'{head}{library} library:passwordprotected="false">{listed}</library:library>'
    )
    (folder / "dialog.xlb").write_text(f'{head}{library} library:passwordprotected="false"/>')
    for name in ("script", "dialog"):
        (folder.parent / f"{name}.xlc").write_text(
            f'{head}<library:libraries xmlns:library="{SCRIPTS}library" xmlns:xlink="http://www.w3.org/1999/xlink">'
            f'<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/{name}.xlb/" '
            'xlink:type="simple" library:link="false"/></library:libraries>'
        )


def timed(command: list[str]) -> float:
    """How long a command takes, in seconds."""
    start = time.perf_counter()
    subprocess.run(command, check=True, timeout=LIMIT, capture_output=True)
    return time.perf_counter() - start


def theirs(folder: Path, old: Path, new: Path) -> float:
    """LibreOffice's comparison, in a profile that has been started once before."""
    profile, target = folder / "profile", folder / "theirs.docx"
    office = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    timed([*office, "--terminate_after_init"])
    install_macro(profile)
    call = f"macro:///Standard.Ours.Redline({old.as_uri()},{new.as_uri()},{target.as_uri()})"
    taken = timed([*office, call])
    if not target.exists():
        raise SystemExit("LibreOffice wrote nothing: its macro did not run.")
    tracked = subprocess.run(
        ["unzip", "-p", str(target), "word/document.xml"], check=True, capture_output=True
    ).stdout
    inserted, deleted = tracked.count(b"<w:ins "), tracked.count(b"<w:del ")
    print(f"LibreOffice tracked {inserted:,} insertions, {deleted:,} deletions")
    return taken


def pages(text: Text) -> None:
    """Print how fast the old edition is set as PDF."""
    start = time.perf_counter()
    made = write_pdf(text, numbers(text))
    taken = time.perf_counter() - start
    count = len(pypdfium2.PdfDocument(made))
    print(f"PDF/UA      {taken:8.2f} s for {count} pages, {count / taken:.0f} pages a second")


def main() -> None:
    """Make the two files, time both sides, print the ratio."""
    author = Author()
    old = author.plan(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    new = rekeyed(author.revise(old))
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        before, after = folder / "old.docx", folder / "new.docx"
        before.write_bytes(write_docx(old))
        after.write_bytes(write_docx(new))
        script = [sys.executable, "-c", OURS, str(before), str(after), str(folder / "ours.docx")]
        ours = min(timed(script) for _ in range(3))
        print(f"Goldthread  {ours:8.2f} s")
        if shutil.which("soffice"):
            peer = theirs(folder, before, after)
            print(f"LibreOffice {peer:8.2f} s   {peer / ours:.1f} times as long")
    pages(old)


if __name__ == "__main__":
    main()
