"""Every template of the product keeps to the policy, and every sheet to the words of the tokens."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(
    path for path in (ROOT / "goldthread").rglob("templates/**/*.html") if "node_modules" not in path.parts
)
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script with a body": re.compile(r"<script\b(?![^>]*\b(?:src=|application/json))", re.IGNORECASE),
    "a script address": re.compile(r"\b(?:href|src|action)\s*=\s*[\"']?\s*javascript:", re.IGNORECASE),
    "script in an htmx attribute": re.compile(r"\bhx-on\b|\bhx-vals\s*=\s*[\"']js:", re.IGNORECASE),
    "an address elsewhere": re.compile(
        r"<(?:link|script|img|iframe)\b[^>]*[\"'](?:https?:)?//", re.IGNORECASE
    ),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_in_a_template_breaks_the_policy(path: Path) -> None:
    words = path.read_text()
    broken = [what for what, pattern in INLINE.items() if pattern.search(words)]
    assert broken == []


@pytest.mark.slow
def test_templates_are_indented_as_djhtml_would() -> None:
    check = [sys.executable, "-m", "djhtml", "--check", "--tabwidth", "4", *map(str, TEMPLATES)]
    ran = subprocess.run(check, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("name", ["look.css", "print.css"])
def test_a_style_sheet_names_no_font_or_crest_of_the_government(name: str) -> None:
    sheet = (ROOT / "goldthread/web/static/web" / name).read_text()
    assert not re.search(r"GDS Transport|crest|url\([^)d]*https?:", sheet)


def test_every_file_the_style_sheet_asks_for_is_there() -> None:
    folder = ROOT / "goldthread/web/static/web"
    asked = set(re.findall(r"url\(\"?([^)\"]+)\"?\)", (folder / "look.css").read_text()))
    asked = {name for name in asked if not name.startswith("data:")}
    assert asked, "the style sheet brings its own fonts"
    assert [name for name in sorted(asked) if not (folder / name).is_file()] == []


def test_what_we_took_from_others_has_its_licence_beside_it() -> None:
    licences = {path.stem for path in (ROOT / "goldthread/web/static/web/licences").iterdir()}
    assert {"govuk-frontend", "htmx", "atkinson-hyperlegible-next", "source-serif-4"} <= licences
