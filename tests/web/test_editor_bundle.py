"""The checked-in editor bundle is the one its sources make, and it keeps the JSON form exactly."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from goldthread.core.text import (
    FIELDS,
    KIND_NAMES,
    Cell,
    Figure,
    Kind,
    ListBlock,
    ListItem,
    Mark,
    MarkKind,
    Prose,
    Row,
    Run,
    Section,
    Table,
    Text,
    Typed,
    first_labels,
    numbers,
    safe_address,
    section_form,
)
from goldthread.core.text.numbering import COUNTED_KINDS

EDITOR = Path(__file__).parents[2] / "goldthread" / "web" / "editor"
STATIC = EDITOR.parent / "static" / "web"
ADDRESSES = (
    "https://www.example.gov.uk/plan?a=1#b",
    "http://x",
    "mailto:a@example.gov.uk",
    "HTTPS://X.UK",
    "https:x",
    "https://",
    "http:",
    "mailto:",
    "mailto:?subject=x",
    "https://?x",
    "https:///path",
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "www.example.gov.uk",
    "/relative",
    "#part",
    "https://a b",
    "",
)
STRONG, EMPHASIS = Mark(MarkKind.STRONG), Mark(MarkKind.EMPHASIS)
LINK = Mark(MarkKind.LINK, "https://www.example.gov.uk/")


def sample() -> Section:
    """A section with a block of every kind, and inline content of every kind."""
    runs = (
        Run("Plain ‘quotes’ – "),
        Run("all", (Mark(MarkKind.CITATION, "s2"), EMPHASIS, LINK, STRONG)),
        Run("two\nlines", (STRONG,)),
        Run("", (Mark(MarkKind.NOTE_REFERENCE, "note"),)),
        Run("2", (Mark(MarkKind.SUPERSCRIPT),)),
        Run("2", (Mark(MarkKind.SUBSCRIPT),)),
        Run("b", (Mark(MarkKind.CITATION, "s1"), Mark(MarkKind.CITATION, "s2"))),
    )
    fields = {kind: tuple((name, f"The {name}") for name in FIELDS[kind]) for kind in FIELDS}
    items = (
        ListItem(runs),
        ListItem((Run("deeper"),), 1, ordered=True),
        ListItem((Run("beside"),), 1),
        ListItem(()),
    )
    wide = Cell((runs, (Run("second"),)), header=True, colspan=2)
    table = (Row((wide, Cell(rowspan=2))), Row((Cell(((Run("a"),),)), Cell())))
    return Section(
        "section",
        "Title",
        (
            Prose("p1", Kind.PARAGRAPH, runs, numbered=True),
            Prose("p2", Kind.PARAGRAPH, (Run("Geiriau"),), lang="cy"),
            Prose("p3", Kind.PARAGRAPH),
            Prose("q", Kind.QUOTATION, runs),
            Prose("note", Kind.NOTE, runs),
            ListBlock("l1", items),
            ListBlock("l2", (ListItem((Run("a"),), ordered=True),), start=4),
            ListBlock("l3", (ListItem((Run("a"),), ordered=True), ListItem((Run("b"),)))),
            Table("t", table, caption="Officers"),
            Figure("f", "0" * 64, "A chart", runs),
            *(Typed(f"full-{kind}", kind, runs, fields[kind]) for kind in FIELDS),
            *(Typed(f"bare-{kind}", kind) for kind in FIELDS),
        ),
    )


def around() -> Text:
    """The sample in a plan, under an unnumbered heading, after blocks that count before it."""
    before = (
        Prose("n0", Kind.PARAGRAPH, numbered=True),
        Prose("n1", Kind.NOTE),
        Typed("n2", Kind.PLEDGE),
    )
    heading = replace(sample(), numbered=False)
    after = Section("after", "After", (Typed("n3", Kind.PLEDGE),))
    return Text("Plan", (Section("top", "Top", before, (heading, after)),))


@pytest.fixture(scope="module")
def editor() -> dict[str, Any]:
    """What the editor's own modules make of the sample, run once in node."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    if not (EDITOR / "node_modules" / "prosemirror-model").is_dir():
        pytest.skip("the editor's packages are not installed: run npm ci in goldthread/web/editor")
    given = {
        "content": section_form(sample())["content"],
        "addresses": ADDRESSES,
        "first": first_labels(around(), "section"),
    }
    done = subprocess.run(
        [node, "test/roundtrip.js"],
        cwd=EDITOR,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_the_bundle_was_built_from_these_sources() -> None:
    sources = [
        *(EDITOR / "src").rglob("*"),
        *(EDITOR / n for n in ("build.js", "package.json", "package-lock.json")),
    ]
    paths = sorted(path.relative_to(EDITOR).as_posix() for path in sources if path.is_file())
    seal = hashlib.sha256()
    for path in paths:
        seal.update(path.encode() + b"\0" + (EDITOR / path).read_bytes() + b"\0")
    banner = (STATIC / "editor.js").read_text(encoding="utf-8")[:300]
    recorded = re.search(r"Sources ([0-9a-f]{64})", banner)
    assert recorded is not None
    assert recorded[1] == seal.hexdigest(), "run: cd goldthread/web/editor && npm ci && npm run build"


def test_the_bundle_needs_nothing_that_a_strict_policy_refuses() -> None:
    script = (STATIC / "editor.js").read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function\(|createElement\(\"style\"\)|sourceMappingURL", script)


def test_every_package_inside_has_its_licence_beside_the_bundle() -> None:
    licences = (STATIC / "editor.licences.txt").read_text(encoding="utf-8")
    lock = json.loads((EDITOR / "package-lock.json").read_text(encoding="utf-8"))
    assert not any("resolved" in package for package in lock["packages"].values())
    for place, package in lock["packages"].items():
        if place and not package.get("dev"):
            assert f"{place.removeprefix('node_modules/')} {package['version']} (MIT)" in licences


@pytest.mark.slow
def test_the_form_passes_through_the_editor_unchanged(editor: dict[str, Any]) -> None:
    assert editor["unknown"] == []
    assert editor["content"] == section_form(sample())["content"]


@pytest.mark.slow
def test_the_editor_and_the_core_keep_the_same_links(editor: dict[str, Any]) -> None:
    assert dict(zip(ADDRESSES, editor["addresses"], strict=True)) == {a: safe_address(a) for a in ADDRESSES}


@pytest.mark.slow
def test_the_editor_names_kinds_and_fields_as_the_core_does(editor: dict[str, Any]) -> None:
    kinds = {Kind(each["kind"]): each for each in editor["kinds"].values()}
    assert {kind: tuple(name for name, _ in each["fields"]) for kind, each in kinds.items()} == FIELDS
    assert {kind: each["name"] for kind, each in kinds.items()} == {kind: KIND_NAMES[kind] for kind in FIELDS}
    assert {kind for kind, each in kinds.items() if each["counted"]} == COUNTED_KINDS


@pytest.mark.slow
def test_the_editor_prints_the_numbers_that_the_core_computes(editor: dict[str, Any]) -> None:
    keys = {block.key for block in sample().blocks}
    computed = {key: label for key, label in numbers(around()).items() if key in keys}
    assert computed["p1"] == "1.2"
    assert computed["full-pledge"] == "Pledge 1.2"
    uncounted = {key for key in editor["labels"] if key.split("-")[-1] in ("contact", "source_document")}
    assert {key: label for key, label in editor["labels"].items() if key not in uncounted} == computed


@pytest.mark.slow
def test_the_editors_own_tests_pass(editor: dict[str, Any]) -> None:
    if not (EDITOR / "node_modules" / "jsdom").is_dir():
        pytest.skip("jsdom is not installed: run npm ci in goldthread/web/editor")
    tests = sorted(str(path.relative_to(EDITOR)) for path in (EDITOR / "test").glob("*.test.js"))
    node = shutil.which("node")
    assert node is not None
    done = subprocess.run([node, "--test", *tests], cwd=EDITOR, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6000:]
