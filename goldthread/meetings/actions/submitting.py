"""Hand a paper in: its words, header and attachments are fixed, its recommendations held."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from goldthread.audit import record
from goldthread.core.governance.verbs import verb_of
from goldthread.core.text import Text, seal_of, text_seal
from goldthread.meetings.actions.paper_rows import copy_saved, locked, require_writer
from goldthread.meetings.models import (
    Paper,
    PaperStage,
    PaperVersion,
    Recommendation,
    SignOff,
)
from goldthread.meetings.papers import (
    appendix_form,
    attachments,
    content_seal,
    edition_of,
    has_words,
    header_form,
    implications_form,
    latest,
    paper_text,
    recommendations_in,
    sign_offs_form,
    signings,
)
from goldthread.meetings.texts import form_of
from goldthread.people.models import User
from goldthread.plans.actions.editions import open_edition
from goldthread.plans.seals import sealed


@transaction.atomic
def submit_paper(*, paper: Paper, seen: str, by: User, at: datetime, note: str = "") -> PaperVersion:
    """Hand a paper in: its words, header and attachments are fixed by seal, its recommendations held.

    ``seen`` is `content_seal` as the page showed it. Refused where anything changed since, where
    nothing changed since it was last handed in, and where it says or recommends nothing.
    """
    fresh = locked(paper)
    require_writer(by, fresh, at)
    edition = edition_of(fresh)
    open_edition(edition)
    text = paper_text(fresh)
    seal = content_seal(fresh, text)
    last = latest(fresh)
    if seen != seal:
        raise ValidationError(
            "The paper has changed since you opened this page. Read what changed, then submit it again."
        )
    if not has_words(text):
        raise ValidationError("There are no words in this paper yet. Write it, then submit it.")
    if last is not None and last.header.get("content") == seal:
        raise ValidationError(
            f"Nothing has changed since version {last.number} was handed in on "
            f"{localdate(last.submitted_at):%-d %B %Y}: the same words, header and attachments. "
            "Nothing was handed in again."
        )
    version = _freeze(fresh, text, seal, note, by, at)
    held = _hold_recommendations(version, text)
    fresh.stage = PaperStage.SUBMITTED
    fresh.save(update_fields=["stage"])
    asked = _ask_again(fresh, seal, by, at)
    copy_saved(fresh, paper, ["stage"])
    facts = {"version": version.number, "seal": version.seal, "rows": sealed(version, *held)}
    if asked:
        facts["asked_again"] = [row.kind for row in asked]
    record(fresh, "submitted paper", by=by, at=at, body=fresh.board.body, **facts)
    return version


def _freeze(paper: Paper, text: Text, seal: str, note: str, by: User, at: datetime) -> PaperVersion:
    header = _frozen_header(paper, seal, localdate(at))
    attached = [appendix_form(each) for each in attachments(paper)]
    words = text_seal(text)
    return PaperVersion.objects.create(
        paper=paper,
        number=(paper.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        title=paper.title,
        lang=text.lang,
        form=form_of(text),
        header=header,
        appendices=attached,
        text_seal=words,
        seal=seal_of([words, header, attached]),
        note=note.strip(),
        submitted_at=at,
        submitted_by=by.name,
    )


def _frozen_header(paper: Paper, seal: str, on: date) -> dict[str, Any]:
    item = paper.item
    return {
        **header_form(paper),
        "board": paper.board.name,
        "item": item.number if item else "",
        "meeting": item.meeting.on.isoformat() if item else "",
        "marking": paper.marking,
        "author": paper.header.get("author", "") or paper.author.name,
        "owner": paper.owner_office.title if paper.owner_office else "",
        "implications": implications_form(paper),
        "sign_offs": sign_offs_form(paper, on=on, seal=seal),
        "content": seal,
    }


def _hold_recommendations(version: PaperVersion, text: Text) -> list[Recommendation]:
    return [
        Recommendation.objects.create(
            version=version,
            key=each.key,
            number=each.number,
            words=each.words,
            verb=str(verb_of(each.words) or ""),
        )
        for each in recommendations_in(text)
    ]


def _ask_again(paper: Paper, seal: str, by: User, at: datetime) -> list[SignOff]:
    """Ask those again who refused, or signed with conditions, what the paper no longer says."""
    on = localdate(at)
    due = max(_deadline(paper) or on, on)
    return [
        SignOff.objects.create(
            paper=paper,
            kind=each.sign_off.kind,
            office=each.sign_off.office,
            due=due,
            asked_at=at,
            asked_by=by.name,
        )
        for each in signings(paper, on=on, seal=seal)
        if each.sign_off.outcome in ("refused", "conditions") and not each.current
    ]


def _deadline(paper: Paper) -> date | None:
    return paper.item.meeting.papers_due if paper.item else None
