"""The pages of a measure at the desk: one sentence first, then the chart, then its figures."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest

from goldthread.core.governance.abilities import Role
from goldthread.performance.models import AreaKind
from tests.performance.story import STEADY
from tests.performance.visiting import Visits

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

EARLY, LATE = datetime(2014, 1, 10, 10, tzinfo=UTC), datetime(2014, 3, 3, 10, tzinfo=UTC)
WORSE = (*STEADY, 131, 134)
SLUG = "burglary"


@pytest.fixture
def told(measuring: Any) -> Any:
    """Burglary in Fenshire: two steady years, then two months far above, the last still provisional."""
    measuring.load(STEADY, at=EARLY)
    measuring.load(WORSE, provisional=(date(2014, 2, 1),), at=LATE)
    return measuring


@pytest.fixture
def analyst(cast: Any) -> Visits:
    return Visits(cast, Role.ANALYST)


def test_the_sentence_stands_before_the_chart_and_the_chart_before_its_figures(
    told: Any, analyst: Visits
) -> None:
    page = analyst.get("desk-measure", SLUG).content.decode()
    places = [
        page.index(part) for part in ('class="judged"', 'class="verdicts"', 'class="plate"', 'id="figures"')
    ]
    assert places == sorted(places)
    said = analyst.words("desk-measure", SLUG)
    assert "Burglary in Fenshire has averaged" in said
    assert "February 2014 was 134 (provisional), higher than usual" in said
    assert "Concern: higher than usual" in said


def test_each_chart_has_a_drawing_for_a_phone_and_ids_of_its_own(told: Any, analyst: Visits) -> None:
    page = analyst.get("desk-measure", SLUG).content.decode()
    assert page.count('role="img" aria-labelledby="chart-wide') == 1
    assert page.count('role="img" aria-labelledby="chart-phone') == 1
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    assert "style=" not in page


def test_missing_zero_and_suppressed_are_three_things_in_the_table(measuring: Any, analyst: Visits) -> None:
    values = [*STEADY[:20], None, 0, 100, 101]
    measuring.load(values, suppressed=(date(2013, 11, 1),))
    said = analyst.words("desk-measure", SLUG)
    assert "September 2013 no figure" in said
    assert "October 2013 0 " in said
    assert "November 2013 withheld" in said


def test_a_revised_figure_stands_beside_the_one_first_reported(told: Any, analyst: Visits) -> None:
    told.load({date(2013, 12, 1): 111}, at=datetime(2014, 3, 4, 9, tzinfo=UTC))
    said = analyst.words("desk-measure", SLUG)
    assert "1 figure has been revised since it was first reported, last December 2013." in said
    history = analyst.words("desk-history", SLUG)
    assert "December 2013 102 111" in history


def test_a_chart_that_would_mislead_is_not_drawn_but_its_figures_are_there(
    measuring: Any, analyst: Visits
) -> None:
    measuring.load([n % 3 for n in range(24)])
    page = analyst.get("desk-measure", SLUG).content.decode()
    assert "No chart is drawn here, because it would mislead" in page
    assert 'class="plate"' not in page
    assert '<details class="govuk-details" open>' in page
    assert analyst.get("desk-file", SLUG, "svg").status_code == 404


def test_a_measure_without_figures_says_how_they_come(measuring: Any, analyst: Visits) -> None:
    assert measuring.measure
    assert measuring.area
    assert "There are no figures yet" in analyst.words("desk-measure", SLUG)
    for step in ("narrative", "ask-rebase", "break", "to-paper"):
        assert analyst.get(f"desk-{step}", SLUG).status_code == 302


def test_the_time_of_year_is_taken_out_only_on_request_and_beside(told: Any, analyst: Visits) -> None:
    told.load([round(100 + 20 * (n % 12)) for n in range(48)], first=date(2010, 1, 1), at=LATE)
    plain = analyst.words("desk-measure", SLUG)
    assert "With the time of year taken out" not in plain
    asked = analyst.words("desk-measure", SLUG, query="?season=out")
    assert "With the time of year taken out" in asked
    assert "Adjusted for the time of year" in asked


def test_the_room_tells_the_worst_news_first_and_what_chance_alone_would_flag(
    told: Any, analyst: Visits
) -> None:
    calm = told.a_measure(key="robbery", name="Robbery")
    told.load(STEADY, measure=calm)
    said = analyst.words("desk-home")
    assert said.index("Burglary Worse") < said.index("Robbery")
    assert "2 measures are judged here. 1 has got worse; the rest move as they always do." in said
    assert "With 2 measures, expect about one flag every 28 months by chance alone" in said
    theme = analyst.words("desk-theme", "keeping-people-safe")
    assert theme.index("Has changed") < theme.index("Burglary") < theme.index("No change beyond the ordinary")


def test_districts_stand_side_by_side_worst_first(told: Any, analyst: Visits) -> None:
    for name, values in (("Marsham", STEADY), ("Wickburn", WORSE)):
        district = told.an_area(name, kind=AreaKind.DISTRICT)
        district.within = told.area
        district.save()
        told.load(values, area=district)
    said = analyst.words("desk-districts", SLUG)
    assert "2 districts. Worse: Wickburn." in said
    assert said.index("Wickburn Worse") < said.index("Marsham Usual variation")
    assert "Wickburn See Fenshire" in analyst.words("desk-measure", SLUG, query="?area=wickburn")
    assert analyst.get("desk-measure", SLUG, query="?area=nowhere").status_code == 404


def test_it_can_be_taken_away_in_five_forms(told: Any, analyst: Visits) -> None:
    told.told(date(2014, 2, 1))
    table = analyst.get("desk-file", SLUG, "csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [rows[0]["period"], rows[0]["value"], rows[-1]["special_cause"]] == [
        "2012-01-01",
        "100",
        "concern",
    ]
    whole = json.loads(analyst.get("desk-file", SLUG, "json").content)
    assert whole["vega_lite"]["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert whole["narrative"] == "Burglary stays within its usual range."
    word = analyst.get("desk-file", SLUG, "docx").content
    assert any(name.startswith("word/media/") for name in zipfile.ZipFile(io.BytesIO(word)).namelist())
    assert analyst.get("desk-file", SLUG, "pdf").content.startswith(b"%PDF")
    assert analyst.get("desk-file", SLUG, "svg").content.startswith(b"<svg")
    assert analyst.get("desk-file", SLUG, "exe").status_code == 404


def test_a_narrative_is_written_and_the_one_before_stays(told: Any, analyst: Visits) -> None:
    told.told(date(2013, 12, 1))
    assert analyst.post("desk-narrative", SLUG, words=" ").status_code == 200
    assert analyst.post("desk-narrative", SLUG, words="Thefts from sheds rose in January.").status_code == 302
    assert "Thefts from sheds rose in January." in analyst.words("desk-measure", SLUG)
    assert "Burglary stays within its usual range." in analyst.words("desk-history", SLUG)


def test_a_stranger_and_the_panel_find_no_measure(told: Any, cast: Any) -> None:
    assert Visits(cast, Role.PANEL_CLERK).get("desk-measure", SLUG).status_code == 404
    assert Visits(cast, Role.PANEL_CLERK).get("desk-home").status_code == 403
    visit = Visits(cast, None)
    visit.client.force_login(cast.stranger)
    for name in ("desk-measure", "desk-history", "desk-compare", "desk-definition"):
        assert visit.get(name, SLUG).status_code == 404
    assert "Burglary" not in visit.words("desk-home")


def test_a_page_costs_the_same_queries_for_two_years_as_for_ten(
    measuring: Any, analyst: Visits, django_assert_max_num_queries: Any
) -> None:
    measuring.load([*STEADY] * 5)
    with django_assert_max_num_queries(25):
        analyst.get("desk-measure", SLUG)
