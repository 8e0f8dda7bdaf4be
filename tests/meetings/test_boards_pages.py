"""The desk pages of boards and meetings, as an officer, a member and a stranger open them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from goldthread.audit.models import Event
from goldthread.core.governance.exemption import Marking
from goldthread.meetings.actions.forward import move_business, plan_business
from goldthread.meetings.models import AgendaItem, Meeting, MeetingStage, PaperStage
from tests.meetings.story import SENTINEL

SOON = localdate() + timedelta(days=30)


class Desk:
    """A meeting a month from now with open and exempt business, and clients of those who look at it."""

    def __init__(self, boards: Any) -> None:
        self.boards, self.cast = boards, boards.cast
        self.meeting: Meeting = boards.meeting(SOON)
        self.meeting.papers_due = SOON - timedelta(days=14)
        self.meeting.save()
        self.open = boards.item(self.meeting, "Delivery of the Plan")
        self.exempt = boards.item(
            self.meeting, f"{SENTINEL} tender", marking=Marking.EXEMPT, reason_code="12A-3"
        )
        self.args = [boards.board.slug, self.meeting.slug]

    def by(self, user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    @property
    def officer(self) -> Client:
        return self.by(self.cast.governance_officer)

    def url(self, name: str, *more: Any) -> str:
        return reverse(f"meetings:{name}", args=[*self.args, *more])


@pytest.fixture
def desk(boards: Any) -> Desk:
    return Desk(boards)


BOARD_PAGES = ("desk-board", "desk-rules", "desk-seats", "desk-terms", "desk-forward")
OFFICERS = ("desk-call-meeting", "desk-standing", "desk-new-seat", "desk-new-terms", "desk-plan")
MEETING_PAGES = ("desk-meeting", "desk-meeting-papers", "desk-attendance", "desk-questions")


def test_every_page_opens_for_the_officer(desk: Desk) -> None:
    officer = desk.officer
    addresses = [reverse("meetings:desk-home"), reverse("meetings:desk-new-board")]
    addresses += [reverse(f"meetings:{name}", args=desk.args[:1]) for name in (*BOARD_PAGES, *OFFICERS)]
    addresses += [desk.url(name) for name in (*MEETING_PAGES, "desk-publish", "desk-change-meeting")]
    addresses.append(desk.url("desk-item", desk.exempt.pk))
    for address in addresses:
        assert officer.get(address).status_code == 200, address


@pytest.mark.slow  # every page for three readers
def test_members_read_without_a_trace_of_exempt_business(desk: Desk) -> None:
    paper = desk.boards.paper(
        f"{SENTINEL} bids", item=desk.exempt, marking=Marking.EXEMPT, stage=PaperStage.ACCEPTED
    )
    for reader in (desk.cast.analyst, desk.cast.staff_officer, desk.cast.administrator):
        client = desk.by(reader)
        addresses = [reverse("meetings:desk-home")]
        addresses += [reverse(f"meetings:{name}", args=desk.args[:1]) for name in BOARD_PAGES]
        addresses += [desk.url(name) for name in MEETING_PAGES]
        for address in addresses:
            response = client.get(address)
            assert response.status_code == 200, address
            assert SENTINEL not in response.content.decode(), address
            assert paper.slug not in response.content.decode(), address


def test_members_cannot_build(desk: Desk) -> None:
    client = desk.by(desk.cast.analyst)
    for name in ("desk-publish", "desk-change-meeting"):
        assert client.get(desk.url(name)).status_code == 403
    for name in ("desk-step", "desk-add-item", "desk-held", "desk-attendance"):
        assert client.post(desk.url(name)).status_code == 403
    for name in OFFICERS:
        assert client.get(reverse(f"meetings:{name}", args=desk.args[:1])).status_code == 403


def test_a_stranger_and_a_visitor_find_nothing(desk: Desk) -> None:
    stranger = desk.by(desk.cast.stranger)
    for name in (*MEETING_PAGES, "desk-publish"):
        assert stranger.get(desk.url(name)).status_code == 404
        assert Client().get(desk.url(name)).status_code == 302
    assert desk.boards.board.name not in stranger.get(reverse("meetings:desk-home")).content.decode()


def test_opening_exempt_business_is_recorded(desk: Desk) -> None:
    desk.officer.get(desk.url("desk-meeting"))
    event = Event.objects.get(verb="read exempt business")
    assert SENTINEL not in event.thing_name
    desk.by(desk.cast.analyst).get(desk.url("desk-meeting"))
    assert Event.objects.filter(verb="read exempt business").count() == 1


def test_an_office_without_a_board_is_told_how_to_begin(cast: Any) -> None:
    client = Client()
    client.force_login(cast.governance_officer)
    page = client.get(reverse("meetings:desk-home")).content.decode()
    assert "Begin a board" in page
    given = {"name": "Business Coordination Board", "short": "BCB", "kind": "board", "usual_time": "2 pm"}
    given |= {"starts_day": "22", "starts_month": "11", "starts_year": "2012", "listed": "on"}
    response = client.post(reverse("meetings:desk-new-board"), given, follow=True)
    assert (
        "The board is begun" in response.content.decode()
        or "The board has been begun" in response.content.decode()
    )


def test_the_buttons_of_the_builder_move_items(desk: Desk) -> None:
    officer = desk.officer
    page = officer.get(desk.url("desk-meeting"))
    given = {"step": f"down:{desk.open.pk}", "seen": page.context["made"].seen}
    page = officer.post(desk.url("desk-step"), given, follow=True)
    assert "is now 2.0" in page.content.decode()
    page = officer.post(desk.url("desk-step"), given, follow=True)
    assert "Somebody else changed the order" in page.content.decode()
    page = officer.post(desk.url("desk-step"), {"step": "up:999999"}, follow=True)
    assert "taken off the agenda meanwhile" in page.content.decode()


def test_what_was_typed_is_kept_where_an_item_is_refused(desk: Desk) -> None:
    given = {"title": "Storm damage", "kind": "business", "minutes_allowed": "many"}
    page = desk.officer.post(desk.url("desk-add-item"), given).content.decode()
    assert "Storm damage" in page
    assert "There is a problem" in page


def test_what_was_typed_is_kept_where_another_was_first(desk: Desk) -> None:
    officer = desk.officer
    address = desk.url("desk-item", desk.open.pk)
    seen = officer.get(address).context["form"].initial["seen"]
    AgendaItem.objects.filter(pk=desk.open.pk).update(title="Delivery, first half")
    given = {"title": "Delivery of our Plan", "kind": "business", "seen": seen}
    page = officer.post(address, given)
    words = page.content.decode()
    assert "The item as it is now" in words
    assert "Delivery, first half" in words
    assert "Delivery of our Plan" in words
    again = given | {"seen": page.context["form"]["seen"].value()}
    assert officer.post(address, again).status_code == 302
    desk.open.refresh_from_db()
    assert desk.open.title == "Delivery of our Plan"


def test_what_was_typed_is_given_back_where_the_item_is_gone(desk: Desk) -> None:
    pk = desk.open.pk
    desk.open.delete()
    page = desk.officer.post(desk.url("desk-item", pk), {"title": "Words of an hour", "kind": "business"})
    assert page.status_code == 409
    assert "Words of an hour" in page.content.decode()


def test_marking_moving_withdrawing_and_taking_off(desk: Desk) -> None:
    officer = desk.officer
    pk = desk.open.pk
    marked = officer.post(desk.url("desk-item-marking", pk), {"marking": "exempt"})
    assert "It is exempt without a reason" in marked.content.decode()
    officer.post(desk.url("desk-item-place", pk), {"after": f"after:{desk.exempt.pk}"})
    assert [item.pk for item in desk.meeting.items.order_by("position")] == [desk.exempt.pk, pk]
    officer.post(desk.url("desk-item-place", pk), {"after": f"beneath:{desk.exempt.pk}"})
    desk.open.refresh_from_db()
    assert (desk.open.parent_id, desk.open.number) == (desk.exempt.pk, "1(a)")
    officer.post(desk.url("desk-item-withdraw", pk), {"reason": "Not ready."})
    desk.open.refresh_from_db()
    assert desk.open.withdrawn_reason == "Not ready."
    officer.post(desk.url("desk-item-withdraw", pk))
    officer.post(desk.url("desk-item-remove", pk))
    assert not AgendaItem.objects.filter(pk=pk).exists()


def test_the_preview_shows_what_the_public_will_see_and_no_more(desk: Desk) -> None:
    page = desk.officer.get(desk.url("desk-publish")).content.decode()
    assert "Delivery of the Plan" in page
    assert "Estate matter" in page
    assert SENTINEL not in page
    desk.officer.post(desk.url("desk-publish"))
    desk.meeting.refresh_from_db()
    assert desk.meeting.stage == MeetingStage.PUBLISHED


def test_attendance_is_noted_in_one_form(desk: Desk) -> None:
    officer = desk.officer
    seats = list(desk.boards.board.seats.all())
    given = {f"how-{seat.pk}": "present" for seat in seats[:2]}
    given |= {f"how-{seats[2].pk}": "apologies"}
    page = officer.post(desk.url("desk-attendance"), given, follow=True).content.decode()
    assert "2 of 3 members are present; the quorum is 2: there is a quorum." in page
    officer.post(desk.url("desk-note-guest"), {"name": "Ruth Denver", "in_place_of": seats[2].pk})
    row = desk.meeting.attendance.get(seat=seats[1])
    page = officer.post(desk.url("desk-interest"), {"nature": "A friend bids.", "effect": "left"})
    assert 'value="A friend bids."' in page.content.decode()
    interest = {"attendance": row.pk, "item": desk.open.pk, "nature": "A friend bids.", "effect": "left"}
    page = officer.post(desk.url("desk-interest"), interest, follow=True).content.decode()
    assert "A friend bids." in page


def test_questions_are_taken_answered_and_published(desk: Desk) -> None:
    officer = desk.officer
    today = localdate()
    day = {"asked_on_day": today.day, "asked_on_month": today.month, "asked_on_year": today.year}
    officer.post(desk.url("desk-questions"), {"asked_by": "Nora", "words": "When?", **day})
    question = desk.meeting.questions.get()
    officer.post(desk.url("desk-question", question.pk), {"answer": "In May."})
    page = officer.post(desk.url("desk-list-question", question.pk), follow=True).content.decode()
    assert "Published." in page
    assert "In May." in page


def test_the_forward_plan_shows_slippage_and_hides_what_became_exempt(desk: Desk) -> None:
    clerk = {"by": desk.cast.governance_officer, "at": desk.boards.at}
    due = SOON + timedelta(days=40)
    line = plan_business(board=desk.boards.board, title="Estate", due=due, theme="Victims", **clerk)
    move_business(planned=line, to=due + timedelta(days=28), reason="Figures are late.", **clerk)
    hidden = plan_business(board=desk.boards.board, title=f"{SENTINEL} sale", due=SOON, **clerk)
    AgendaItem.objects.filter(pk=desk.exempt.pk).update(planned=hidden)
    address = reverse("meetings:desk-forward", args=desk.args[:1])
    member = desk.by(desk.cast.analyst).get(address).content.decode()
    assert "Figures are late." in member
    assert "never taken yet" in member
    assert SENTINEL not in member
    assert SENTINEL in desk.officer.get(address).content.decode()
    place = reverse("meetings:desk-place-planned", args=[desk.args[0], line.pk])
    page = desk.officer.post(place, {"meeting": desk.meeting.pk}, follow=True).content.decode()
    assert "On the agenda as item 3.0" in page


def test_a_year_of_meetings_is_called_at_once(desk: Desk) -> None:
    officer = desk.officer
    rules = reverse("meetings:desk-rules", args=desk.args[:1])
    given = {"part": "recurrence", "every": "month", "step": "1", "nth": "1", "weekday": "3"}
    officer.post(rules, given | {"starts_day": "1", "starts_month": "1", "starts_year": "2014"})
    call = reverse("meetings:desk-call-meeting", args=desk.args[:1])
    proposed = officer.get(call).context["proposed"]
    assert len(proposed) >= 10
    assert all(day.weekday() == 3 for day in proposed)
    nothing = officer.post(call, {"part": "dates"}).content.decode()
    assert "Choose “Call meetings on”" in nothing
    officer.post(call, {"part": "dates", "dates": [day.isoformat() for day in proposed[:3]]})
    assert desk.boards.board.meetings.count() == 4


def test_the_example_of_a_pattern_follows_what_is_typed(desk: Desk) -> None:
    address = reverse("meetings:desk-rules-example", args=desk.args[:1])
    page = desk.officer.get(address, {"decision_pattern": "PCC {serial:04}"}).content.decode()
    assert "PCC 0001" in page
    assert "serial" in desk.officer.get(address, {"decision_pattern": "PCC"}).content.decode()


def test_terms_are_written_compared_and_kept(desk: Desk) -> None:
    officer = desk.officer
    new = reverse("meetings:desk-new-terms", args=desk.args[:1])
    day = {"from_day_day": "1", "from_day_month": "1"}
    officer.post(new, {**day, "from_day_year": "2013", "words": "# Purpose\nThe Board advises."})
    officer.post(
        new, {**day, "from_day_year": "2014", "words": "# Purpose\nThe Board advises and scrutinises."}
    )
    assert desk.boards.board.terms.count() == 2
    newest, oldest = desk.boards.board.terms.all()
    page = officer.get(reverse("meetings:desk-terms", args=desk.args[:1]))
    assert "scrutinises" in page.content.decode()
    compared = {"terms": newest.pk, "against": oldest.pk}
    page = officer.get(reverse("meetings:desk-terms", args=desk.args[:1]), compared).content.decode()
    assert "What changed since" in page
    assert "<ins" in page


def test_a_seat_is_passed_on(desk: Desk) -> None:
    seat = desk.boards.board.seats.all()[2]
    given = {
        "ends_day": "31",
        "ends_month": "3",
        "ends_year": "2014",
        "follower": "Anil Rao",
        "initials": "AR",
    }
    address = reverse("meetings:desk-seat", args=[desk.args[0], seat.pk])
    page = desk.officer.post(address, given, follow=True).content.decode()
    assert "Anil Rao" in page
    assert desk.boards.board.seats.get(name="Anil Rao").starts == date(2014, 4, 1)


def test_a_quorum_rule_is_set_and_kept(desk: Desk) -> None:
    board = desk.boards.board
    address = reverse("meetings:desk-rules", args=desk.args[:1])
    given = {"part": "quorum", "number": "3", "share": "1/2", "offices": ["chair", "Chief Constable"]}
    desk.officer.post(address, given)
    board.refresh_from_db()
    assert board.quorum == {"number": 3, "share": "1/2", "offices": ["chair", "Chief Constable"]}
    page = desk.officer.get(address)
    assert page.context["forms"]["quorum"].initial["offices"] == ["chair", "Chief Constable"]
