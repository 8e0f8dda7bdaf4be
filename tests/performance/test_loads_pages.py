"""The pages of loads: the way from a file to figures and back, in a browser without scripts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goldthread.performance.actions.standing import confirm
from goldthread.performance.models import Figure, Load, LoadStage, Source
from tests.performance.deliveries import SHARE, Deliveries, archive

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
"""Slow: whole pages, and records go through DuckDB."""


@pytest.fixture
def deliveries(measuring: Any, at: Any, settings: Any, tmp_path: Path) -> Deliveries:
    settings.HOME = tmp_path
    measuring.measure  # noqa: B018 - the measure that returns are about
    measuring.area  # noqa: B018 - and where
    return Deliveries(measuring, at)


@pytest.fixture
def analyst(client: Client, deliveries: Deliveries) -> Client:
    client.force_login(deliveries.analyst)
    return client


def url(name: str, *args: Any) -> str:
    return reverse(f"performance:{name}", args=args)


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def hand_in(client: Client, content: bytes, *, kind: str = "return", **more: Any) -> Any:
    given = {"kind": kind, "new_source": "Contact centre", "file": SimpleUploadedFile("calls.csv", content)}
    return client.post(url("desk-load-new"), {**given, **more})


def test_nothing_loaded_yet_says_how_to_begin(analyst: Client) -> None:
    page = analyst.get(url("desk-loads"))
    assert "No figures have been loaded yet" in words(page)
    assert url("desk-load-new") in words(page)


def test_from_a_file_to_figures_and_back(analyst: Client, deliveries: Deliveries) -> None:
    done = hand_in(analyst, b"Month,Count\nNov-13,10\nDec-13,12\n")
    load = Load.objects.get()
    assert done["Location"] == url("desk-load-columns", load.pk)
    page = words(analyst.get(done["Location"]))
    assert "What was understood" in page
    assert all(cell in page for cell in ("Nov-13", '<th scope="col">Count</th>', "2 rows in all"))
    parts = ("area", "measure", "numerator", "denominator", "provisional")
    given = {
        "period": "0",
        "value": "1",
        "dash": "missing",
        "cross": "missing",
        **dict.fromkeys(parts, "none"),
    }
    lacking = analyst.post(
        url("desk-load-columns", load.pk), given | {"measure_of_all": "none", "area_of_all": "none"}
    )
    assert "Choose the measure: no column of the file names it." in words(lacking)
    assert "Choose the area: no column of the file names it." in words(lacking)
    area, measure = deliveries.story.area.code, deliveries.story.measure.key
    done = analyst.post(
        url("desk-load-columns", load.pk),
        {**given, "measure_of_all": measure, "area_of_all": area},
        follow=True,
    )
    assert "No fault was found" in words(done)
    assert Figure.objects.count() == 0
    done = analyst.post(url("desk-load-start", load.pk), follow=True)
    assert "Its figures stand since" in words(done)
    assert deliveries.values(deliveries.story.measure) == {"2013-11": 10.0, "2013-12": 12.0}
    assert "2 new figures" in words(analyst.get(url("desk-loads")))
    done = analyst.post(url("desk-load-undo", load.pk), {"reason": "The wrong month."}, follow=True)
    assert "The figures from before it count again" in words(done)
    assert "The wrong month." in words(done)
    done = analyst.post(url("desk-load-redo", load.pk), follow=True)
    assert "Its figures stand again" in words(done)


def test_faults_are_listed_with_rows_and_the_file_to_mend(analyst: Client, deliveries: Deliveries) -> None:
    load = deliveries.matched(deliveries.handed_in(b"Month,Count\nNov-13,10\nDec-13,many\n"))
    page = words(analyst.get(load.get_absolute_url()))
    assert "row 3, column B (Count)" in page
    assert "1 fault was found" in page
    file = b"".join(analyst.get(url("desk-load-errors", load.pk)).streaming_content).decode("utf-8-sig")
    assert "“many” is not a number." in file
    refused = analyst.post(url("desk-load-start", load.pk), follow=True)
    assert "Some rows have faults" in words(refused)
    done = analyst.post(url("desk-load-start", load.pk), {"without_faults": "yes"}, follow=True)
    assert "Its figures stand" in words(done)


def test_a_revision_is_shown_before_and_after(analyst: Client, deliveries: Deliveries) -> None:
    deliveries.loaded("Month,Count\nNov-13,10\n")
    load = deliveries.matched(deliveries.handed_in(b"Month,Count\nNov-13,1234\n"))
    assert "What it would revise" in words(analyst.get(load.get_absolute_url()))
    done = words(analyst.post(url("desk-load-start", load.pk), follow=True))
    assert "What it revised" in done
    assert "1,234" in done
    assert "November 2013" in done


def test_the_very_same_file_is_refused_and_may_be_insisted_on(
    analyst: Client, deliveries: Deliveries
) -> None:
    deliveries.loaded("Month,Count\nNov-13,10\n")
    source = Source.objects.get()
    again = {"source": source.pk, "new_source": ""}
    done = hand_in(analyst, b"Month,Count\nNov-13,10\n", **again)
    assert "This very file was loaded on 4 March 2014" in words(done)
    assert "Load it again all the same" in words(done)
    assert hand_in(analyst, b"Month,Count\nNov-13,10\n", again="on", **again).status_code == 302


def test_what_cannot_be_read_says_why_and_offers_another(analyst: Client) -> None:
    hand_in(analyst, b"%PDF-1.7 a report")
    page = words(analyst.get(Load.objects.get().get_absolute_url()))
    assert "It is not a spreadsheet." in page
    assert url("desk-load-new") in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": ""}, "Choose “What it is”"),
        ({"file": ""}, "Choose a file"),
        ({"new_source": ""}, "Name where the file comes from"),
        ({"file": SimpleUploadedFile("x.csv", b"")}, "empty"),
    ],
)
def test_a_form_left_open_says_what_is_missing(analyst: Client, given: dict[str, Any], said: str) -> None:
    done = hand_in(analyst, b"Month,Count\n", **given)
    assert said in words(done)
    assert Load.objects.count() == 0


def test_an_archive_tells_what_it_holds_before_it_is_loaded(analyst: Client, deliveries: Deliveries) -> None:
    deliveries.cambridgeshire  # noqa: B018 - the force of the records
    file = SimpleUploadedFile("archive.zip", archive({"2013-10": 4, "2013-11": 5}))
    done = analyst.post(url("desk-load-new"), {"kind": "street", "file": file}, follow=True)
    assert "2 files: Cambridgeshire Constabulary, October 2013 to November 2013." in words(done)
    load = Load.objects.get()
    done = analyst.post(url("desk-load-start", load.pk), follow=True)
    assert "The records are held. No measure in use is counted from them yet." in words(done)
    assert "Open Government Licence" in load.source.licence


def test_typed_rows_come_back_with_their_faults_and_nothing_is_lost(
    analyst: Client, deliveries: Deliveries
) -> None:
    calls = deliveries.story.a_measure(**SHARE)
    page = words(analyst.get(url("desk-load-typed") + "?measure=calls"))
    assert "Out of" in page
    given = {
        "measure": "calls",
        "area": deliveries.story.area.code,
        "period": ["November 2013", "Dec-13", "January 2014"],
        "top": ["45", "60", ""],
        "below": ["50", "50", ""],
    }
    done = words(analyst.post(url("desk-load-typed"), given))
    assert "60 is more than the 50 that it is a part of" in done
    assert all(f'value="{typed}"' in done for typed in ("Dec-13", "45", "60"))
    assert Load.objects.count() == 0
    turned = words(analyst.post(url("desk-load-typed"), {**given, "measure": "burglary", "turn": "yes"}))
    assert 'value="45"' in turned
    assert "Out of" not in turned
    more = words(analyst.post(url("desk-load-typed"), {**given, "more": "yes"}))
    assert more.count('name="period"') == 9
    done = analyst.post(url("desk-load-typed"), {**given, "top": ["45", "40", ""]}, follow=True)
    assert "No fault was found" in words(done)
    analyst.post(url("desk-load-start", Load.objects.get().pk))
    assert deliveries.values(calls) == {"2013-11": 90.0, "2013-12": 80.0}


def test_nothing_typed_is_told(analyst: Client, deliveries: Deliveries) -> None:
    given = {"measure": "burglary", "area": deliveries.story.area.code, "period": ["Nov-13"], "top": [" "]}
    assert "Type at least one figure." in words(analyst.post(url("desk-load-typed"), given))


def test_a_load_under_way_tells_how_far_it_is(analyst: Client, deliveries: Deliveries) -> None:
    load = deliveries.matched(deliveries.handed_in(b"Month,Count\nNov-13,10\n"))
    now = timezone.now()
    confirm(load=load, by=deliveries.analyst, at=now)
    told = {"words": "Reading January", "done": 40, "begun": now.isoformat(), "at": now.isoformat()}
    Load.objects.filter(pk=load.pk).update(progress=told)
    page = words(analyst.get(load.get_absolute_url()))
    assert "Reading January" in page
    part = analyst.get(url("desk-load-progress", load.pk))
    assert 'value="40"' in words(part)
    assert "HX-Redirect" not in part
    long_ago = (now - timedelta(hours=1)).isoformat()
    Load.objects.filter(pk=load.pk).update(progress={**told, "at": long_ago})
    assert analyst.get(url("desk-load-progress", load.pk))["HX-Redirect"] == load.get_absolute_url()
    page = words(analyst.get(load.get_absolute_url()))
    assert "It was interrupted" in page
    assert "Start it again" in page
    analyst.post(url("desk-load-start", load.pk))
    load.refresh_from_db()
    assert load.status == LoadStage.STANDING


def test_records_without_figures_can_be_counted(analyst: Client, deliveries: Deliveries) -> None:
    deliveries.cambridgeshire  # noqa: B018 - the force of the records
    deliveries.records(archive({"2013-10": 4}))
    numerator = {"source": "street", "words": "Burglaries.", "where": {"crime_type": ["Burglary"]}}
    later = deliveries.story.a_measure(key="later", name="Counted later", numerator=numerator)
    assert "1 measure has no figures yet" in words(analyst.get(url("desk-loads")))
    done = analyst.post(url("desk-load-recount"), follow=True)
    assert "Counted from the records held" in words(done)
    assert deliveries.values(later, deliveries.cambridgeshire) == {"2013-10": 4.0}
    assert "Every figure is already" in words(analyst.post(url("desk-load-recount"), follow=True))


@pytest.mark.parametrize("who", ["panel_clerk", "resident", "stranger"])
def test_others_are_shown_no_load(client: Client, deliveries: Deliveries, who: str) -> None:
    load = deliveries.matched(deliveries.handed_in(b"Month,Count\nNov-13,10\n"))
    client.force_login(getattr(deliveries.story.cast, who))
    for name in ("desk-load", "desk-load-columns", "desk-load-file", "desk-load-progress", "desk-load-undo"):
        assert client.get(url(name, load.pk)).status_code in (403, 404)
    for name in ("desk-load-start", "desk-load-away", "desk-load-redo"):
        assert client.post(url(name, load.pk)).status_code in (403, 404)
    for name in ("desk-loads", "desk-load-new", "desk-load-typed"):
        page = client.get(url(name))
        assert page.status_code == 403 or (who == "stranger" and load.name not in words(page))
    load.refresh_from_db()
    assert load.status == LoadStage.CHECKED
