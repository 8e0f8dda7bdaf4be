"""The pages of reports: what each shows, what can be done there, and who is let in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.dates import finish
from goldthread.delivery.models import Report
from goldthread.meetings.models import Paper, Planned
from tests.delivery.story import VICTIMS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """The pages ask for the time themselves."""
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(hours=2))


def as_author(reporting: Any, client: Client) -> Client:
    client.force_login(reporting.author)
    return client


def boxes(name: str, day: date) -> dict[str, str]:
    """A date as its three boxes send it."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def get(client: Client, page: str, *args: Any) -> str:
    answer = client.get(reverse(f"delivery:{page}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_with_no_report_the_page_says_how_to_begin(reporting: Any, client: Client) -> None:
    assert reporting.delivering.live
    shown = get(as_author(reporting, client), "desk-reports")

    assert "No report yet" in shown
    assert "Assemble the first one" in shown
    assert "Never seen in depth. Not planned." in shown


def test_a_report_is_assembled_from_its_page(reporting: Any, client: Client) -> None:
    assert reporting.silent
    given = {"theme": VICTIMS, "board": reporting.boards.board.pk, "item": reporting.item.pk}
    day = boxes("until", date(2014, 11, 2))
    answer = as_author(reporting, client).post(reverse("delivery:desk-new-report"), {**given, **day})

    report = Report.objects.get()
    assert answer.url == report.get_absolute_url()
    assert report.until == date(2014, 11, 2)
    assert report.paper.item == reporting.item


def test_a_refusal_stands_beside_its_field(reporting: Any, client: Client) -> None:
    assert reporting.silent
    given = {"theme": VICTIMS, "board": reporting.boards.board.pk}
    day = boxes("until", date(2014, 12, 2))
    answer = as_author(reporting, client).post(reverse("delivery:desk-new-report"), {**given, **day})

    assert "That day has not come yet." in answer.content.decode()
    assert not Report.objects.exists()


def test_each_passage_has_its_records_beside_it(reporting: Any, client: Client) -> None:
    report = reporting.report
    shown = get(as_author(reporting, client), "desk-report", report.pk)

    for source in report.sources.all():
        assert f'href="{source.address}"' in shown
    assert 'class="sourced__says"' in shown
    assert "Written by hand" not in shown
    assert "Assemble it again" in shown


def test_assembling_again_shows_first_what_has_changed(reporting: Any, client: Client) -> None:
    report = reporting.report
    finish(thing=reporting.silent, on=date(2014, 11, 1), words="All.", by=reporting.author, at=reporting.at)
    shown = get(as_author(reporting, client), "desk-report-again", report.pk)
    assert "V1.2 Train sixty officers" in shown
    assert "1 November 2014" in shown

    days = {**boxes("since", report.since), **boxes("until", report.until)}
    answer = client.post(reverse("delivery:desk-report-again", args=[report.pk]), days, follow=True)
    assert "Assembled again from the records as they are now." in answer.content.decode()
    assert "done 1 November 2014" in answer.content.decode()


def test_a_frozen_report_says_so_and_offers_only_what_has_changed(reporting: Any, client: Client) -> None:
    frozen = reporting.frozen
    as_author(reporting, client)
    shown = get(client, "desk-report", frozen.pk)

    assert "It stays as the board was given it" in shown
    assert "Assemble it again" not in shown
    assert "It is frozen and stays" in get(client, "desk-report-again", frozen.pk)
    answer = client.post(reverse("delivery:desk-report-again", args=[frozen.pk]), {})
    assert Report.objects.get(pk=frozen.pk).seal == frozen.seal
    assert answer.status_code == 200


def test_nothing_changed_is_said(reporting: Any, client: Client) -> None:
    report = reporting.report
    assert "Nothing has changed" in get(as_author(reporting, client), "desk-report-changes", report.pk)


def test_the_documents_of_all_themes_go_into_a_new_paper(reporting: Any, client: Client) -> None:
    assert reporting.spoken_of
    given = {"paper": "", "board": reporting.boards.board.pk}
    answer = as_author(reporting, client).post(reverse("delivery:desk-new-documents"), given)

    paper = Paper.objects.get(title="Delivery of the plan: priorities for action 2014-15")
    assert answer.url == paper.get_absolute_url()
    assert paper.appendices.get().label == "Appendix A"
    report = Report.objects.get()
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        file = client.get(reverse("delivery:desk-report-as", args=[report.pk, form]))
        assert file.content.startswith(start)
    assert client.get(reverse("delivery:desk-report-as", args=[report.pk, "txt"])).status_code == 404


def test_a_theme_document_is_opened_and_written_in(reporting: Any, client: Client) -> None:
    assert reporting.spoken_of
    as_author(reporting, client).post(
        reverse("delivery:desk-new-documents"), {"paper": "", "board": reporting.boards.board.pk}
    )
    report = Report.objects.get()
    assert report.edition.document.get_absolute_url() == report.get_absolute_url()

    shown = get(client, "desk-report", report.pk)
    for placed in report.edition.placements.all():
        steps = [report.edition.document.slug, report.edition.slug, placed.key]
        address = reverse("plans:desk-section", args=steps)
        assert address in shown
        assert client.get(address).status_code == 200


def test_a_year_is_planned_from_the_page_of_the_rotation(reporting: Any, client: Client) -> None:
    assert reporting.delivering.live
    shown = get(as_author(reporting, client), "desk-rotation")
    assert "Plan the rest of the year" in shown

    day = boxes("day_0", date(2015, 2, 5))
    answer = client.post(reverse("delivery:desk-rotation"), day, follow=True)
    assert "Planned: 1 theme in depth." in answer.content.decode()
    assert Planned.objects.get().due == date(2015, 2, 5)


def test_a_draft_report_is_not_for_who_may_not_read_its_paper(reporting: Any, client: Client) -> None:
    report = reporting.report
    client.force_login(reporting.cast.holder(Role.PARTNER_LEAD))

    assert client.get(report.get_absolute_url()).status_code == 404
    assert report.theme_title not in get(client, "desk-reports").split("Whose turn")[0]


def test_who_writes_nothing_is_offered_nothing_to_assemble(reporting: Any, client: Client) -> None:
    report = reporting.frozen
    client.force_login(reporting.cast.monitoring_officer)

    assert "Assemble it" not in get(client, "desk-report", report.pk)
    assert client.get(reverse("delivery:desk-new-report")).status_code == 403
    assert client.get(reverse("delivery:desk-report-again", args=[report.pk])).status_code == 403


def test_a_page_of_a_report_costs_as_many_queries_for_many_actions_as_for_few(
    reporting: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    for place in range(30):
        reporting.delivering.action(f"Action {place}")
    report = reporting.report
    as_author(reporting, client)
    with django_assert_max_num_queries(45):
        get(client, "desk-report", report.pk)
