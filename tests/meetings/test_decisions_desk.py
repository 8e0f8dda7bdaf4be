"""The desk pages of decisions: from a recommendation to the public register, and who may do what.

Reason for slow: each test opens several pages as several people.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldthread.audit.models import Event
from goldthread.core.governance.abilities import Role
from goldthread.core.governance.exemption import Marking
from goldthread.core.governance.stages import Move
from goldthread.meetings.actions.drafting import draft_seal
from goldthread.meetings.models import Appendix, Decision, DecisionStage, Recommendation
from goldthread.meetings.undecided import decision_needs
from goldthread.plans.queries import current_seal
from tests.meetings.deciding import AFTER, Deciding
from tests.meetings.story import OCTOBER, SENTINEL
from tests.plans.story import FIRST, a_draft, a_plan, take

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _as(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def officer(cast: Any) -> Client:
    return _as(cast.governance_officer)


def _written(decision: Decision, cast: Any, **more: Any) -> dict[str, Any]:
    """The form of a decision, filled in."""
    office, person = cast.office(Role.COMMISSIONER), cast.commissioner
    return {
        "title": decision.title,
        "outcome": "agreed",
        "resolved": decision.resolved,
        "reasons": "It follows from the consultation.",
        "powers": "The Act of 2011, s.5",
        "statement": "on",
        "who": f"{office.pk}-{person.pk}",
        "decided_on": OCTOBER.isoformat(),
        "seen": draft_seal(decision),
        "options-TOTAL_FORMS": "2",
        "options-INITIAL_FORMS": "0",
        "options-0-words": "Do nothing",
        "options-0-why": "It would not help.",
        **more,
    }


def test_a_recommendation_becomes_a_published_decision(
    deciding: Deciding, officer: Client, cast: Any
) -> None:
    paper = deciding.paper()
    register = deciding.boards.register
    page = officer.get("/desk/decisions/").content.decode()
    recommendation = Recommendation.objects.get()
    begin = f"/desk/decisions/new/?recommendation={recommendation.pk}"
    assert begin in page

    response = officer.post(begin, {"register": register.pk, "kind": "meeting", "title": paper.title})
    decision = Decision.objects.get()
    assert response.headers["Location"] == f"/desk/decisions/{decision.pk}/write/"
    relied_on = [f"paper:{paper.pk}", f"item:{paper.item_id}"]
    given = _written(decision, cast, relied_on=relied_on, decide="")
    assert officer.post(response.headers["Location"], given).headers["Location"].endswith(f"/{decision.pk}/")
    decision.refresh_from_db()
    assert (decision.reference, decision.options) == (
        "CPCC 2014-001",
        [["Do nothing", "It would not help."]],
    )
    assert decision.interests.startswith("The register of interests of whoever decided is up to date")
    assert decision.relied_on.count() == 2

    one = f"/desk/decisions/{decision.pk}/"
    assert decision.marking == Marking.OPEN, "as its agenda item"
    assert f'action="{one}publish/"' in officer.get(one).content.decode()
    officer.post(one + "publish/")
    officer.post(one + "correct/", {"field": "powers", "now": "The Act of 2011, s.7", "why": "A slip."})
    page = officer.get(one).content.decode()
    assert "as decided" in page
    assert "A slip." in page
    assert Client().get("/decisions/cpcc-2014-001/").status_code == 200


def test_a_draft_is_kept_as_far_as_it_is_written(deciding: Deciding, officer: Client, cast: Any) -> None:
    draft = deciding.draft()
    address = f"/desk/decisions/{draft.pk}/write/"
    assert officer.post(address, _written(draft, cast, keep="", reasons="", powers="")).status_code == 302
    draft.refresh_from_db()
    assert (draft.stage, draft.reasons, len(draft.options)) == (DecisionStage.DRAFT, "", 1)

    refused = officer.post(address, _written(draft, cast, decide="", reasons="", powers="Kept words"))
    page = refused.content.decode()
    assert "Fill in “Reasons”" in page
    assert "Kept words" in page, "nothing that was typed is lost"
    assert Decision.objects.get().serial is None


def test_two_who_write_one_draft_are_told_and_lose_nothing(
    deciding: Deciding, officer: Client, cast: Any
) -> None:
    draft = deciding.draft()
    address = f"/desk/decisions/{draft.pk}/write/"
    given = _written(draft, cast, keep="", reasons="Mine")
    officer.post(address, given)
    page = _as(cast.chief_executive).post(address, {**given, "reasons": "Theirs"}).content.decode()

    assert "Somebody else has changed this draft" in page
    assert "Theirs" in page


def test_a_recommendation_to_note_is_sent_to_the_minutes(deciding: Deciding, officer: Client) -> None:
    deciding.paper(recommendation="The Board is recommended to note the report.")
    assert deciding.boards.register.name in officer.get("/desk/decisions/").content.decode()
    address = f"/desk/decisions/new/?recommendation={Recommendation.objects.get().pk}"

    page = officer.get(address).content.decode()
    assert "noting makes no decision" in page
    assert "Begin the draft" not in page


def test_the_difference_is_shown_as_it_is_typed(deciding: Deciding, officer: Client) -> None:
    draft = deciding.draft()
    address = f"/desk/decisions/{draft.pk}/difference/"
    page = officer.post(address, {"resolved": "The Board refused the revised priorities."}).content.decode()

    assert "<del" in page
    assert "refused" in page
    assert "As it was recommended" in officer.post(address, {"resolved": draft.recommended}).content.decode()


def test_who_opens_which_page(deciding: Deciding, cast: Any) -> None:
    open_one = deciding.published(deciding.decide(deciding.draft()))
    hidden = deciding.exempt()
    draft = deciding.outside()
    expected = {
        "governance_officer": (200, 200, 200),
        "commissioner": (200, 200, 200),
        "monitoring_officer": (200, 200, 403),
        "analyst": (200, 404, 404),
        "panel_clerk": (404, 404, 404),
        "stranger": (404, 404, 404),
        "resident": (404, 404, 404),
    }
    for who, statuses in expected.items():
        client = _as(getattr(cast, who))
        pages = (f"{open_one.pk}/", f"{hidden.pk}/", f"{draft.pk}/write/")
        assert tuple(client.get(f"/desk/decisions/{p}").status_code for p in pages) == statuses, who
    steps = ("mark/", "correct/", "withdraw/")
    assert [_as(cast.analyst).get(f"/desk/decisions/{open_one.pk}/{s}").status_code for s in steps] == [
        403
    ] * 3
    assert _as(cast.analyst).post(f"/desk/decisions/{open_one.pk}/publish/").status_code == 403


def test_whoever_reads_packs_only_finds_no_exempt_decision(deciding: Deciding, cast: Any) -> None:
    deciding.published(deciding.decide(deciding.draft()))
    deciding.exempt()
    client = _as(cast.analyst)

    for address in ("/desk/decisions/", f"/desk/decisions/?q={SENTINEL}", "/desk/decisions/?outcome=exempt"):
        page = client.get(address).content.decode().replace(f'value="{SENTINEL}"', "")
        assert SENTINEL not in page
        assert "Revised priorities" in page or "No decision answers that" in page


def test_opening_an_exempt_decision_is_recorded(deciding: Deciding, cast: Any) -> None:
    decision = deciding.exempt()
    _as(cast.monitoring_officer).get(f"/desk/decisions/{decision.pk}/")

    event = Event.objects.order_by("number").last()
    assert (event.verb, event.actor_name) == ("read exempt business", "Ines Calloway")


def test_a_register_is_opened_and_its_pattern_changed(officer: Client, cast: Any) -> None:
    assert cast.governance_officer
    empty = officer.get("/desk/decisions/").content.decode()
    assert "There is no register yet" in empty
    assert "There is no register yet" in officer.get("/desk/decisions/new/").content.decode()
    given = {"name": "Decisions", "pattern": "FPCC {year}-{serial:03}", "publish_days": 5}
    refused = officer.post("/desk/decisions/registers/new/", {**given, "pattern": "FPCC"}).content.decode()
    assert "Add {serial}" in refused

    officer.post("/desk/decisions/registers/new/", given)
    address = "/desk/decisions/registers/decisions/"
    officer.post(address, {**given, "pattern": "{serial:03}/{year}"})
    assert f"001/{date.today().year}" in officer.get(address).content.decode()
    assert _as(cast.analyst).get(address).status_code == 403


def test_the_decisions_of_a_meeting_stand_on_its_page(deciding: Deciding, officer: Client) -> None:
    decision = deciding.decide(deciding.draft())
    waiting = deciding.paper(title="Still to be decided")
    address = reverse("meetings:desk-meeting-decisions", args=["bcb", decision.meeting.slug])

    page = officer.get(address).content.decode()
    assert "CPCC 2014-001" in page
    assert waiting.title in page


def test_the_plan_is_approved_from_the_page_of_the_decision(
    deciding: Deciding, officer: Client, cast: Any
) -> None:
    plan = a_draft(cast, a_plan(cast), "October 2014", FIRST, date(2014, 9, 1))
    take(cast, plan, Move.CONSULT_CHIEF, date(2014, 9, 10))
    take(cast, plan, Move.OBTAIN_VIEWS, date(2014, 9, 20))
    paper = deciding.paper()
    appendix = Appendix.objects.create(
        paper=paper,
        position=1,
        label="Appendix 1",
        title="The plan",
        edition=plan,
        edition_seal=current_seal(plan)[0],
        marking=Marking.OPEN,
        added_at=AFTER,
        added_by="Test",
    )
    decision = deciding.decide(deciding.draft(paper), relied_on=[("appendix", appendix.pk)])
    one = f"/desk/decisions/{decision.pk}/"
    reliance = decision.relied_on.get()
    button = f"{one}relied/{reliance.pk}/approve/"
    assert button in officer.get(one).content.decode()

    officer.post(button)
    assert plan.evidence.get(gate=Move.APPROVE).reference == "CPCC 2014-001"
    page = officer.get(one).content.decode()
    assert "the evidence on which the plan's approval stands" in page.replace("&#x27;", "'")
    assert "Nothing changed" in officer.get(f"{one}relied/{reliance.pk}/").content.decode()


def test_an_open_decision_names_no_exempt_item_to_those_who_read_packs(deciding: Deciding, cast: Any) -> None:
    paper = deciding.paper(marking=Marking.EXEMPT)
    decision = deciding.decide(
        deciding.draft(paper),
        title="A building",
        resolved="The building is sold.",
        relied_on=[("paper", paper.pk), ("item", paper.item_id)],
    )
    deciding.published(decision)
    address = f"/desk/decisions/{decision.pk}/"

    assert SENTINEL not in _as(cast.analyst).get(address).content.decode()
    assert SENTINEL in _as(cast.governance_officer).get(address).content.decode()
    assert SENTINEL not in Client().get(f"/decisions/{decision.slug}/").content.decode()


def test_what_needs_an_officer_tells_of_decisions(deciding: Deciding, officer: Client, cast: Any) -> None:
    deciding.paper(title="Still to be decided")
    deciding.decide(deciding.draft())
    hidden = deciding.exempt()
    told = {need.title: need for need in decision_needs(cast.governance_officer, date(2016, 1, 4))}

    assert told["Publish CPCC 2014-001: Revised priorities"].status == "overdue"
    assert "One recommendation of BCB, 2 October 2014 waits to be decided" in told
    assert told["Must CPCC 2014-002 stay exempt?"].href == f"/desk/decisions/{hidden.pk}/mark/"
    assert decision_needs(cast.analyst, OCTOBER) == ()
    assert not [n for n in decision_needs(cast.monitoring_officer, OCTOBER) if "Publish" in n.title]
    assert "Still to be decided" in officer.get("/desk/").content.decode()
