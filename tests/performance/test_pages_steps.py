"""What is asked, checked and approved about measures in the browser, each step by another person."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from goldthread.core.governance.abilities import Role
from goldthread.core.text import Figure, Table
from goldthread.meetings.models import Paper, PaperStage
from goldthread.meetings.papers import paper_text
from goldthread.performance.definitions import definition_seal, read_toml, shipped
from goldthread.performance.forms.definitions import answers_of
from goldthread.performance.models import Break, Definition, Measure, Rebase, RebaseOutcome, ShownChart
from tests.performance.measured import Measured
from tests.performance.story import STEADY
from tests.performance.visiting import Visits, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SLUG = "burglary"
NEXT = {"review_on_day": "1", "review_on_month": "6", "review_on_year": str(datetime.now(UTC).year + 1)}


@pytest.fixture
def analyst(cast: Any) -> Visits:
    return Visits(cast, Role.ANALYST)


@pytest.fixture
def chief(cast: Any) -> Visits:
    return Visits(cast, Role.CHIEF_EXECUTIVE)


def answers() -> dict[str, str]:
    """A definition in order, question by question."""
    given = answers_of(shipped()["street-burglary"]) | {
        "key": "sheds-broken-into",
        "name": "Sheds broken into",
    }
    return {name: str(value) for name, value in given.items() if value is not None and value is not False}


def test_a_measure_is_defined_by_one_person_and_checked_by_another(
    cast: Any, analyst: Visits, chief: Visits
) -> None:
    assert analyst.post("desk-new", **answers()).status_code == 302
    assert "Waits to be checked" in analyst.words("desk-definition", "sheds-broken-into")
    assert "Check this definition" not in analyst.words("desk-definition", "sheds-broken-into")
    assert "Check this definition" in chief.words("desk-definition", "sheds-broken-into")
    draft = Definition.objects.get(measure__slug="sheds-broken-into")
    seen = {"seen": definition_seal(draft.form), **NEXT}
    assert chief.post("desk-check", "sheds-broken-into", 1, **seen).status_code == 302
    draft.refresh_from_db()
    assert (draft.is_checked, draft.checker) == (True, cast.chief_executive)


def test_what_is_wrong_with_a_definition_stands_beside_its_question(cast: Any, analyst: Visits) -> None:
    given = answers() | {"chart": "p", "target_value": "5"}
    page = analyst.post("desk-new", **given).content.decode()
    assert 'id="id_denominator_words_error"' in page
    assert 'id="id_target_value_error"' in page
    assert not Measure.objects.exists()


def test_a_definition_goes_out_and_comes_back_as_toml(measuring: Any, cast: Any, analyst: Visits) -> None:
    assert measuring.measure
    words = analyst.get("desk-toml", SLUG, 1).content.decode()
    found, problems = read_toml(words, "burglary.toml")
    assert found is not None
    assert (found.key, problems) == (SLUG, ())
    changed = words.replace("Few crimes", "Hardly any crimes")
    asked = {"toml": changed, "change": "Said more plainly."}
    assert analyst.post("desk-edit", SLUG, query="?by=toml", **asked).status_code == 302
    assert measuring.measure.definitions.drafts().get().change == "Said more plainly."
    wrong = analyst.post("desk-edit", SLUG, query="?by=toml", toml="name = ", change="x").content.decode()
    assert "This is not TOML" in wrong
    other = analyst.post("desk-edit", SLUG, query="?by=toml", toml=words.replace('"burglary"', '"theft"', 1))
    assert "The key stays “burglary” for good." in other.content.decode()


def test_a_shipped_measure_is_taken_over_once(cast: Any, chief: Visits) -> None:
    assert chief.post("desk-shipped", key="victim-satisfaction").status_code == 302
    assert "Kept here" in chief.words("desk-shipped")
    chief.post("desk-shipped", key="victim-satisfaction")
    assert Measure.objects.count() == 1
    assert Visits(cast, Role.BOARD_MEMBER).post("desk-shipped", key="homicide").status_code == 403


def test_a_re_base_is_looked_at_asked_for_and_answered_by_another(
    measuring: Any, cast: Any, analyst: Visits, chief: Visits
) -> None:
    measuring.load((*STEADY[:12], *(value + 40 for value in STEADY)))
    given = {"first_period": "2013-01-01", "reason": "Sheds are counted since January 2013."}
    looked = words_of(analyst.post("desk-ask-rebase", SLUG, look="yes", **given).content.decode())
    assert "As it would be" in looked
    assert not Rebase.objects.exists()
    assert analyst.post("desk-ask-rebase", SLUG, **given).status_code == 302
    row = Rebase.objects.get()
    assert "You asked for it, so somebody else answers." in analyst.words("desk-rebase", SLUG, row.pk)
    refused = chief.post("desk-rebase", SLUG, row.pk, answer="", answer_given="refuse").content.decode()
    assert "Say why the limits stay as they are." in refused
    assert chief.post("desk-rebase", SLUG, row.pk, answer="", answer_given="approve").status_code == 302
    row.refresh_from_db()
    assert row.outcome == RebaseOutcome.APPROVED
    before = chief.words("desk-shown", SLUG, row.before_id)
    assert "As it stood before its usual range was re-based" in before
    assert "has averaged 127 a month since January 2012" in before
    assert "has averaged 140 a month since January 2013" in chief.words("desk-measure", SLUG)


def test_who_may_not_approve_a_re_base_is_refused(measuring: Any, cast: Any, analyst: Visits) -> None:
    measuring.load(STEADY)
    analyst.post("desk-ask-rebase", SLUG, first_period="2013-01-01", reason="Sheds.")
    row = Rebase.objects.get()
    clerk = Visits(cast, Role.STAFF_OFFICER)
    answer = {"answer": "Yes.", "answer_given": "approve"}
    assert clerk.post("desk-rebase", SLUG, row.pk, **answer).status_code == 403
    row.refresh_from_db()
    assert row.outcome == ""


def test_a_break_is_marked_for_as_much_as_it_concerns(measuring: Any, cast: Any, analyst: Visits) -> None:
    measuring.load(STEADY)
    given = {"period": "2013-04-01", "kind": "recording", "words": "Sheds count.", "source": "Circular 4."}
    assert analyst.post("desk-break", SLUG, reach="area", **given).status_code == 302
    row = Break.objects.get()
    assert (row.measure, row.area, row.period) == (None, measuring.area, date(2013, 4, 1))
    assert "Sheds count." in analyst.words("desk-history", SLUG)
    wrong = analyst.post("desk-break", SLUG, reach="all", **{**given, "period": "1066-01-01"})
    assert wrong.status_code == 200


def test_a_chart_goes_into_a_draft_paper_and_is_kept_as_the_board_will_see_it(
    measuring: Any, boards: Any, cast: Any
) -> None:
    measuring.load(STEADY)
    paper = boards.paper("Burglary this year", author=cast.analyst)
    analyst = Visits(cast, Role.ANALYST)
    place = analyst.words("desk-to-paper", SLUG)
    assert "Burglary this year (BCB): Background" in place
    assert ": Recommendation" not in place
    key = paper_text(paper).sections[0].key
    refused = analyst.post("desk-to-paper", SLUG, place=f"{paper.pk}/{key}").content.decode()
    assert "Write the narrative first." in refused
    measuring.told()
    assert analyst.post("desk-to-paper", SLUG, place=f"{paper.pk}/{key}").status_code == 302
    blocks = paper_text(paper).sections[0].blocks
    assert [type(block) for block in blocks if isinstance(block, Figure | Table)] == [Figure, Table]
    shown = ShownChart.objects.get()
    assert (shown.paper, shown.by_name) == (paper, cast.analyst.name)
    measuring.load({date(2013, 12, 1): 150}, at=datetime(2014, 3, 5, 9, tzinfo=UTC))
    then = analyst.words("desk-shown", SLUG, shown.pk)
    assert "Since then these figures were revised: December 2013 was 102, is 150." in then
    assert "in “Burglary this year”" in then
    assert "Burglary this year" not in Visits(cast, Role.PARTNER_LEAD).words("desk-shown", SLUG, shown.pk)
    assert "Not reported yet" in analyst.words("desk-history", SLUG)
    Paper.objects.filter(pk=paper.pk).update(stage=PaperStage.ACCEPTED)
    assert "Not reported yet" not in analyst.words("desk-history", SLUG)
    assert "As reported to Business Coordination Board" in analyst.words("desk-history", SLUG)


def test_comparison_says_what_it_lacks_then_where_the_force_stands(
    measuring: Any, cast: Any, analyst: Visits
) -> None:
    measuring.load(STEADY)
    assert "There is no whole year to compare yet" in analyst.words("desk-compare", SLUG)
    rate = measuring.a_measure(
        key="burglary-rate",
        name="Burglary per 1,000 people",
        unit="per 1,000 people",
        multiplier=1000,
        decimals=2,
        denominator={"source": "population", "words": "People who live there."},
    )
    areas = [measuring.area, *(measuring.an_area(f"Shire{n}") for n in range(12))]
    for n, area in enumerate(areas):
        values = [value + 4 * n for value in STEADY]
        measuring.load(
            values, measure=rate, area=area, denominators=[80_000 + 9_000 * n] * 24, multiplier=1000
        )
    assert "Nobody has entered who Fenshire is compared with" in analyst.words("desk-compare", rate.slug)
    given = {"name": "Most similar group", "members": [area.pk for area in areas[1:4]], "source": "A letter."}
    given |= {"starts_day": "1", "starts_month": "1", "starts_year": "2014"}
    assert analyst.post("desk-groups", **given).status_code == 302
    said = analyst.words("desk-compare", rate.slug)
    assert "above the average of its most similar group" in said
    assert "the highest of 4" in said
    assert "Forces" in said


def test_a_promise_is_kept_once_each_priority_has_a_measure_that_another_accepted(cast: Any) -> None:
    office = Measured(cast)
    analyst, chief = Visits(cast, Role.ANALYST), Visits(cast, Role.CHIEF_EXECUTIVE)
    assert "0 of 1 priorities have one." in analyst.words("desk-owed")
    assert "Measures will be identified for each priority." in chief.words("desk-owed")
    own = analyst.words("desk-identification", office.proposed.pk)
    assert "Accept it" not in own
    assert (
        chief.post("desk-identification", office.proposed.pk, part="accept", decision="").status_code == 302
    )
    assert "Kept" in chief.words("desk-owed")
    assert "pinned to its words" in analyst.words("desk-measure", SLUG)
    ended = analyst.post("desk-identification", office.proposed.pk, part="end", reason="It tells too little.")
    assert ended.status_code == 302
    assert "Kept once, holds no longer" in chief.words("desk-owed")
