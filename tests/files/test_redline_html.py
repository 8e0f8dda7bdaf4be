"""HTML of texts and redlines: well formed, escaped, said in words, without styles or scripts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.compare import compare
from goldthread.core.text import Kind, Mark, MarkKind, Run, Section, Text, numbers
from goldthread.files.changes import figures, section_lines
from goldthread.files.html_blocks import text_html
from goldthread.files.redline_html import changes_table, redline_html, redline_page
from goldthread.files.word.pictures import blank
from tests.files.plans import NOTE_KEY, key_of, paragraph, plan, revised

VOID = {"br", "img", "meta", "link"}


class Checked(HTMLParser):
    """Parses HTML, refusing tags that do not nest, and remembers what it saw."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.tags: list[str] = []
        self.said: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def _sound(html: str) -> Checked:
    seen = Checked(html)
    assert len(seen.ids) == len(set(seen.ids))
    assert not {link[1:] for link in seen.links if link.startswith("#")} - set(seen.ids)
    assert "style" not in seen.attributes
    assert not {"script", "style"} & set(seen.tags)
    assert not any(name.startswith("on") for name in seen.attributes)
    return seen


def test_a_plain_text() -> None:
    html = text_html(plan(), numbers(plan()))
    seen = _sound(html)
    assert not {"ins", "del"} & set(seen.tags)
    for key in (key_of(1), key_of(2), key_of(11), f"note-{NOTE_KEY}", f"ref-{NOTE_KEY}"):
        assert key in seen.ids
    assert '<span class="num">1.2.1</span>' in html
    assert '<p class="block__kind">Pledge 2.1</p>' in html
    assert '<th scope="col">Year</th>' in html
    assert 'lang="cy"' in html
    assert ' start="3"><li>third</li><li>fourth</li></ol>' in html
    assert "<ul" in html
    assert "<li>libraries<ol><li>in towns</li><li>in villages</li></ol></li>" in html


def test_headings_go_down_from_the_level_given() -> None:
    html = text_html(plan(), numbers(plan()), level=3)
    assert re.findall(r"<(h\d)", html) == ["h3", "h4", "h3", "h3"]


def test_hidden_kinds_are_left_out() -> None:
    html = text_html(plan(), numbers(plan()), hidden={Kind.PLEDGE})
    assert "We will answer calls in time." not in html


def test_a_picture_has_an_address_and_words() -> None:
    html = text_html(plan(), {}, image_address=lambda seal: f"/pictures/{seal}")
    assert f'<img src="/pictures/{"0" * 64}" alt="A map of contact points">' in html


@pytest.mark.parametrize("back", [False, True])
def test_a_redline(back: bool) -> None:
    old, new = (revised(), plan()) if back else (plan(), revised())
    comparison = compare(old, new)
    _sound(changes_table(comparison) + redline_html(comparison))


def test_changes_are_said_in_words_and_moves_linked_both_ways() -> None:
    html = redline_html(compare(plan(), revised()))
    assert '<span class="govuk-visually-hidden">inserted: </span>' in html
    assert '<span class="govuk-visually-hidden">deleted: </span>' in html
    assert f'href="#{key_of(40)}-from">moved here from 2.1</a>, unchanged' in html
    assert f'<a href="#{key_of(40)}">moved to 1.2.1</a>' in html
    target = html[html.index("<dt>Target</dt>") :].split("</div>")[0]
    assert re.sub(r"<span class=.govuk.*?</span>", "", target).count("85%") == 1
    assert "→" in target


def test_the_table_of_changes() -> None:
    lines = {line.title: line for line in section_lines(compare(plan(), revised()))}
    assert lines["A wholly new section"].words == "New"
    assert lines["Engaging communities"].words.startswith("Changed, renamed from “Community engagement”")
    assert "1 block moved from 2" in lines["Engaging communities"].words
    assert "was 2" in lines["Safer homes"].words
    assert section_lines(compare(plan(), plan())) == ()
    assert figures(compare(plan(), revised()))[0] == ("1", "section new")


def test_a_kind_no_longer_shown_is_said_so() -> None:
    comparison = compare(plan(), plan(), new_hidden=frozenset({Kind.ACTION}))
    assert "Action 2.1 is no longer shown" in redline_html(comparison)
    assert ("1", "action no longer shown") in figures(comparison)


def test_a_page_stands_by_itself() -> None:
    page = redline_page(
        compare(plan(), revised()), old_name="<March>", new_name="October", images={"0" * 64: blank()}
    )
    assert "&lt;March&gt;" in page
    assert "data:image/png;base64," in page
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=\"(?!#|data:|https://example.org/)", page)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(list(MarkKind)))
def test_everything_is_escaped(one: str, two: str, kind: MarkKind) -> None:
    nasty = '"><script>alert(1)</script>&' + one
    run = Run(nasty, (Mark(kind, two + nasty),))
    old = Text(nasty, (Section(nasty or "k", nasty, (paragraph(1, run, lang=nasty),), lang=two),))
    new = Text(two, (Section("k2", two, (paragraph(1, run, two), paragraph(2, nasty))),))
    for html in (
        text_html(old, numbers(old)),
        redline_html(compare(old, new)),
        changes_table(compare(old, new)),
    ):
        assert "<script" not in html
        Checked(html)
    assert "<script" not in redline_page(compare(old, new), old_name=nasty, new_name=two)
