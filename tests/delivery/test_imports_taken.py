"""Lists of actions taken in whole, taken back whole, and what is refused with how to mend it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from goldthread.audit.models import Event
from goldthread.core.governance.abilities import Role
from goldthread.delivery.actions.dates import set_forecast
from goldthread.delivery.actions.imports import NOBODY, choose, hand_in, put_away, take_in
from goldthread.delivery.actions.taking_back import undo
from goldthread.delivery.actions.work import add_milestone
from goldthread.delivery.importing.owners import guesses
from goldthread.delivery.models import Action, Milestone, WorkImport
from goldthread.people.actions import NotAllowed, end_holding
from goldthread.people.models import Holding
from tests.delivery.lists import AS_KEPT, HOSTILE, WITH_FAULTS
from tests.delivery.story import YEAR

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

COLUMNS = {
    "priority": 0,
    "number": 1,
    "action": 2,
    "owner": 3,
    "due": 4,
    "milestone": 5,
    "milestone_due": 6,
    "cost": 7,
    "state": 8,
}
OF_FAULTS = {
    "priority": 0,
    "action": 1,
    "owner": 2,
    "starts": 3,
    "due": 4,
    "weight": 5,
    "finished": 6,
}


@pytest.fixture
def who(delivering: Any) -> dict[str, Any]:
    return {"by": delivering.cast.governance_officer, "at": delivering.at}


@pytest.fixture
def priorities(delivering: Any) -> Any:
    """V1 as it is live, and V2 as a draft."""
    return delivering.live, delivering.draft


def handed_in(
    delivering: Any, who: dict[str, Any], data: bytes = AS_KEPT, name: str = "plan.xlsx"
) -> WorkImport:
    file = SimpleUploadedFile(name, data)
    return hand_in(plan=delivering.plan, year=YEAR, name=name, file=file, **who)


def chosen(delivering: Any, who: dict[str, Any]) -> WorkImport:
    made = handed_in(delivering, who)
    found = choose(made=made, tab="Action plan", columns=COLUMNS, **who)
    assert found.faults == ()
    return WorkImport.objects.get(pk=made.pk)


def test_owners_are_known_by_title_name_and_initials(delivering: Any, who: dict[str, Any]) -> None:
    delivering.cast.holder(Role.CHIEF_CONSTABLE)
    delivering.cast.holder(Role.STAFF_OFFICER)
    leaver = delivering.cast.analyst
    holding = Holding.objects.get(user=leaver)
    end_holding(holding=holding, ends=date(2014, 10, 1), by=None, at=delivering.at)
    named = ("SH", "Performance Analyst", "Miriam Waring", "MW", "XX / RD", "CFO", "Victims’ Hub")
    meant = {each.words: each for each in guesses(delivering.cast.body, named, delivering.at.date())}
    office = delivering.office
    assert meant["SH"].office == office(Role.CHIEF_CONSTABLE).pk
    assert meant["SH"].how == "Simon Hereward is Chief Constable."
    assert meant["Performance Analyst"].office == meant["MW"].office == office(Role.ANALYST).pk
    assert meant["MW"].how == (
        "Miriam Waring was Performance Analyst until 1 October 2014. It goes to the office."
    )
    assert meant["XX / RD"].office == office(Role.STAFF_OFFICER).pk
    assert meant["XX / RD"].how.endswith("Of several, the first that is known.")
    assert meant["CFO"].office == office(Role.CHIEF_FINANCE_OFFICER).pk
    assert (meant["Victims’ Hub"].office, meant["Victims’ Hub"].how) == (
        None,
        "Nobody here goes by that name.",
    )


def test_initials_of_two_offices_are_left_to_a_person(delivering: Any) -> None:
    delivering.cast.holder(Role.CHIEF_CONSTABLE)
    user = delivering.cast.holder(Role.BOARD_MEMBER)
    user.name = "Sarah Hurst"
    user.save(update_fields=["name"])
    (meant,) = guesses(delivering.cast.body, ("SH",), delivering.at.date())
    assert meant.office is None
    assert "More than one office" in meant.how


def test_a_list_is_taken_in_whole_and_taken_back_whole(
    delivering: Any, priorities: Any, who: dict[str, Any]
) -> None:
    delivering.cast.holder(Role.CHIEF_CONSTABLE)
    made = chosen(delivering, who)
    assert made.columns["owners"]["SH"] == str(delivering.office(Role.CHIEF_CONSTABLE).pk)
    with pytest.raises(ValidationError, match="Say who is meant by “SH”"):
        take_in(made=made, owners={}, **who)
    owners = {**made.columns["owners"], "AB / RD": NOBODY}
    taken = take_in(made=made, owners=owners, **who)
    assert [
        (each.number, each.title) for each in Action.objects.order_by("priority__number", "position")
    ] == [
        ("V1.4", "Agree how case notes are shared"),
        ("V1.5", "Say who calls, and when"),
        ("V1.6", "Train everybody who calls"),
        ("V2.1", "Open a waiting room"),
    ]
    first, second, third, fourth = taken
    assert (first.owner_office, third.owner_words) == (delivering.office(Role.CHIEF_CONSTABLE), "")
    assert (fourth.owner_words, fourth.state, fourth.baseline) == ("Victims’ Hub", "under_way", None)
    assert (second.owner_office, second.cost) == (delivering.office(Role.ANALYST), 12500)
    assert [step.baseline for step in first.milestones.all()] == [date(2014, 9, 30), date(2014, 11, 30)]
    assert Event.objects.get(verb="took in a list of actions").facts["milestones"] == 2
    with pytest.raises(ValidationError, match="dealt with already"):
        take_in(made=made, owners=owners, **who)
    assert undo(made=made, **who) == 4
    assert not Action.objects.exists()
    assert not Milestone.objects.exists()
    with pytest.raises(ValidationError, match="once"):
        undo(made=made, **who)


def test_the_same_list_again_brings_nothing_twice(
    delivering: Any, priorities: Any, who: dict[str, Any]
) -> None:
    made = chosen(delivering, who)
    take_in(made=made, owners=made.columns["owners"], **who)
    again = handed_in(delivering, who)
    found = choose(made=again, tab="Action plan", columns=COLUMNS, **who)
    assert found.deeds == ()
    assert {each.code for each in found.told} >= {"here"}
    with pytest.raises(ValidationError, match="nothing in it"):
        take_in(made=again, owners={}, **who)


def test_what_somebody_worked_on_is_not_taken_back(
    delivering: Any, priorities: Any, who: dict[str, Any]
) -> None:
    made = chosen(delivering, who)
    first, second, *_rest = take_in(made=made, owners=made.columns["owners"], **who)
    set_forecast(thing=first.milestones.first(), to=date(2014, 9, 1), **who)
    add_milestone(action=second, title="By hand", by=who["by"], at=who["at"].replace(hour=12))
    with pytest.raises(ValidationError) as error:
        undo(made=made, **who)
    assert "V1.4, V1.5" in " ".join(error.value.messages)
    assert Action.objects.count() == 4


def test_rows_with_faults_stay_out_only_where_that_is_said(
    delivering: Any, priorities: Any, who: dict[str, Any]
) -> None:
    made = handed_in(delivering, who, WITH_FAULTS)
    found = choose(made=made, tab="Sheet1", columns=OF_FAULTS, **who)
    owners = dict.fromkeys(found.owners, NOBODY)
    with pytest.raises(ValidationError, match="Some rows have faults"):
        take_in(made=made, owners=owners, **who)
    (action,) = take_in(made=made, owners=owners, without_faults=True, **who)
    assert (action.number, action.weight, action.starts) == ("V1.1", 2, date(2014, 10, 1))
    made.refresh_from_db()
    assert len(made.problems) == 8


def test_what_changed_since_it_was_looked_at_is_seen(
    delivering: Any, priorities: Any, who: dict[str, Any]
) -> None:
    made = chosen(delivering, who)
    delivering.action("Say who calls, and when")
    taken = take_in(made=made, owners=made.columns["owners"], **who)
    assert "Say who calls, and when" not in [each.title for each in taken]


def test_a_list_of_finished_work_comes_as_it_stands(
    delivering: Any, priorities: Any, who: dict[str, Any]
) -> None:
    data = (
        b"Priority,Action,Due,Revised date,Completed,Milestone,Milestone reached\n"
        b"V1,Write the list,30/09/2014,,01/10/2014,Half,01/09/2014\n"
        b"V1,Ring everybody,30/09/2014,31/12/2014,,Half,01/09/2014\n"
        b"V1,Not yet,30/09/2014,,01/12/2014,,\n"
    )
    columns = dict(
        zip(
            ("priority", "action", "due", "forecast", "finished", "milestone", "milestone_reached"),
            range(7),
            strict=True,
        )
    )
    made = handed_in(delivering, who, data, "list.csv")
    choose(made=made, tab="", columns=columns, **who)
    with pytest.raises(ValidationError, match="Row 4 says that it was done on 1 December 2014"):
        take_in(made=made, owners={}, **who)
    assert not Action.objects.exists()
    later = {**who, "at": who["at"].replace(month=12, day=8)}
    first, second, _third = take_in(made=made, owners={}, **later)
    assert (first.state, first.finished, first.milestones.get().reached) == (
        "done",
        date(2014, 10, 1),
        date(2014, 9, 1),
    )
    assert (second.state, second.forecast) == ("under_way", date(2014, 12, 31))


def test_what_is_no_list_is_refused_at_the_door(
    delivering: Any, priorities: Any, who: dict[str, Any]
) -> None:
    for data, words in (
        (b"", "empty"),
        (b"%PDF-1.7", "not a spreadsheet"),
        (b"PK\x03\x04 broken", "zip|damaged|not a whole"),
    ):
        with pytest.raises(ValidationError, match=f"(?i){words}"):
            handed_in(delivering, who, data)
    file = SimpleUploadedFile("x.csv", b"Action\nx\n")
    with pytest.raises(ValidationError, match="no priorities for that year"):
        hand_in(plan=delivering.plan, year=2031, name="x.csv", file=file, **who)
    with pytest.raises(NotAllowed):
        handed_in(delivering, {**who, "by": delivering.cast.chief_constable})
    assert not WorkImport.objects.exists()


def test_a_list_goes_from_the_file_to_the_record_at_the_desk(
    delivering: Any, priorities: Any, client: Client
) -> None:
    delivering.cast.holder(Role.CHIEF_CONSTABLE)
    client.force_login(delivering.cast.governance_officer)
    new = reverse("delivery:desk-import-new")
    assert client.get(new).status_code == 200
    sent = client.post(new, {"year": YEAR, "file": SimpleUploadedFile("plan.xlsx", AS_KEPT)})
    made = WorkImport.objects.get()
    assert sent["Location"] == reverse("delivery:desk-import-columns", args=[made.pk])
    page = client.get(sent["Location"]).content.decode()
    assert "The agreement is drafted" in page
    fields = {name: str(at) for name, at in COLUMNS.items()} | {
        name: "none" for name in ("words", "starts", "forecast", "finished", "weight", "milestone_reached")
    }
    fields |= {"milestone_owner": "none", "priority_of_all": "none"}
    looked = client.post(sent["Location"], fields)
    assert looked["Location"] == reverse("delivery:desk-import", args=[made.pk])
    page = client.get(looked["Location"]).content.decode()
    assert "4 actions and 2 milestones were read from 9 rows" in page
    assert "Simon Hereward is Chief Constable." in page
    taken = client.post(looked["Location"], {f"owner-{at}": NOBODY for at in range(4)})
    assert taken.status_code == 302
    assert "4 actions were taken in" in client.get(looked["Location"]).content.decode()
    assert "Taken in" in client.get(reverse("delivery:desk-imports")).content.decode()
    file = client.get(reverse("delivery:desk-import-file", args=[made.pk]))
    assert b"".join(file.streaming_content) == AS_KEPT
    client.post(reverse("delivery:desk-import-undo", args=[made.pk]))
    assert not Action.objects.exists()
    assert "taken back by Peter Lode" in client.get(looked["Location"]).content.decode()


def test_a_hostile_list_does_no_harm_on_any_page(
    delivering: Any, priorities: Any, client: Client, who: dict[str, Any]
) -> None:
    client.force_login(delivering.cast.governance_officer)
    made = handed_in(delivering, who, HOSTILE)
    columns = client.get(reverse("delivery:desk-import-columns", args=[made.pk])).content.decode()
    choose(made=made, tab="Returns", columns={"priority": 0, "action": 1, "owner": 2, "due": 3}, **who)
    one = client.get(reverse("delivery:desk-import", args=[made.pk])).content.decode()
    for page in (columns, one):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    mend = client.get(reverse("delivery:desk-import-errors", args=[made.pk])).content.decode()
    assert "'@SUM(A1)" in mend
    assert ",@SUM" not in mend


def test_lists_are_for_who_writes_delivery_at_that_body(
    delivering: Any, priorities: Any, client: Client, who: dict[str, Any]
) -> None:
    made = handed_in(delivering, who)
    for person in (delivering.cast.stranger, delivering.cast.chief_constable):
        client.force_login(person)
        for name in ("desk-import", "desk-import-columns", "desk-import-file", "desk-import-errors"):
            assert client.get(reverse(f"delivery:{name}", args=[made.pk])).status_code in (403, 404)
        for name in ("desk-import-away", "desk-import-undo"):
            assert client.post(reverse(f"delivery:{name}", args=[made.pk])).status_code in (403, 404)
    put_away(made=made, **who)
    with pytest.raises(ValidationError, match="dealt with"):
        put_away(made=made, **who)
