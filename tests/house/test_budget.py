"""The size budget: what is hard to read in one go does not get in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE, FILE_USUAL = 400, 300
FUNCTION, FUNCTION_USUAL = 50, 35
NO_HOME = {"utils.py", "helpers.py", "services.py", "common.py", "base.py", "utils", "helpers", "common"}


def _sources(folder: str) -> list[Path]:
    found = (ROOT / folder).rglob("*.py")
    return sorted(p for p in found if "migrations" not in p.parts and "node_modules" not in p.parts)


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _usual(lengths: list[int]) -> int:
    """The 95th percentile."""
    return sorted(lengths)[int(len(lengths) * 0.95)] if lengths else 0


@pytest.mark.parametrize("folder", ["goldthread", "tests"])
def test_no_file_is_too_long(folder: str) -> None:
    long = {str(p.relative_to(ROOT)): _lines(p) for p in _sources(folder) if _lines(p) > FILE}
    assert long == {}
    assert _usual([_lines(p) for p in _sources(folder)]) <= FILE_USUAL


@pytest.mark.parametrize("folder", ["goldthread", "tests"])
def test_no_function_is_too_long(folder: str) -> None:
    lengths = {
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}": _length(function)
        for path in _sources(folder)
        for function in _functions(path)
    }
    assert {where: length for where, length in lengths.items() if length > FUNCTION} == {}
    assert _usual(list(lengths.values())) <= FUNCTION_USUAL


def test_imports_stand_at_the_top() -> None:
    inside = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in _sources("goldthread")
        for function in _functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    total = sum(_lines(path) for path in _sources("goldthread"))
    assert len(inside) <= total / 1000, inside


def test_every_file_has_found_its_name() -> None:
    homeless = [p for p in _sources("goldthread") if NO_HOME & set(p.relative_to(ROOT).parts)]
    assert homeless == []
