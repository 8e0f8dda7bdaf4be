"""What a report says of given records: no database, no clock."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from goldthread.core.text import Kind, Text, numbers, text_seal, words_of
from goldthread.delivery.reporting.blocks import Composed
from goldthread.delivery.reporting.changes import changes
from goldthread.delivery.reporting.in_depth import in_depth
from goldthread.delivery.reporting.reading import reasons, silence, stuck_in
from goldthread.delivery.reporting.records import Ref, ThemeSaid, read_record, record_form
from goldthread.delivery.reporting.theme_document import theme_document
from tests.delivery import told
from tests.delivery.told import DONE, FINISHED, FIRST, KEY, LATE, SILENT, THEME, UNTIL

FIGURE = re.compile(r"\d")


def absolute(path: str) -> str:
    return f"https://goldthread.example{path}"


def report(said: ThemeSaid = THEME) -> Composed:
    return in_depth(said, {}, key=KEY, absolute=absolute)


def document(said: ThemeSaid = THEME) -> Composed:
    return theme_document(said, key=KEY, absolute=absolute)


def section_words(text: Text, title: str) -> str:
    """All that stands under a heading, subsections and all."""
    found, depth_of = [], None
    for depth, section in text.walk():
        if section.title == title:
            depth_of = depth
        elif depth_of is not None and depth <= depth_of:
            break
        if depth_of is not None:
            found += [section.title, *map(words_of, section.blocks)]
    return "\n".join(found)


def test_the_same_records_give_the_same_words_under_the_same_keys() -> None:
    assert text_seal(report().text) == text_seal(report().text)


@pytest.mark.parametrize("written", [report(), document()], ids=["in depth", "theme document"])
def test_no_key_stands_twice(written: Composed) -> None:
    keys = [each.key for _, each in written.text.walk()]
    keys += [block.key for _, each in written.text.walk() for block in each.blocks]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("written", [report(), document()], ids=["in depth", "theme document"])
def test_every_block_with_a_figure_or_a_date_has_a_source(written: Composed) -> None:
    sourced = {each.block_key for each in written.sources}
    bare = [
        words_of(block)
        for _, section in written.text.walk()
        if section.title != "Where each figure comes from"
        for block in section.blocks
        if FIGURE.search(words_of(block)) and block.key not in sourced
    ]

    assert bare == []


@pytest.mark.parametrize("written", [report(), document()], ids=["in depth", "theme document"])
def test_every_page_of_a_source_is_printed_once_with_its_whole_address(written: Composed) -> None:
    table = written.text.sections[-1].blocks[-1]
    printed = [
        mark.target
        for row in table.rows
        for cell in row.cells
        for runs in cell.paragraphs
        for run in runs
        for mark in run.marks
    ]

    pages = {each.ref.address.partition("#")[0] for each in written.sources}
    assert sorted(printed) == sorted(map(absolute, pages))
    assert all(each.ref.label in words_of(table) for each in written.sources)


def test_a_record_is_read_again_as_it_was() -> None:
    assert read_record(record_form(THEME)) == THEME


def test_a_record_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="no record of a report"):
        read_record({"form": 0})


def test_a_report_is_written_anew_from_its_own_data() -> None:
    again = report(read_record(record_form(THEME)))

    assert text_seal(again.text) == text_seal(report().text)


def test_the_summary_is_one_paragraph_that_counts_what_stands_how() -> None:
    summary = section_words(report().text, "Summary")

    assert "2 priorities for action and 4 actions: 1 done, 1 on course, 1 expected late and 1 late" in summary
    assert "Counted by weight, 29% of the work is done." in summary
    assert "1 action was finished, 1 milestone was reached and 1 date was moved." in summary
    assert "In all, 2 actions are stuck: V1.3 and V2.1." in summary


def test_silence_is_printed_where_it_is_true() -> None:
    words = section_words(report().text, "Progress on each priority")

    assert "No update since 4 March." in words
    assert "V2.1. No update yet." in words
    assert words.count("No update") == 2


@pytest.mark.parametrize(
    "action",
    [DONE, FINISHED, replace(SILENT, starts=date(2019, 11, 1)), replace(SILENT, state="dropped")],
    ids=["heard of", "finished", "not begun", "dropped"],
)
def test_silence_is_not_held_against_what_was_heard_of_is_over_or_has_not_begun(action) -> None:
    assert silence(action, THEME) == ""


def test_what_was_said_stands_with_the_office_and_the_day() -> None:
    words = section_words(report().text, "Progress on each priority")

    assert "two have signed” (Head of Criminal Justice, 12 September 2019)." in words


def test_a_date_that_moved_is_told_with_its_reason() -> None:
    words = section_words(report().text, "Progress on each priority")

    assert (
        "Its date was moved from 31 December 2019 to 31 January 2020 on 3 August 2019: "
        "one council asked for time." in words
    )


def test_the_sum_is_shown_line_by_line() -> None:
    words = section_words(report().text, "How far the work has come")

    assert "3 × 1/2 = 1.5" in words
    assert "2 × 1 = 2" in words
    assert "The sum is 0.58 + 0 = 0.58 of 2, which is 29%." in words


def test_a_measure_without_a_chart_says_why() -> None:
    words = section_words(report().text, "What the figures say")

    assert "There are no figures for Cambridgeshire yet." in words


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        (LATE, "Due 31 July, and no new date is given."),
        (LATE, "Nobody holds the office that owns it."),
        (LATE, "No update since 4 March."),
        (replace(SILENT, owned="nobody", owner=""), "Nobody owns it."),
        (replace(DONE, last=told.an_update(status="Off course", tone="bad")), "Its owner says: off course."),
        (
            replace(DONE, waits=(replace(LATE.waits[0], due=date(2019, 8, 1)),)),
            "It waits for V1.1 Agree how case notes are shared, which was due 1 August 2019.",
        ),
    ],
)
def test_what_is_stuck_says_why(action, reason) -> None:
    assert reason in reasons(action, THEME)


@pytest.mark.parametrize("action", [DONE, FINISHED, replace(LATE, state="dropped")])
def test_what_moves_or_is_over_is_not_stuck(action) -> None:
    assert reasons(action, THEME) == ()


def test_the_board_is_asked_about_what_is_stuck_by_its_next_meeting() -> None:
    asked = [b for _, s in report().text.walk() for b in s.blocks if b.kind is Kind.RECOMMENDATION]

    assert words_of(asked[0]) == "The Board is recommended to note the progress reported on Victims."
    assert words_of(asked[1]).endswith("each give a new date, or say what they need, by 5 December 2019.")


def test_nothing_stuck_is_said_and_the_board_is_asked_to_let_the_priorities_stand() -> None:
    calm = replace(THEME, priorities=(replace(FIRST, actions=(DONE, FINISHED)),))
    text = report(calm).text

    assert stuck_in(calm) == ()
    assert "No action on this theme is stuck." in section_words(text, "What is stuck")
    assert "agree that the priorities for action on Victims stand" in section_words(text, "Recommendation")


def test_a_theme_with_nothing_in_it_still_reads() -> None:
    bare = replace(
        THEME, priorities=(), measures=(), decisions=(), scale=(), approved_on=None, approved_ref=None
    )
    text = report(bare).text

    assert "The theme has 0 priorities for action and no action yet." in section_words(text, "Summary")
    assert "No measure is identified" in section_words(text, "What the figures say")
    assert "No decision on this theme" in section_words(text, "Decisions taken")


def test_sections_and_paragraphs_are_numbered_without_a_clash() -> None:
    labels = numbers(report().text)
    shown = [label for key, label in labels.items()]

    assert len(shown) == len(set(shown))


def test_a_theme_document_says_who_leads_what_partners_give_and_what_is_done_by_when() -> None:
    text = document().text
    words = section_words(text, "V1 Hear from a named person")

    assert text.title == "Victims: priorities for action 2019-20"
    assert "Lead: Chief Constable." in words
    assert "Victims’ Hub: What it knows of each case." in words
    assert "Pledge 1.1. Victims hear from a named person." in words
    assert "V1.1 Agree how case notes are shared\tHead of Criminal Justice\t31 December 2019" in words
    assert "– V1.1.1 Draft agreed\t\t30 June 2019" in words


def test_a_theme_document_says_whether_its_priorities_were_approved() -> None:
    put = replace(
        THEME,
        priorities=tuple(replace(each, stage="proposed") for each in THEME.priorities),
        approved_on=None,
    )

    assert "The Board approved them on 4 April 2019." in section_words(
        document().text, "The theme in this year"
    )
    assert "They are put to the Board for approval." in section_words(
        document(put).text, "The theme in this year"
    )


def test_nothing_changed_is_nothing_listed() -> None:
    assert changes(THEME, THEME) == ()


def test_a_record_that_says_something_else_is_listed_with_both() -> None:
    later = replace(LATE, baseline=date(2019, 7, 31), finished=UNTIL, state="done")
    live = replace(THEME, priorities=(replace(FIRST, actions=(DONE, FINISHED, later)), THEME.priorities[1]))
    found = {each.ref: each for each in changes(THEME, live)}
    parts = {part.name: (part.was, part.now) for part in found[LATE.ref].parts}

    assert parts["How it stands"] == ("Late", "Done")
    assert parts["Done"] == ("", "30 September 2019")
    assert found[THEME.source].parts[0].name == "Work done on the theme"
    assert found[FIRST.ref].parts[0].name == "Work done"
    assert len(found) == 3


def test_what_is_new_and_what_is_gone_is_listed_as_such() -> None:
    other = replace(SILENT, ref=Ref("action", 99, "V2.2 Another"), number="V2.2")
    live = replace(THEME, priorities=(FIRST, replace(THEME.priorities[1], actions=(other,))))
    states = {each.ref.label: each.state for each in changes(THEME, live)}

    assert states[other.ref.label] == "new"
    assert states[SILENT.ref.label] == "gone"
