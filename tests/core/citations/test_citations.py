"""References as offices print them are found, and what only looks like one is not."""

from datetime import date

import pytest

from goldthread.core.citations import CitationKind, find_citations, normal_reference, written_dates


def test_an_item_of_an_earlier_board() -> None:
    words = "13/12/2018 BCB Agenda Item 8.0 Delivery of the Police and Crime Plan"
    (found,) = find_citations(words)
    assert found.kind is CitationKind.AGENDA_ITEM
    assert (found.body, found.on, found.item) == ("BCB", date(2018, 12, 13), "8.0")
    assert found.title == "Delivery of the Police and Crime Plan"
    assert words[found.start : found.end] == found.words == "13/12/2018 BCB Agenda Item 8.0"


@pytest.mark.parametrize(
    ("words", "body", "on", "item"),
    [
        ("17 05 11 BCB - Agenda Item 5.0", "BCB", date(2017, 5, 11), "5.0"),
        ("see 4 April 2019 Business Coordination Board, Item 9(a).",
         "Business Coordination Board", date(2019, 4, 4), "9(a)"),
        ("BCB 13/12/2018 Agenda Item 4a", "BCB", date(2018, 12, 13), "4a"),
        ("31/02/2018 BCB Agenda Item 8.0", "BCB", None, "8.0"),
    ],
)  # fmt: skip
def test_items_in_other_forms(words: str, body: str, on: date | None, item: str) -> None:
    (found,) = find_citations(words)
    assert (found.body, found.on, found.item) == (body, on, item)


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("as given at Appendix 1) for", ["Appendix 1"]),
        ("contained in Appendices A-D.", ["Appendix A", "Appendix B", "Appendix C", "Appendix D"]),
        ("Appendices 1 and 2", ["Appendix 1", "Appendix 2"]),
        ("Appendices A, B and D", ["Appendix A", "Appendix B", "Appendix D"]),
        ("Appendices 1 to Appendix 3", ["Appendix 1", "Appendix 2", "Appendix 3"]),
        ("APPENDIX ‘A’", ["Appendix A"]),
        ("Annex B", ["Annex B"]),
        ("Appendix 1 and 12 officers", ["Appendix 1"]),
        ("an appendix is attached", []),
        ("Appendix Active", []),
    ],
)
def test_appendices(words: str, labels: list[str]) -> None:
    assert [each.label for each in find_citations(words)] == labels


@pytest.mark.parametrize(
    ("words", "reference"),
    [
        ("Decision CPCC 2016-020 refers", "CPCC 2016-020"),
        ("under decision 048/2021.", "048/2021"),
        ("Decision Notice No. 20/2023", "20/2023"),
        ("Decision 2024/25-0008", "2024/25-0008"),
        ("approved as PCD 1842", "PCD 1842"),
        ("WPCC3-0129", "WPCC3-0129"),
    ],
)
def test_decisions(words: str, reference: str) -> None:
    (found,) = find_citations(words)
    assert (found.kind, found.reference) == (CitationKind.DECISION, reference)


def test_an_offices_own_way_of_numbering() -> None:
    assert find_citations("as FEN/12/0007 says") == ()
    (found,) = find_citations("as FEN/12/0007 says", patterns=["{body}/{short_year}/{serial:04}"])
    assert found.reference == "FEN/12/0007"


@pytest.mark.parametrize("words", ["the decision of 2019", "a decision 3 times over", "PCCs 2016", "item 4"])
def test_what_is_no_reference(words: str) -> None:
    assert find_citations(words) == ()


def test_addresses_end_where_the_sentence_does() -> None:
    words = "See https://www.example.org/plan_(2014). It was (at www.example.org/a)."
    assert [each.reference for each in find_citations(words)] == [
        "https://www.example.org/plan_(2014)",
        "www.example.org/a",
    ]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("044/2020", "44/2020", True),
        ("cpcc 2016–020", "CPCC  2016-20", True),
        ("44/2020", "440/2020", False),
        ("100/2020", "1/2020", False),
    ],
)
def test_references_for_looking_up(left: str, right: str, same: bool) -> None:
    assert (normal_reference(left) == normal_reference(right)) is same


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("on Thursday 4th April 2019", date(2019, 4, 4)),
        ("April 4, 2019", date(2019, 4, 4)),
        ("04/04/2019", date(2019, 4, 4)),
        ("2019-04-04", date(2019, 4, 4)),
        ("the 5th of Nov. 2014", date(2014, 11, 5)),
    ],
)
def test_dates(words: str, on: date) -> None:
    (found,) = written_dates(words)
    assert found.on == on
    assert words[found.start : found.end] == found.words


def test_dates_the_calendar_does_not_have() -> None:
    assert [each.exists for each in written_dates("31 June, 29 February, 29 February 2019, 13/13/2020")] == [
        False, True, False, False,
    ]  # fmt: skip
    assert written_dates("24/7, 3.1, £4 March, 2019-20 and May 2014") == ()
