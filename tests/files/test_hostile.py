"""Every hostile file is refused with a reason, or read with the dangerous part dropped and named."""

import io
import os
import shutil
import subprocess
import sys
import time
import tomllib
import zipfile
from pathlib import Path

import pytest

from goldthread.files.apart import read_in_child
from goldthread.files.gate import Gate
from goldthread.files.reading import read
from goldthread.files.refused import Refused
from tests.files.docs import docx, paragraph
from tests.files.words import CORPUS

GOLDEN = tomllib.loads((Path(__file__).parent / "hostile_golden.toml").read_text(encoding="utf-8"))
CASES = [(folder, case) for folder, cases in GOLDEN.items() for case in cases]
LEGACY = (".doc", ".odt", ".rtf")
CALL = "import sys; from goldthread.config.command import main; sys.exit(main(sys.argv[1:]))"
MEASURE = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_maxrss, used.ru_utime + used.ru_stime)
"""


def _expect(path: Path, verdict: str, says: str) -> None:
    if verdict == "refused":
        with pytest.raises(Refused) as refused:
            read(path, name=path.name)
        assert says in str(refused.value)
        assert refused.value.mend
    else:
        warnings = [str(warning) for warning in read(path, name=path.name).warnings]
        assert not says or any(says in warning for warning in warnings)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("folder", "case"), CASES, ids=lambda each: each["file"][-40:] if isinstance(each, dict) else ""
)
def test_a_hostile_file_meets_its_golden_verdict(folder: str, case: dict[str, str]) -> None:
    path = CORPUS / folder / case["file"]
    if path.suffix in LEGACY and "zip" not in path.stem and not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    began = time.monotonic()
    _expect(path, case["verdict"], case["says"])
    assert time.monotonic() - began < 10


def test_the_golden_list_names_every_hostile_file() -> None:
    held = {path.name for folder in GOLDEN for path in (CORPUS / folder).iterdir()}
    assert held == {case["file"] for _, case in CASES}


@pytest.mark.slow
def test_a_zip_bomb_is_refused_while_it_is_unpacked(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(100):
                part.write(b"<w:p/>".ljust(1024) * 1024)
    _expect(bomb, "refused", "grows over 250 times")


@pytest.mark.slow
def test_a_file_of_70_000_parts_is_refused(tmp_path: Path) -> None:
    many = tmp_path / "many.docx"
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(70_000):
            archive.writestr(f"word/media/{number}.xml", "<a/>")
    _expect(many, "refused", "70,000 parts")


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    whole = docx(paragraph("word " * 1000))
    at = whole.rindex(b"word/document.xml")
    lying = whole[: at - 22] + (3).to_bytes(4, "little") + whole[at - 18 :]
    with pytest.raises(Refused):
        read(lying)


@pytest.mark.parametrize("encoding", ["utf-7", "utf-32", "ebcdic-cp-us", "shift_jis"])
def test_an_encoding_that_word_never_uses_is_refused(encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", data)
    with pytest.raises(Refused, match="no Word file uses"):
        read(held.getvalue())


def test_the_gate_refuses_names_outside_the_file() -> None:
    for name in ("/etc/passwd", "../x", "a/../../x", "C:\\x"):
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            archive.writestr(name, "x")
        with pytest.raises(Refused, match="outside itself"):
            Gate(held.getvalue())


@pytest.mark.slow
def test_a_hostile_reading_stays_under_500_mb_and_10_seconds(tmp_path: Path) -> None:
    """A million small elements: the widest tree that the gate lets through to the parser."""
    wide = tmp_path / "wide.docx"
    wide.write_bytes(
        docx("".join(f"<w:p><w:r><w:t>{n * 7919 % 99991}</w:t></w:r></w:p>" for n in range(250_000)))
    )
    # The kernel counts what a process held before it became another program, so a large run of the tests
    # would be measured instead: a small process in between starts the reading.
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, sys.executable, "-c", CALL, "read", str(wide)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        check=True,
    )
    code, peak, seconds = measured.stdout.split()[-3:]
    assert code in (b"0", b"2")
    assert int(peak) < 500 * 1024
    assert float(seconds) < 10


@pytest.mark.slow
def test_a_child_that_runs_out_of_memory_is_a_refusal() -> None:
    data = docx("<w:p/>" * 200_000)
    with pytest.raises(Refused):
        read_in_child(data, memory=70 * 1024 * 1024)


@pytest.mark.slow
def test_a_child_that_runs_out_of_time_is_a_refusal() -> None:
    data = docx("".join(f"<w:p><w:r><w:t>{n}</w:t></w:r></w:p>" for n in range(150_000)))
    with pytest.raises(Refused, match="too long"):
        read_in_child(data, seconds=1)
