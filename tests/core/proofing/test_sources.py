"""Source documents and addresses that a reader could not find again."""

from __future__ import annotations

import pytest

from goldthread.core.text import Kind
from tests.core.proofing.papers import codes, findings, says, section, source, typed

ADDRESS = "http://www.cambridgeshire-pcc.gov.uk/police-crime-plan/"


def test_a_bare_address_among_the_sources() -> None:
    (found,) = findings(section("Bibliography", source("Current Police and Crime Plan", address=ADDRESS)))
    assert found.code == "address-bare"
    assert "“Current Police and Crime Plan”" in found.message
    assert ADDRESS in found.message


def test_a_source_without_date_or_reference() -> None:
    (found,) = findings(section("Bibliography", source("Current People Strategy")))
    assert found.code == "source-undated"
    assert "“current” will mean another one later" in found.message


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("13/12/2018 BCB Agenda Item 8.0 Delivery of the Police and Crime Plan", {}),
        ("17 05 11 BCB - Agenda Item 5.0", {}),
        ("Decision PCD 1842", {}),
        ("People Strategy, version 3", {}),
        ("Police and Crime Plan 2017-20", {}),
        ("Police Reform and Social Responsibility Act 2011", {}),
        ("Police and Crime Plan", {"dated": "March 2014", "address": ADDRESS}),
        ("People Strategy", {"reference": "HR/12"}),
        ("Statistics", {"address": "https://www.gov.uk/statistics/road-casualties-2024"}),
        ("Statistics, read on 5 May 2026", {"address": ADDRESS}),
        ("None", {}),
        ("There are no background papers.", {}),
    ],
)
def test_a_source_that_can_be_found_again(words: str, fields: dict[str, str]) -> None:
    assert codes(section("Bibliography", source(words, **fields))) == []


def test_sources_that_are_only_paragraphs() -> None:
    lines = ("Source documents", "People Strategy", "Plan 2014", "Contact officer:", "Jim Haylett")
    assert [each.where for each in findings(section("BIBLIOGRAPHY", *lines))] == [
        "Section 1, BIBLIOGRAPHY, paragraph 2"
    ]


def test_what_goes_on_about_a_source_belongs_to_it() -> None:
    read = source("Accessed 5 May 2026")
    assert codes(section("Bibliography", source("Police and Crime Plan", address=ADDRESS), read)) == []
    assert codes(section("Bibliography", "Police and Crime Plan", ADDRESS, "Read on 5 May 2026")) == []
    assert codes(section("Bibliography", "Police and Crime Plan", ADDRESS)) == ["address-bare"]


def test_an_address_in_passing() -> None:
    assert codes(f"The plan is at {ADDRESS} for all to read.") == ["address-bare"]


@pytest.mark.parametrize(
    "words",
    [
        "The plan is on our site, www.cambridgeshire-pcc.gov.uk, for all to read.",
        f"The plan, as it stood on 4 April 2019, is at {ADDRESS}",
        "It is at https://www.example.org/plan/v2.pdf",
    ],
)
def test_an_address_that_is_dated_or_a_name(words: str) -> None:
    assert codes(words) == []


def test_contacts_have_addresses_of_their_own() -> None:
    assert codes(section("Contacts", typed(Kind.CONTACT, f"Jim Haylett, {ADDRESS}"))) == []
    assert codes(section("Front page", says(f"Website: {ADDRESS}"))) == []
