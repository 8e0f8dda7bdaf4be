"""LibreOffice as a second opinion: it accepts or rejects every change of a redline and gives the words."""

from __future__ import annotations

import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

SCRIPTS = "http://openoffice.org/2000/"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
MACRO = """
Sub Settle(source As String, command As String, target As String)
  Dim opening(0) As New com.sun.star.beans.PropertyValue
  opening(0).Name = "Hidden"
  opening(0).Value = True
  Dim document As Object
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, opening())
  If command <> "" Then
    Dim dispatcher As Object
    dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    Dim nothing_more()
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, nothing_more())
  End If
  Dim saving(1) As New com.sun.star.beans.PropertyValue
  saving(0).Name = "FilterName"
  saving(0).Value = "Text (encoded)"
  saving(1).Name = "FilterOptions"
  saving(1).Value = "UTF8,LF"
  document.storeToURL(target, saving())
  document.close(True)
  StarDesktop.terminate()
End Sub
"""
ACCEPT, REJECT = ".uno:AcceptAllTrackedChanges", ".uno:RejectAllTrackedChanges"


class Office:
    """One LibreOffice profile with the macro in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        profile = folder / "profile"
        self._command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        self._run("--terminate_after_init")
        self._install(profile / "user" / "basic" / "Standard")

    def words(self, docx: bytes, command: str = "") -> list[str]:
        """The words of a Word file, after a command where one is given."""
        source, target = self._folder / "source.docx", self._folder / "target.txt"
        source.write_bytes(docx)
        target.unlink(missing_ok=True)
        self._run(f"macro:///Standard.Ours.Settle({source.as_uri()},{command},{target.as_uri()})")
        return target.read_text("utf-8-sig").split()

    def _run(self, what: str) -> None:
        subprocess.run([*self._command, what], check=True, timeout=120, capture_output=True)

    def _install(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        space = f'xmlns:script="{SCRIPTS}script" script:name="Ours" script:language="StarBasic"'
        (folder / "Ours.xba").write_text(f"{HEAD}<script:module {space}>{escape(MACRO)}</script:module>")
        library = f'xmlns:library="{SCRIPTS}library" library:name="Standard" library:readonly="false"'
        for name, listed in (("script", '<library:element library:name="Ours"/>'), ("dialog", "")):
            (folder / f"{name}.xlb").write_text(
                f'{HEAD}<library:library {library} library:passwordprotected="false">'
                f"{listed}</library:library>"
            )
            (folder.parent / f"{name}.xlc").write_text(
                f'{HEAD}<library:libraries xmlns:library="{SCRIPTS}library" '
                'xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" '
                f'xlink:href="$(USER)/basic/Standard/{name}.xlb/" xlink:type="simple" library:link="false"/>'
                "</library:libraries>"
            )
