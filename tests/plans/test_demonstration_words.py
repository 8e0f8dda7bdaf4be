"""What the demonstration promises about its plans and strategies, edition by edition."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import pytest

from goldthread.core.text import (
    Kind,
    Section,
    Table,
    Text,
    Typed,
    numbers,
    plain,
    read_section,
    section_form,
    section_seal,
    words_of,
)
from goldthread.core.text.blocks import MarkKind
from goldthread.plans.demonstration.sheets import edited, key_of, read_sheets
from goldthread.plans.demonstration.words import (
    EditionWords,
    links,
    people,
    plan_editions,
    plans,
    section_key,
    strategies,
)

PLANS = [edition for plan in plans() for edition in plan_editions(plan.slug)]
VERSIONS = [version for strategy in strategies() for version in strategy.versions]
EVERY = [pytest.param(e, id=f"{e.document} {e.slug}") for e in PLANS + VERSIONS]
MARCH_2013, JULY_2013, FEBRUARY_2014, MARCH_2014, OCTOBER_2014 = plan_editions("2013-16")
NEW_IN_OCTOBER = {section_key("2013-16", short) for short in ("o1-engagement", "o1-team")}


def sections(text: Text) -> dict[str, Section]:
    return {section.key: section for _, section in text.walk()}


def seals(text: Text) -> dict[str, str]:
    return {key: section_seal(section) for key, section in sections(text).items()}


def objective_1(edition: EditionWords) -> Section:
    return sections(edition.text)[section_key("2013-16", "o1")]


def block(edition: EditionWords, short: str) -> Typed:
    key = section_key(edition.document, short)
    return next(b for s in sections(edition.text).values() for b in s.blocks if b.key == key)


def word_count(text: Text) -> int:
    return sum(len(words_of(b).split()) for s in sections(text).values() for b in s.blocks)


@pytest.mark.parametrize("edition", EVERY)
def test_keys_are_unique_within_an_edition(edition):
    keys = [key for _, s in edition.text.walk() for key in (s.key, *(b.key for b in s.blocks))]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("edition", EVERY)
def test_every_section_says_something_and_every_edition_says_why(edition):
    assert all(s.title and (s.blocks or s.children) for s in sections(edition.text).values())
    assert all(words_of(b).strip() for s in sections(edition.text).values() for b in s.blocks)
    assert edition.note.endswith(".")


@pytest.mark.parametrize("edition", EVERY)
def test_sections_survive_the_form_they_are_kept_in(edition):
    for section in sections(edition.text).values():
        read, problems = read_section(section_form(section))
        assert problems == ()
        assert section_seal(read) == section_seal(section)


@pytest.mark.parametrize("edition", EVERY)
def test_notes_and_sources_referred_to_are_there(edition):
    blocks = [b for s in sections(edition.text).values() for b in s.blocks]
    runs = [run for b in blocks for run in getattr(b, "runs", ())]
    wanted = {
        (m.kind, m.target)
        for run in runs
        for m in run.marks
        if m.kind in {MarkKind.NOTE_REFERENCE, MarkKind.CITATION}
    }
    notes = {(MarkKind.NOTE_REFERENCE, b.key) for b in blocks if b.kind is Kind.NOTE}
    sources = {(MarkKind.CITATION, b.key) for b in blocks if b.kind is Kind.SOURCE_DOCUMENT}
    assert wanted == notes | sources


@pytest.mark.parametrize("edition", EVERY)
def test_sentences_are_short_enough_to_read_aloud(edition):
    """An average below 25 words, as the reading guidance for public services asks; none above 45."""
    said = [
        plain(b.runs)
        for s in sections(edition.text).values()
        for b in s.blocks
        if b.kind in {Kind.PARAGRAPH, Kind.QUOTATION, Kind.PLEDGE, Kind.ACTION, Kind.OUTCOME}
    ]
    sentences = [s for words in said for s in re.split(r"(?<=[.!?])[”’]?\s+", words) if s]
    lengths = [len(s.split()) for s in sentences]
    assert sum(lengths) / len(lengths) < 25
    assert max(lengths) <= 45


@pytest.mark.parametrize("edition", EVERY)
def test_no_straight_quotation_mark_is_left_in_the_words(edition):
    for section in sections(edition.text).values():
        for words in (section.title, *(words_of(b) for b in section.blocks)):
            assert not re.search(r"['\"]", words), words


def test_the_papers_dates_and_shapes_are_kept():
    assert [p.slug for p in plans()] == ["2013-16", "2017-20"]
    assert [e.label for e in plan_editions("2013-16")] == [
        "March 2013",
        "July 2013",
        "February 2014",
        "March 2014",
        "October 2014 draft",
    ]
    for plan in plans():
        dates = [e.dated for e in plan_editions(plan.slug)]
        assert dates == sorted(set(dates))
    assert OCTOBER_2014.issued is None
    (later,) = plan_editions("2017-20")
    assert [s.title for s in later.text.sections if s.numbered][:4] == [
        "Victims",
        "Offenders",
        "Communities",
        "Transformation",
    ]
    assert 2500 <= word_count(MARCH_2013.text) <= 4000
    assert 1900 <= word_count(later.text) <= 2300
    assert all(500 <= word_count(v.text) <= 900 for v in VERSIONS)


def test_the_five_objectives_are_numbered_one_to_five():
    labels = numbers(MARCH_2013.text)
    assert {labels[s.key]: s.title for s in MARCH_2013.text.sections if s.numbered} == {
        "1": "Maintain local police performance",
        "2": "Deliver policing within the available budget",
        "3": "Continue to tackle crime and disorder",
        "4": "Keep people safe",
        "5": "Maintain the resilience of protective services",
        "6": "Resources",
        "7": "How the chief constable reports",
        "8": "How performance is measured",
        "9": "Crime and disorder reduction grants",
    }


def test_every_objective_and_theme_holds_pledges_measures_actions_and_outcomes():
    for edition in PLANS:
        for top in [s for s in edition.text.sections if s.children]:
            kinds = {b.kind for child in top.children for b in child.blocks}
            assert kinds >= {Kind.PLEDGE, Kind.KEY_MEASURE, Kind.ACTION, Kind.OUTCOME}


def test_objective_1_had_three_sections_and_gets_the_five_of_the_paper():
    assert [s.title for s in objective_1(MARCH_2014).children] == [
        "Introduction",
        "An accessible and responsive constabulary",
        "Visible policing",
    ]
    assert [s.title for s in objective_1(OCTOBER_2014).children] == [
        "Introduction",
        "Community engagement",
        "An accessible and responsive constabulary",
        "Visible policing",
        "A professional team",
    ]


def test_the_october_draft_adds_two_sections_and_removes_and_renames_none():
    before, after = sections(MARCH_2014.text), sections(OCTOBER_2014.text)
    assert set(after) - set(before) == NEW_IN_OCTOBER
    assert set(before) <= set(after)
    assert all(after[key].title == section.title for key, section in before.items())


def test_the_october_draft_changes_the_three_other_parts_of_objective_1_alone():
    before, after = seals(MARCH_2014.text), seals(OCTOBER_2014.text)
    changed = {key for key in before if before[key] != after[key]}
    assert changed == {child.key for child in objective_1(MARCH_2014).children}
    order = [s.key for _, s in OCTOBER_2014.text.walk() if s.key not in NEW_IN_OCTOBER]
    assert order == [s.key for _, s in MARCH_2014.text.walk()]


def test_one_paragraph_moves_unchanged_in_the_october_draft():
    home = {b.key: s.title for _, s in MARCH_2014.text.walk() for b in s.blocks}
    away = {b.key: s.title for _, s in OCTOBER_2014.text.walk() for b in s.blocks}
    moved = {key: (home[key], away[key]) for key in home if home[key] != away[key]}
    assert moved == {
        section_key("2013-16", "o1-online"): (
            "Visible policing",
            "An accessible and responsive constabulary",
        )
    }
    assert block(MARCH_2014, "o1-online") == block(OCTOBER_2014, "o1-online")


def test_the_october_draft_keeps_actions_and_outcomes_and_does_not_show_them():
    assert OCTOBER_2014.hidden == {Kind.ACTION, Kind.OUTCOME}
    assert all(not edition.hidden for edition in PLANS if edition is not OCTOBER_2014)
    hidden = [
        [b for _, s in edition.text.walk() for b in s.blocks if b.kind in OCTOBER_2014.hidden]
        for edition in (MARCH_2014, OCTOBER_2014)
    ]
    assert hidden[0] == hidden[1]
    assert len(hidden[1]) == 18


def test_february_2014_moves_renames_retargets_and_removes():
    before, after = sections(JULY_2013.text), sections(FEBRUARY_2014.text)
    victims, estate = (section_key("2013-16", short) for short in ("o3-victims", "o2-estate"))
    parent = {child.key: s.title for s in after.values() for child in s.children}
    assert parent[victims] == "Keep people safe"
    assert (before[estate].title, after[estate].title) == ("Estates and fleet", "Buildings and vehicles")
    blocks = [{b.key for s in each.values() for b in s.blocks} for each in (before, after)]
    assert blocks[0] - blocks[1] == {section_key("2013-16", "o2-diesel")}
    targets = [block(e, "o3-satisfied").field("target") for e in (JULY_2013, FEBRUARY_2014)]
    assert targets == ["86%", "90%"]


@pytest.mark.parametrize("edition", EVERY)
def test_columns_of_money_add_up(edition):
    tables = [b for s in sections(edition.text).values() for b in s.blocks if isinstance(b, Table)]
    for table in tables:
        running = Decimal(0)
        for row in table.rows[1:]:
            words = plain(row.cells[-1].paragraphs[0])
            amount = Decimal(re.sub(r"[£,]", "", words))
            if plain(row.cells[0].paragraphs[0]).startswith("Total"):
                assert amount == running, table.caption
                running = Decimal(0)
            else:
                running += amount


def test_owners_of_sections_and_actions_hold_an_office():
    offices = {person.office for person in people()}
    for edition in PLANS:
        blocks = [b for _, s in edition.text.walk() for b in s.blocks if b.kind is Kind.ACTION]
        assert {b.field("owner") for b in blocks} <= offices
        assert {s.owner for s in edition.stewards} <= offices
        assert {s.section_key for s in edition.stewards} == set(sections(edition.text))
        assert any(s.review for s in edition.stewards)


def test_links_name_a_section_and_a_clause_that_stood_in_their_editions():
    editions = {(e.document, e.slug): sections(e.text) for e in PLANS + VERSIONS}
    for link in links():
        assert link.section_key in editions[link.plan, link.edition]
        assert link.clause_key in editions[link.strategy, link.version]
        assert link.by in {person.slug for person in people()}
    pairs = [(link.section_key, link.clause_key) for link in links()]
    assert len(pairs) == len(set(pairs))


def test_two_clauses_of_the_people_strategy_moved_on_and_links_rest_on_both():
    (people_strategy,) = [s for s in strategies() if s.slug == "people-strategy"]
    old, new = (seals(version.text) for version in people_strategy.versions)
    labels = numbers(people_strategy.versions[0].text)
    changed = {key for key in old if old[key] != new[key]}
    assert {labels[key] for key in changed} == {"2.3", "4.1"}
    assert changed <= {link.clause_key for link in links()}
    plan_labels = numbers(MARCH_2014.text)
    assert {plan_labels[link.section_key] for link in links() if link.clause_key in changed} == {"5", "5.2"}


def test_keys_stay_the_same_from_one_edition_to_the_next():
    for earlier, later in pairwise(plan_editions("2013-16")):
        assert set(sections(earlier.text)) <= set(sections(later.text))


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        ({"do": "rename", "section": "absent", "title": "x"}, "No section"),
        ({"do": "remove", "block": "absent"}, "No block"),
        ({"do": "reword", "words": "[absent p] x"}, "No block"),
        ({"do": "insert", "into": "one", "words": "[m measure] x | aim=3"}, "no such field"),
        ({"do": "insert", "into": "one", "words": "[p p] [x](javascript:alert)"}, "address"),
        ({"do": "insert", "into": "one", "words": "no block"}, "before the first block"),
    ],
)
def test_an_edit_that_cannot_be_made_is_refused(edit, message):
    key = key_of("test")
    sheets = read_sheets([{"id": "one", "title": "One", "words": "[a p] Words."}], key)
    with pytest.raises(ValueError, match=message):
        edited(sheets, [edit], key)
