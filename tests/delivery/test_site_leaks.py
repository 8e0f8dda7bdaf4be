"""Nothing of a draft, of what is unsigned or of what is exempt reaches the public's pages of delivery."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from goldthread.core.delivery.stages import UpdateStage
from goldthread.core.governance.abilities import Role
from goldthread.core.governance.exemption import Marking
from goldthread.core.text import Kind
from goldthread.delivery.actions.priorities import (
    approve,
    carry_forward,
    measure_by,
    pin_again,
    propose,
    serve,
    write_priority,
)
from goldthread.delivery.actions.signing import sign_off
from goldthread.delivery.actions.updates import give_update
from goldthread.delivery.doors import public_updates
from goldthread.delivery.models import Lead, Update
from tests.delivery.story import (
    APPROVED,
    CONTACT,
    NAMED_PERSON,
    SENTINEL,
    VICTIMS,
    with_pledge,
)
from tests.delivery.visiting import Visits, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
"""Reason for slow: each opens every public page."""

PERSON = "SENTINEL-PERSON"


def pages(cast: Any, *slugs: str) -> str:
    """Everything that the public's pages of delivery say, markup and all."""
    visits = Visits(cast)
    found = [visits.get("site-delivery"), visits.get("site-year", 2014)]
    found += [visits.get("site-priority", slug) for slug in slugs]
    assert {answer.status_code for answer in found} == {200}
    return "\n".join(answer.content.decode() for answer in found)


def pinned(delivering: Any, cast: Any, at: datetime) -> Any:
    return serve(
        priority=delivering.live,
        edition=delivering.edition,
        section_key=CONTACT,
        block_key=NAMED_PERSON,
        by=cast.analyst,
        at=at,
    )


def said(subject: Any, words: str, *, by: Any, signer: Any, at: datetime, public: bool = True) -> Update:
    """What an owner said, signed off by another person."""
    update = give_update(subject=subject, words=words, status="on_course", seen=None, by=by, at=at)
    if signer is not None:
        sign_off(update=update, public=public, by=signer, at=at)
    return update


def test_before_a_decision_is_published_the_public_is_told_that_there_is_nothing(
    delivering: Any, cast: Any
) -> None:
    live = delivering.live
    visits = Visits(cast)
    assert "No priorities for action have been published yet" in visits.words("site-delivery")
    for name, args in (("site-year", [2014]), ("site-priority", [live.slug])):
        assert visits.get(name, *args).status_code == 404


def test_a_live_priority_reads_as_the_board_approved_it(
    delivering: Any, measuring: Any, cast: Any, at: Any
) -> None:
    live, action = delivering.live, delivering.action()
    pinned(delivering, cast, at)
    measure_by(priority=live, measure=measuring.measure, why=SENTINEL, by=cast.analyst, at=at)
    said(action, "Signed by all eight.", by=cast.chief_constable, signer=cast.chief_executive, at=at)
    delivering.publish()
    page = words_of(pages(cast, live.slug))
    for words in (
        "Hear from a named person",
        "Led by the constabulary (Chief Constable)",
        "Every victim who asks for help hears from a named person within two days.",
        "Victims’ Hub",
        "V1.1 Agree how case notes are shared",
        "Signed by all eight.",
        "CPCC 2014-001",
    ):
        assert words in page
    assert SENTINEL not in page
    assert cast.chief_constable.name not in page


def test_drafts_proposals_and_changes_stay_inside(delivering: Any, cast: Any, at: Any) -> None:
    live = delivering.live
    draft = delivering.a_draft(f"{SENTINEL} title")
    delivering.proposed(delivering.a_draft(f"{SENTINEL} proposal"))
    delivering.action(f"{SENTINEL} action", priority=draft)
    write_priority(
        priority=live,
        title=f"{SENTINEL} title",
        words=f"{SENTINEL} words",
        lead=Lead.PARTNER,
        lead_words=f"{SENTINEL} lead",
        support=((f"{SENTINEL} who", "what"),),
        success=f"{SENTINEL} success",
        why=f"{SENTINEL} why",
        base=live.version.seal,
        by=cast.analyst,
        at=at,
    )
    made = carry_forward(priority=live, year=2015, reason="Not all was done.", by=cast.analyst, at=at)
    delivering.publish()
    assert SENTINEL not in pages(cast, live.slug)
    for slug in (draft.slug, made.slug):
        assert Visits(cast).get("site-priority", slug).status_code == 404
    assert Visits(cast).get("site-year", 2015).status_code == 404


def test_what_rests_on_an_exempt_decision_stays_inside(delivering: Any, cast: Any, at: Any) -> None:
    live = delivering.live
    secret = delivering.a_draft(f"{SENTINEL} estate")
    propose(priorities=(secret,), by=cast.analyst, at=at)
    later = delivering.deciding.decide(delivering.deciding.outside(), decided_on=at.date(), at=at)
    approve(priorities=(secret,), decision=later, by=cast.governance_officer, at=at)
    delivering.action(f"{SENTINEL} action", priority=secret)
    delivering.publish()
    delivering.publish(later, marking=Marking.EXEMPT)
    assert SENTINEL not in pages(cast, live.slug)
    assert Visits(cast).get("site-priority", secret.slug).status_code == 404


def test_only_what_was_signed_off_and_marked_public_is_read(delivering: Any, cast: Any, at: Any) -> None:
    live, action = delivering.live, delivering.action()
    step = delivering.milestone(action)
    given = {"by": cast.chief_constable, "at": at}
    said(action, f"{SENTINEL} unsigned", signer=None, **given)
    said(action, f"{SENTINEL} inside", signer=cast.chief_executive, public=False, **given)
    said(step, "The agreement is drafted.", signer=cast.chief_executive, **given)
    delivering.publish()
    page = pages(cast, live.slug)
    assert SENTINEL not in page
    assert "The agreement is drafted." in page
    assert {row.stage for row in public_updates()} == {UpdateStage.SIGNED}


def test_owners_are_offices_and_never_people(delivering: Any, cast: Any, at: Any) -> None:
    live = delivering.live
    delivering.action(owner=None, owner_words=f"{PERSON} of the council")
    owned = delivering.action("Train officers")
    said(owned, "Sixty trained.", by=cast.chief_constable, signer=cast.chief_executive, at=at)
    delivering.publish()
    page = pages(cast, live.slug)
    assert PERSON not in page
    for person in (cast.chief_constable, cast.chief_executive, cast.governance_officer, cast.analyst):
        assert person.name not in page
        assert person.email not in page
    assert "Chief Constable" in page


def test_words_of_a_plan_that_were_never_issued_are_not_quoted(delivering: Any, cast: Any, at: Any) -> None:
    live, row = delivering.live, pinned(delivering, cast, at)
    delivering.issue(delivering.plan, with_pledge("A named person calls within a week."), APPROVED.date())
    delivering.draft_edition(delivering.plan, with_pledge(f"{SENTINEL} pledge"), "2015 draft")
    delivering.publish()
    page = pages(cast, live.slug)
    assert SENTINEL not in page
    assert "The plan says this in other words today." in page
    seen = Visits(cast, Role.ANALYST).client.get(reverse("delivery:desk-serving", args=[live.slug, row.pk]))
    pin_again(serves=row, seen=seen.context["stands"].now.seal, by=cast.analyst, at=at)
    assert "A named person calls within a week." in pages(cast, live.slug)


def test_a_pledge_that_the_edition_does_not_show_cannot_be_served(
    delivering: Any, cast: Any, at: Any
) -> None:
    delivering.issue(delivering.plan, with_pledge("Hidden."), APPROVED.date(), hidden=(Kind.PLEDGE,))
    hidden = delivering.plan.editions.get(issued_on=APPROVED.date())
    page = Visits(cast, Role.ANALYST).words("desk-serve", delivering.live.slug)
    assert "Hidden." not in page
    assert hidden.placements.filter(key=VICTIMS).exists()


def test_an_address_of_a_year_is_a_year(delivering: Any, cast: Any) -> None:
    delivering.live.refresh_from_db()
    delivering.publish()
    client = Visits(cast).client
    assert client.get("/delivery/2014-15/").status_code == 200
    assert client.get("/delivery/2014-16/").status_code == 404
