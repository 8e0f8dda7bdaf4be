"""The pages of updates, periods and statuses, each opened and filled in by somebody of the story."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from goldthread.core.delivery.stages import UpdateStage
from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.keeping import keep_typing
from goldthread.delivery.actions.periods import close_period
from goldthread.delivery.models import KeptUpdate, Update
from tests.delivery.saying import Visitor, a_period, say, told
from tests.files.hidden import drawn

FAR = date(2099, 12, 31)
SAID = {"words": "Two councils have signed.", "status": "at_risk"}


@pytest.fixture
def now() -> datetime:
    """Pages ask the clock, so what they are about is made now."""
    return timezone.now()


@pytest.fixture
def chief(delivering: Any) -> Visitor:
    return Visitor(delivering.cast.chief_constable)


@pytest.fixture
def officer(delivering: Any) -> Visitor:
    return Visitor(delivering.cast.governance_officer)


def test_two_questions_and_a_button_give_an_update(delivering: Any, chief: Visitor) -> None:
    action = delivering.action(due=FAR)
    page = chief.words("desk-update", "action", action.pk)
    assert "It may miss its date or do less than was agreed" in page
    assert "You type this for" not in page
    answer = chief.post("desk-update", "action", action.pk, do="give", **SAID)
    assert "Thank you. The board sees it once somebody of the office has signed it off." in told(answer)
    update = Update.objects.get()
    assert (update.words, update.status, update.given_by) == (SAID["words"], "at_risk", "Simon Hereward")


def test_from_what_i_owe_one_comes_back_there(delivering: Any, chief: Visitor) -> None:
    action = delivering.action(due=FAR)
    given = {"do": "give", "from": "owe", **SAID}
    answer = chief.post("desk-update", "action", action.pk, follow=False, **given)
    assert answer.url == reverse("delivery:desk-owe")


def test_what_is_missing_is_said_and_nothing_typed_is_lost(delivering: Any, chief: Visitor) -> None:
    action = delivering.action(due=FAR)
    answer = chief.post("desk-update", "action", action.pk, do="give", words="Half a sentence")
    assert "Answer the question “How does it go?”" in told(answer)
    assert "Half a sentence" in answer.content.decode()
    assert KeptUpdate.objects.get().form["words"] == "Half a sentence"
    assert "Half a sentence" in chief.get("desk-update", "action", action.pk).content.decode()
    answer = chief.post("desk-update", "action", action.pk, do="give", forecast="2014-01-01", **SAID)
    assert "A new date is today or later" in told(answer)
    assert not Update.objects.exists()


def test_typing_is_kept_as_it_comes_and_can_be_thrown_away(delivering: Any, chief: Visitor) -> None:
    action = delivering.action(due=FAR)
    answer = chief.post("desk-update-keep", "action", action.pk, words="Half")
    assert told(answer).startswith("Kept at ")
    assert "Half" in chief.get("desk-update", "action", action.pk).content.decode()
    assert "is gone" in told(chief.post("desk-update-stop", "action", action.pk))
    assert not KeptUpdate.objects.exists()


def test_who_speaks_second_is_told_what_the_first_said(
    delivering: Any, chief: Visitor, officer: Visitor, now: datetime
) -> None:
    action = delivering.action(due=FAR)
    chief.get("desk-update", "action", action.pk)
    say(action, delivering.cast.governance_officer, now, words="The third signed.", status="at_risk")
    answer = told(chief.post("desk-update", "action", action.pk, do="give", seen=0, **SAID))
    assert "While you wrote, Peter Lode for Chief Constable said “At risk”: The third signed." in answer
    assert Update.objects.count() == 2


def test_a_period_that_closes_meanwhile_is_told(
    delivering: Any, chief: Visitor, now: datetime, at: datetime
) -> None:
    action, cast, period = delivering.action(due=FAR), delivering.cast, a_period(delivering, at)
    keep_typing(subject=action, form={"words": "Two"}, by=cast.chief_constable, at=at)
    close_period(period=period, by=cast.governance_officer, at=now)
    answer = told(chief.post("desk-update", "action", action.pk, do="give", period=period.pk, **SAID))
    assert "“October to December 2014” was closed while you were writing." in answer
    assert "counts towards the next period" in answer


def test_typing_for_an_owner_is_said_before_and_after(delivering: Any, officer: Visitor) -> None:
    action = delivering.action(due=FAR)
    assert "You type this for Chief Constable" in officer.words("desk-update", "action", action.pk)
    officer.post(
        "desk-update", "action", action.pk, do="give", given_by="Rowan Thorney, by telephone", **SAID
    )
    assert Update.objects.get().given_by == "Peter Lode for Rowan Thorney, by telephone"


@pytest.mark.parametrize("kind", ["action", "milestone", "priority"])
def test_each_kind_of_thing_takes_updates(delivering: Any, officer: Visitor, kind: str) -> None:
    action = delivering.action(due=FAR)
    thing = {"action": action, "milestone": delivering.milestone(action), "priority": delivering.live}[kind]
    officer.post("desk-update", kind, thing.pk, do="give", **SAID)
    assert Update.objects.get().subject == thing


def test_nobody_else_is_asked(delivering: Any, now: datetime) -> None:
    action, cast = delivering.action(due=FAR), delivering.cast
    visits = {
        cast.staff_officer: 403,
        cast.holder(Role.PARTNER_LEAD): 403,
        cast.stranger: 404,
        cast.holder(Role.PANEL_MEMBER): 404,
    }
    for user, status in visits.items():
        assert Visitor(user).get("desk-update", "action", action.pk).status_code == status
        assert Visitor(user).post("desk-update-keep", "action", action.pk, words="x").status_code == status
    assert Visitor(cast.chief_constable).get("desk-update", "plan", action.pk).status_code == 404


def test_what_ended_takes_no_update_and_says_so(delivering: Any, chief: Visitor) -> None:
    done = delivering.action(finished=date(2014, 10, 30))
    answer = chief.get("desk-update", "action", done.pk)
    assert answer.status_code == 302


@pytest.mark.slow
def test_a_file_goes_with_it_and_only_its_readers_open_it(
    delivering: Any, chief: Visitor, officer: Visitor, now: datetime
) -> None:
    action, cast = delivering.action(due=FAR), delivering.cast
    answer = chief.post("desk-update", "action", action.pk, do="file", words="Half")
    assert "Choose a file first." in told(answer)
    sheet = SimpleUploadedFile("a.txt", b"words")
    assert "Only Word" in told(chief.post("desk-update", "action", action.pk, do="file", file=sheet))
    for name in ("wrong.pdf", "signed.pdf"):
        file = SimpleUploadedFile(name, drawn.pdf())
        chief.post("desk-update", "action", action.pk, do="file", file=file, words="Half")
    wrong, right = KeptUpdate.objects.get().evidence.all()
    chief.post("desk-update-file-off", "action", action.pk, wrong.pk, words="Half a sentence")
    assert "Half a sentence" in chief.get("desk-update", "action", action.pk).content.decode()
    assert chief.get("desk-evidence", right.pk).content == drawn.pdf()
    assert officer.get("desk-evidence", right.pk).status_code == 404
    chief.post("desk-update", "action", action.pk, do="give", **SAID)
    assert officer.get("desk-evidence", right.pk).status_code == 200
    assert officer.get("desk-evidence", wrong.pk).status_code == 404
    assert Visitor(cast.holder(Role.PARTNER_LEAD)).get("desk-evidence", right.pk).status_code == 404
    assert "attachment" in officer.get("desk-evidence", right.pk)["Content-Disposition"]


def test_the_office_signs_from_its_queue(
    delivering: Any, chief: Visitor, officer: Visitor, now: datetime
) -> None:
    action, cast = delivering.action(due=FAR), delivering.cast
    update = say(action, cast.chief_constable, now, **SAID, forecast=date(2100, 1, 31))
    queue = officer.words("desk-updates")
    assert "Signing it moves the date" in queue
    assert "from 31 December 2099 to 31 January 2100" in queue
    answer = officer.post("desk-update-sign", update.pk, public="on", **{"from": "queue"})
    assert "Signed off: V1.1." in told(answer)
    assert "No update waits" in told(answer)
    update.refresh_from_db()
    action.refresh_from_db()
    assert (update.stage, update.public, action.forecast) == (UpdateStage.SIGNED, True, date(2100, 1, 31))
    assert "Signed off by Peter Lode" in chief.words("desk-update-given", update.pk)


def test_a_cleared_box_keeps_it_from_the_public(delivering: Any, officer: Visitor, now: datetime) -> None:
    update = say(delivering.action(due=FAR), delivering.cast.chief_constable, now, **SAID)
    officer.post("desk-update-sign", update.pk)
    update.refresh_from_db()
    assert (update.stage, update.public) == (UpdateStage.SIGNED, False)


def test_the_office_gives_back_and_the_owner_reads_why(
    delivering: Any, chief: Visitor, officer: Visitor, now: datetime
) -> None:
    action = delivering.action(due=FAR)
    update = say(action, delivering.cast.chief_constable, now, **SAID)
    assert "Say what is missing" in told(officer.post("desk-update-return", update.pk, words=" "))
    officer.post("desk-update-return", update.pk, words="Which two?", **{"from": "queue"})
    page = chief.words("desk-update", "action", action.pk)
    assert "Peter Lode gave your last words back" in page
    assert "Which two?" in page
    assert SAID["words"] in page
    assert "Take it back" in chief.words("desk-update-given", update.pk)
    chief.post("desk-update-withdraw", update.pk)
    update.refresh_from_db()
    assert update.stage == UpdateStage.WITHDRAWN


def test_nobody_signs_their_own_or_without_the_office(
    delivering: Any, chief: Visitor, officer: Visitor, now: datetime
) -> None:
    cast = delivering.cast
    update = say(delivering.action(due=FAR), cast.governance_officer, now, **SAID)
    assert "You gave this yourself" in officer.words("desk-updates")
    assert "Somebody else signs it off" in told(officer.post("desk-update-sign", update.pk))
    assert chief.get("desk-updates").status_code == 403
    assert chief.post("desk-update-sign", update.pk).status_code == 403
    partner = Visitor(cast.holder(Role.PARTNER_LEAD))
    assert partner.get("desk-update-given", update.pk).status_code == 404
    update.refresh_from_db()
    assert update.stage == UpdateStage.GIVEN
