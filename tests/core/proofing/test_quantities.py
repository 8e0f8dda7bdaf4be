"""One figure given differently in two places: sure rather than complete."""

from __future__ import annotations

import pytest

from tests.core.proofing.papers import codes, findings, section, table


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The net budget of £12.5m is set.", "The Board approves the net budget of £12.4 million."),
        ("The budget for the year is agreed: the budget is £1,200,000.", "This is the budget of £1.3m."),
        ("The Constabulary has 121 PCSOs.", "It employs 112 PCSOs."),
        ("The 85 volunteers help.", "All 95 volunteers are trained."),
        ("The response target of 90% stands.", "Against the response target of 95%."),
        ("The net budget of £12.5m for 2019/20 is set.", "The net budget of £12.4m is agreed."),
        ("An overall budget of £12.5m is set.", "The overall budget of £12.4m is agreed."),
    ],
)
def test_a_figure_given_differently(first: str, second: str) -> None:
    (found,) = findings(first, second)
    assert (found.code, found.where) == ("figures-differ", "Section 1, Background, paragraph 2")
    assert "paragraph 1" in found.message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The net budget of £12.5m is set.", "The net budget of £12.5 million is set."),
        ("The net budget of £12.5m is set.", "The net budget of £12,489,000 is set."),
        ("The net budget of £12.5m is for 2019/20.", "The net budget of £12.1m is for 2018/19."),
        ("The net budget of £12.5m is set.", "The gross budget of £14m is set."),
        ("The budget of £12.5m is set.", "The budget increased to the budget of £12.9m."),
        ("A grant of £500 is made.", "A grant of £700 is made."),
        ("The grant of £500 to Barn Hill is made.", "The grant of £700 to Fen Drayton is made."),
        ("It recruited 40 PCSOs.", "It has 121 PCSOs."),
        ("There are 121 PCSOs.", "In March there were 121 and, compared with then, 112 PCSOs now."),
        ("There were 121 PCSOs in 2018.", "There were 112 PCSOs in 2019."),
        ("The saving is £1m.", "It costs £2m."),
    ],
)
def test_figures_that_may_both_be_right(first: str, second: str) -> None:
    assert codes(first, second) == []


def test_three_values_are_three_things() -> None:
    values = (f"The budget is £{number}m." for number in (3, 4, 5))
    assert codes(*values) == []


def test_tables_are_left_to_the_reader() -> None:
    assert codes(section("Money", table(("The budget is £3m.",), ("The budget is £4m.",)))) == []
