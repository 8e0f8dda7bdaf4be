"""What an officer is told has changed."""

from __future__ import annotations

import pytest

from goldthread.core.compare import (
    Comparison,
    FieldChange,
    ListDetail,
    Piece,
    Place,
    Status,
    TableDetail,
    TypedDetail,
    WordsDetail,
    WovenBlock,
    as_json,
    compare,
    restyled_marks,
)
from goldthread.core.text import (
    Block,
    Cell,
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
)

LOREM = {
    "calls": "Nine in ten calls to 101 are answered within thirty seconds by a person in the county.",
    "rural": "Farmers and villages see an officer who knows their lanes, gates and machinery by name.",
    "young": "Young people who come to notice are diverted early with help from schools and families.",
    "victims": "Every victim hears what became of the case from the officer who took the first report.",
    "roads": "Fast driving through villages is met with cameras, volunteers and a visible patrol car.",
}


def paragraph(words: str, key: str = "", *marks: Mark) -> Prose:
    return Prose(key or words[:12], Kind.PARAGRAPH, (Run(words, tuple(marks)),))


def text(*blocks: Block) -> Text:
    return Text("Plan", (Section("s", "Objective", blocks),))


def woven(old: Block, new: Block) -> WovenBlock:
    (found,) = [block for _, block in compare(text(old), text(new)).blocks()]
    return found


def said(pieces: tuple[Piece, ...]) -> str:
    """Pieces as ``[-deleted-]`` and ``[+inserted+]``."""
    signs = {Status.REMOVED: "[-{}-]", Status.ADDED: "[+{}+]", Status.RESTYLED: "[~{}~]"}
    return "".join(signs.get(piece.status, "{}").format(piece.words) for piece in pieces)


def words(old: str, new: str) -> str:
    detail = woven(paragraph(old, "p"), paragraph(new, "p")).detail
    assert isinstance(detail, WordsDetail)
    return said(detail.pieces)


def test_a_target_that_rises_is_one_field() -> None:
    statement = (Run("Calls to 101 answered in time"),)
    block = woven(
        Typed("k", Kind.KEY_MEASURE, statement, (("target", "85%"), ("by_when", "March 2016"))),
        Typed("k", Kind.KEY_MEASURE, statement, (("target", "90%"), ("by_when", "March 2016"))),
    )
    assert block.status is Status.CHANGED
    assert isinstance(block.detail, TypedDetail)
    assert [field for field in block.detail.fields if field.changed] == [FieldChange("target", "85%", "90%")]
    assert (block.inserted, block.deleted) == (1, 1)
    assert said(block.detail.pieces) == "Calls to 101 answered in time"


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (
            "We answered 85% of the calls that were made to the control room",
            "We answered 90% of the calls that were made to the control room",
            "We answered [-85%-][+90%+] of the calls that were made to the control room",
        ),
        (
            "The board met at county hall on 4 May 2026 to hear it",
            "The board met at county hall on 4 June 2026 to hear it",
            "The board met at county hall on [-4 May 2026-][+4 June 2026+] to hear it",
        ),
        (
            "The office will then spend £12.5m on the new station",
            "The office will then spend £12.8m on the new station",
            "The office will then spend [-£12.5m-][+£12.8m+] on the new station",
        ),
        (
            "People should find it easy to reach us",
            "People should find it easy to reach us, day or night",
            "People should find it easy to reach us[+, day or night+]",
        ),
        (
            "The old plan is for all who live in the county",
            "The new plan was for all who live in the county",
            "The [-old plan is-][+new plan was+] for all who live in the county",
        ),
        (
            "Officers’ diaries say “open”\u00a0each day of the week",
            'Officers\' diaries say "open" each day of the week',
            'Officers[~\'~] diaries say [~"~]open[~" ~]each day of the week',
        ),
        (
            "It opens in March and closes for good in May",
            "Surely it will never open before another summer is out",
            "[-It opens in March and closes for good in May-]"
            "[+Surely it will never open before another summer is out+]",
        ),
    ],
)
def test_words_inside_a_paragraph(old: str, new: str, shown: str) -> None:
    assert words(old, new) == shown


def test_other_quotes_and_spaces_change_no_words() -> None:
    comparison = compare(text(paragraph("It’s “so”", "p")), text(paragraph('It\'s "so"', "p")))
    assert comparison.summary.words == (0, 0)
    assert comparison.summary.restyled == 1
    assert comparison.summary.sections.changed == 0


def test_too_little_kept_is_a_replacement() -> None:
    block = woven(paragraph(LOREM["calls"], "p"), paragraph(LOREM["rural"], "p"))
    assert block.status is Status.REPLACED
    assert [piece.status for piece in block.detail.pieces] == [Status.REMOVED, Status.ADDED]


def test_marks_alone_are_listed_apart() -> None:
    strong = Mark(MarkKind.STRONG)
    comparison = compare(text(paragraph(LOREM["calls"], "p")), text(paragraph(LOREM["calls"], "p", strong)))
    (block,) = [block for _, block in comparison.blocks()]
    assert block.status is Status.RESTYLED
    assert restyled_marks(block.detail.pieces[0]) == (frozenset(), {strong})
    assert (comparison.summary.restyled, comparison.summary.sections.changed) == (1, 0)


def test_a_note_that_kept_its_words_is_the_same_note_under_another_key() -> None:
    def noted(key: str) -> tuple[Block, Block]:
        reference = Run("", (Mark(MarkKind.NOTE_REFERENCE, key),))
        return (
            Prose("p" + key, Kind.PARAGRAPH, (Run(LOREM["calls"]), reference)),
            Prose(key, Kind.NOTE, (Run("Source: the control room’s own count"),)),
        )

    assert compare(text(*noted("a")), text(*noted("b"))).empty


def test_neighbours_that_moved_together_make_one_move() -> None:
    calls, rural, young, victims, roads = (paragraph(value, key) for key, value in LOREM.items())
    old = Text("P", (Section("a", "One", (calls, rural, young)), Section("b", "Two", (victims, roads))))
    new = Text("P", (Section("a", "One", (calls,)), Section("b", "Two", (victims, rural, young, roads))))
    comparison = compare(old, new)
    (move,) = comparison.moves
    assert (move.old_section, move.new_section, move.blocks) == ("a", "b", 2)
    shown = [(s.section.key, b.block.key, b.place) for s, b in comparison.blocks() if b.move == move.id]
    assert shown == [
        ("a", "rural", Place.FROM),
        ("a", "young", Place.FROM),
        ("b", "rural", Place.TO),
        ("b", "young", Place.TO),
    ]
    assert comparison.summary.words == (0, 0)
    assert comparison.summary.sections.changed == 2


def test_a_file_without_keys_is_matched_by_its_words() -> None:
    old = text(*(paragraph(value, key) for key, value in LOREM.items()))
    again = [paragraph(value, f"new {key}") for key, value in LOREM.items()]
    again[1] = paragraph(LOREM["rural"].replace("gates", "barns"), "x")
    again.append(again.pop(0))
    comparison = compare(old, text(*again))
    assert comparison.summary.words == (1, 1)
    assert [b.status for _, b in comparison.blocks()] == [
        Status.MOVED,
        Status.CHANGED,
        Status.KEPT,
        Status.KEPT,
        Status.KEPT,
        Status.MOVED,
    ]


def objective(*titles: str) -> Text:
    sections = (Section(t, t, (paragraph(f"{t}: {LOREM['calls']}", t + "-p"),)) for t in titles)
    return Text("Objective 1", (Section("o", "Objective 1", (), tuple(sections)),))


def by_title(comparison: Comparison) -> dict[str, tuple[str, str, str]]:
    return {
        s.section.title: (s.status.value, s.old_number, s.new_number)
        for s in comparison.sections
        if s.place is not Place.FROM
    }


def test_two_new_sections_renumber_the_rest_and_change_nothing_else() -> None:
    comparison = compare(
        objective("Introduction", "Access", "Visible policing"),
        objective("Introduction", "Engagement", "Access", "Visible policing", "A professional team"),
    )
    assert comparison.summary.sections == (2, 0, 0, 0, 0)
    assert comparison.summary.renumbered == 2
    assert by_title(comparison) == {
        "Objective 1": ("kept", "1", "1"),
        "Introduction": ("kept", "1.1", "1.1"),
        "Engagement": ("added", "", "1.2"),
        "Access": ("kept", "1.2", "1.3"),
        "Visible policing": ("kept", "1.3", "1.4"),
        "A professional team": ("added", "", "1.5"),
    }


def test_a_section_moved_among_its_siblings_stands_twice() -> None:
    comparison = compare(objective("A", "B", "C", "D"), objective("B", "C", "D", "A"))
    assert comparison.summary.sections == (0, 0, 1, 0, 0)
    (move,) = comparison.moves
    assert (move.sections, move.blocks, move.old_section) == (1, 0, "o")
    assert [(s.section.title, s.place) for s in comparison.sections if s.move] == [
        ("A", Place.FROM),
        ("A", Place.TO),
    ]


def test_a_section_hung_from_another_parent_moved() -> None:
    leaf = Section("x", "Rural crime", (paragraph(LOREM["rural"], "p"),))
    one, two = Section("1", "One", children=(leaf,)), Section("2", "Two")
    old = Text("P", (one, two))
    new = Text("P", (Section("1", "One"), Section("2", "Two", children=(leaf,))))
    comparison = compare(old, new)
    assert comparison.summary.sections == (0, 0, 1, 0, 0)
    assert [(m.old_section, m.new_section) for m in comparison.moves] == [("1", "2")]


def test_a_renamed_section_shows_its_title_word_by_word() -> None:
    old = Text("P", (Section("a", "An open and responsive force", (paragraph(LOREM["calls"], "p"),)),))
    new = Text("P", (Section("b", "An open and accessible force", (paragraph(LOREM["calls"], "q"),)),))
    comparison = compare(old, new)
    (section,) = comparison.sections
    assert (section.renamed, section.changed, section.status) == (True, False, Status.KEPT)
    assert said(section.title) == "An open and [-responsive-][+accessible+] force"
    assert comparison.summary.sections.renamed == 1


def table(*rows: tuple[str, ...]) -> Table:
    return Table("t", tuple(Row(tuple(Cell(((Run(words),),)) for words in row)) for row in rows))


def test_a_row_is_known_by_its_key_column() -> None:
    block = woven(
        table(("Measure", "2013"), ("Burglary", "40"), ("Calls", "91")),
        table(("Measure", "2013"), ("Arson", "40"), ("Burglary", "38"), ("Calls", "91")),
    )
    assert isinstance(block.detail, TableDetail)
    assert [row.status.value for row in block.detail.rows] == ["kept", "added", "changed", "kept"]
    assert [cell.status.value for cell in block.detail.rows[2].cells] == ["kept", "changed"]
    assert not block.detail.columns_changed
    assert (block.inserted, block.deleted) == (3, 1)


def test_a_column_is_known_by_its_head() -> None:
    block = woven(
        table(("Measure", "2013"), ("Burglary", "40"), ("Calls", "91")),
        table(("Measure", "2012", "2013"), ("Burglary", "44", "40"), ("Calls", "90", "91")),
    )
    assert isinstance(block.detail, TableDetail)
    assert block.detail.columns_changed
    assert [[cell.status.value for cell in row.cells] for row in block.detail.rows] == [
        ["kept", "added", "kept"]
    ] * 3


def test_a_list_changes_item_by_item() -> None:
    def items(*names: str) -> ListBlock:
        return ListBlock("l", tuple(ListItem((Run(LOREM.get(name, name)),)) for name in names))

    block = woven(items("calls", "rural", "young"), items("young", "calls", "victims", "rural"))
    assert isinstance(block.detail, ListDetail)
    assert [(item.status, item.place) for item in block.detail.items] == [
        (Status.MOVED, Place.TO),
        (Status.KEPT, Place.HERE),
        (Status.ADDED, Place.HERE),
        (Status.KEPT, Place.HERE),
        (Status.MOVED, Place.FROM),
    ]
    assert block.deleted == 0


def test_a_hidden_kind_is_no_longer_shown_and_never_removed() -> None:
    kept = paragraph(LOREM["calls"], "p")
    action = Typed("a", Kind.ACTION, (Run(LOREM["roads"]),))
    gone = Typed("b", Kind.ACTION, (Run(LOREM["rural"]),))
    comparison = compare(text(kept, action, gone), text(kept, action), new_hidden=frozenset({Kind.ACTION}))
    assert [b.status for _, b in comparison.blocks()] == [
        Status.KEPT,
        Status.NO_LONGER_SHOWN,
        Status.NO_LONGER_SHOWN,
    ]
    assert comparison.summary.words == (0, 0)
    assert comparison.summary.sections == (0, 0, 0, 0, 0)
    assert comparison.summary.presentation == ((Kind.ACTION, Status.NO_LONGER_SHOWN, 2),)
    assert not comparison.empty
    back = compare(text(kept, action), text(kept, action), old_hidden=frozenset({Kind.ACTION}))
    assert back.summary.presentation == ((Kind.ACTION, Status.NOW_SHOWN, 1),)


def test_the_list_of_changes_is_plain() -> None:
    listed = as_json(compare(text(paragraph(LOREM["calls"], "p")), text(paragraph(LOREM["rural"], "q"))))
    assert listed["summary"]["sections"] == {
        "added": 0,
        "removed": 0,
        "moved": 0,
        "renamed": 0,
        "changed": 1,
    }
    assert listed["summary"]["words"] == {"inserted": 15, "deleted": 17}
    assert [(entry["what"], entry["change"]) for entry in listed["changes"]] == [
        ("section", "changed"),
        ("block", "removed"),
        ("block", "added"),
    ]
