"""The public register of decisions: found, read, taken away as CSV, at addresses that stay.

Reason for slow: each test opens several pages.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.core.governance.exemption import Marking
from goldthread.meetings.actions.decisions import correct_decision, withdraw_decision
from tests.meetings.deciding import AFTER, Deciding
from tests.plans.story import issued

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

BOARD = "/boards/bcb/"
MEETING = BOARD + "2014-10-02/"
ATOM = "{http://www.w3.org/2005/Atom}"


def _page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return response.content.decode()


def test_the_register_finds_a_number_however_it_is_typed(deciding: Deciding, client: Client) -> None:
    deciding.published(deciding.decide(deciding.outside("A grant for the youth club")))
    deciding.published(deciding.decide(deciding.outside("A lease")))
    deciding.decide(deciding.outside("Not published"))

    for typed in ("CPCC 2014-001", "cpcc2014-1", "CPCC 2014–01", "youth"):
        page = _page(client, f"/decisions/?q={typed}")
        assert "youth club" in page, typed
        assert "A lease" not in page, typed
    everything = _page(client, "/decisions/")
    assert "A lease" in everything
    assert "Not published" not in everything
    assert "No decision answers that" in _page(client, "/decisions/?q=zebra")
    assert "A lease" in _page(client, "/decisions/?year=2014&outcome=agreed")
    assert "A lease" not in _page(client, "/decisions/?outcome=deferred")


def test_an_address_of_a_decision_stays_and_other_spellings_lead_there(
    deciding: Deciding, client: Client
) -> None:
    decision = deciding.published(deciding.decide(deciding.outside()))
    assert decision.slug == "cpcc-2014-001"

    response = client.get("/decisions/CPCC-2014-1/")
    assert (response.status_code, response.headers["Location"]) == (301, "/decisions/cpcc-2014-001/")
    for other in ("cpcc-2014-002", "cpcc-20-141", "nothing"):
        assert client.get(f"/decisions/{other}/").status_code == 404


def test_withdrawn_deferred_and_exempt_decisions_are_shown_as_such(
    deciding: Deciding, client: Client, cast: Any
) -> None:
    taken = deciding.published(deciding.decide(deciding.outside("A loan")))
    withdraw_decision(decision=taken, why="The bank declined.", by=cast.governance_officer, at=AFTER)
    deciding.published(deciding.decide(deciding.outside("A bridge"), outcome="deferred"))
    deciding.exempt()

    page = _page(client, "/decisions/")
    assert all(word in page for word in ("withdrawn", "deferred", "exempt", "Estate matter"))
    assert "The bank declined." in _page(client, f"/decisions/{taken.slug}/")
    assert "Estate matter" in _page(client, "/decisions/?outcome=exempt")
    assert "Estate matter" not in _page(client, "/decisions/?outcome=agreed"), "that would tell its outcome"


def test_a_corrected_decision_says_what_it_said_and_why(
    deciding: Deciding, client: Client, cast: Any
) -> None:
    decision = deciding.published(deciding.decide(deciding.draft()))
    correct_decision(
        decision=decision,
        field="powers",
        now="The Act of 2011, s.7",
        why="The wrong section.",
        by=cast.governance_officer,
        at=AFTER,
    )

    page = _page(client, f"/decisions/{decision.slug}/")
    assert "Corrected on 3 October 2014" in page
    assert "<del>Police Reform and Social Responsibility Act 2011, s.5</del>" in page
    assert "<ins>The Act of 2011, s.7</ins>" in page
    assert "The wrong section." in page


def test_a_decision_shows_how_it_differs_from_what_was_recommended(
    deciding: Deciding, client: Client
) -> None:
    draft = deciding.draft()
    decision = deciding.published(
        deciding.decide(
            draft,
            outcome="agreed_with_changes",
            resolved="The Board is recommended to approve the revised priorities for 2014-16.",
        )
    )

    page = _page(client, f"/decisions/{decision.slug}/")
    assert "How it differs from what was recommended" in page
    assert "<del" in page
    assert "<ins" in page


def test_what_a_decision_relied_on_is_linked_where_the_public_may_read_it(
    deciding: Deciding, client: Client
) -> None:
    paper = deciding.paper()
    hidden = deciding.paper(marking=Marking.EXEMPT)
    relied_on = [("paper", paper.pk), ("item", paper.item_id), ("paper", hidden.pk), ("item", hidden.item_id)]
    decision = deciding.published(deciding.decide(deciding.draft(paper), relied_on=relied_on))

    page = _page(client, f"/decisions/{decision.slug}/")
    assert f'href="{MEETING}papers/{paper.slug}/"' in page
    assert f'href="{MEETING}#{paper.item.anchor}"' in page
    assert hidden.slug not in page
    assert hidden.item.anchor not in page


def test_the_csv_is_for_spreadsheets_and_holds_no_formula(deciding: Deciding, client: Client) -> None:
    deciding.published(deciding.decide(deciding.outside("=cmd()"), reasons="@SUM(1)"))
    response = client.get("/decisions/decisions.csv")

    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["Number"] for row in rows] == ["CPCC 2014-001"]
    assert (rows[0]["Title"], rows[0]["Reasons"]) == ("'=cmd()", "'@SUM(1)")
    assert rows[0]["Address"].endswith("/decisions/cpcc-2014-001/")


def test_a_decision_leads_on_to_the_plan_as_it_was_issued(
    deciding: Deciding, client: Client, cast: Any
) -> None:
    paper, plan, appendix = deciding.with_plan()
    issued(cast, plan, date(2014, 10, 3))
    decision = deciding.published(
        deciding.decide(deciding.draft(paper), relied_on=[("appendix", appendix.pk)])
    )

    page = _page(client, f"/decisions/{decision.slug}/")
    assert "Issued since, in just these words" in page
    assert reverse("plans:site-edition", args=[plan.document.slug, plan.slug]) in page
