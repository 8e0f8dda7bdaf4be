"""What is typed is kept, files go with it, and statuses and periods are those of the day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goldthread.delivery.actions.evidence import add_evidence, remove_evidence
from goldthread.delivery.actions.keeping import keep_typing, stop_typing
from goldthread.delivery.actions.periods import open_period
from goldthread.delivery.actions.scales import set_scale
from goldthread.delivery.models import Evidence, KeptUpdate, StatusScale, Update
from goldthread.delivery.updates import (
    kept_for,
    level_of,
    period_for,
)
from goldthread.people.actions import NotAllowed
from tests.delivery.saying import a_link, say
from tests.files.hidden import drawn


def test_typing_is_kept_and_given_only_by_its_own_writer(delivering: Any, at: datetime) -> None:
    cast, action = delivering.cast, delivering.action()
    keep_typing(subject=action, form={"words": "Half a sent", "other": "x"}, by=cast.chief_constable, at=at)
    keep_typing(subject=action, form={"words": "Half a sentence"}, by=cast.chief_constable, at=at)
    assert KeptUpdate.objects.get().form == {"period": None, "words": "Half a sentence"}
    assert kept_for(action, by=cast.governance_officer) is None
    with pytest.raises(NotAllowed):
        keep_typing(subject=action, form={"words": "I"}, by=cast.staff_officer, at=at)
    say(action, cast.governance_officer, at)
    assert kept_for(action, by=cast.chief_constable) is not None
    say(action, cast.chief_constable, at)
    assert kept_for(action, by=cast.chief_constable) is None


def test_typing_by_link_is_kept_apart(delivering: Any, at: datetime) -> None:
    action = delivering.action()
    link = a_link(action, at)
    keep_typing(subject=action, form={"words": "On a pho"}, link=link, at=at)
    kept = kept_for(action, link=link)
    assert kept is not None
    assert kept.form["words"] == "On a pho"
    say(action, None, at, link=link)
    assert not KeptUpdate.objects.exists()


@pytest.mark.slow
def test_evidence_is_looked_into_before_it_is_kept(delivering: Any, at: datetime) -> None:
    cast, action = delivering.cast, delivering.action()
    who = {"subject": action, "by": cast.chief_constable, "at": at}
    for name, content in (("a.xlsx", b"PK\x03\x04 xl/workbook"), ("b.txt", b"words"), ("c.pdf", b"")):
        with pytest.raises(ValidationError):
            add_evidence(name=name, content=content, **who)
    assert not Evidence.objects.exists()
    wrong = add_evidence(name="../../signed.exe", content=drawn.pdf(), **who)
    assert wrong.name == "signed.pdf"
    remove_evidence(evidence=wrong, **who)
    add_evidence(name="signed.pdf", content=drawn.pdf(), **who)
    update = say(action, cast.chief_constable, at, evidence=[("note.pdf", drawn.pdf())])
    kept = update.evidence.filter(removed_at__isnull=True)
    assert [each.name for each in kept] == ["signed.pdf", "note.pdf"]
    with pytest.raises(ValidationError, match="taken off already"):
        remove_evidence(evidence=kept[0], **who)


@pytest.mark.slow
def test_to_stop_typing_takes_its_files_off(delivering: Any, at: datetime) -> None:
    who = {"subject": delivering.action(), "by": delivering.cast.chief_constable, "at": at}
    row = add_evidence(name="signed.pdf", content=drawn.pdf(), **who)
    stop_typing(**who)
    row.refresh_from_db()
    assert row.removed_at == at
    assert not KeptUpdate.objects.exists()


def test_updates_count_towards_the_first_open_period_that_began(delivering: Any, at: datetime) -> None:
    cast, action = delivering.cast, delivering.action()
    homeless = say(action, cast.chief_constable, at)
    assert homeless.period is None
    autumn = open_period(
        body=cast.body,
        name="October to December 2014",
        starts=date(2014, 10, 1),
        ends=date(2014, 12, 31),
        due=date(2015, 1, 10),
        by=cast.governance_officer,
        at=at,
    )
    homeless.refresh_from_db()
    assert homeless.period == autumn
    assert say(action, cast.chief_constable, at).period == autumn
    assert period_for(cast.body, date(2014, 9, 1)) == autumn


def levels(*words: str) -> list[dict[str, str]]:
    return [
        {"code": word.lower(), "word": word, "meaning": f"It is {word.lower()}.", "tone": "calm"}
        for word in words
    ]


def test_a_new_scale_leaves_what_was_said_as_it_was(delivering: Any, at: datetime) -> None:
    cast, action = delivering.cast, delivering.action()
    before = say(action, cast.chief_constable, at)
    given = {"body": cast.body, "name": "Ours", "by": cast.governance_officer, "at": at}
    set_scale(levels=levels("Green", "Red"), from_day=date(2014, 11, 3), **given)
    before = Update.objects.get(pk=before.pk)
    assert level_of(before).word == "On course"
    with pytest.raises(ValidationError, match="may have changed"):
        say(action, cast.chief_constable, at)
    assert level_of(say(action, cast.chief_constable, at, status="green")).word == "Green"
    with pytest.raises(ValidationError, match="cannot hold from before it"):
        set_scale(levels=levels("Up", "Down"), from_day=date(2014, 11, 2), **given)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (levels("Green"), "from 2 to 8"),
        (levels("Green", "green"), "same"),
        ([*levels("Green"), {"code": "red", "word": "Red", "meaning": "", "tone": "bad"}], "what it means"),
        ([*levels("Green"), {"code": "red", "word": "Red", "meaning": "x", "tone": "pink"}], "a tone"),
    ],
)
def test_a_scale_whose_words_cannot_be_told_apart_is_refused(
    delivering: Any, at: datetime, given: list[dict[str, str]], words: str
) -> None:
    cast = delivering.cast
    with pytest.raises(ValidationError, match=words):
        set_scale(
            body=cast.body, name="X", levels=given, from_day=at.date(), by=cast.governance_officer, at=at
        )
    assert not StatusScale.objects.exists()
