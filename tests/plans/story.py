"""A plan with three issued editions and a draft, made by the same actions as a person would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from goldthread.audit import vault
from goldthread.core.governance.stages import Move
from goldthread.core.text import Block, Kind, Prose, Run, Section, Text, Typed
from goldthread.plans.actions.editions import create_document, set_presentation, start_edition
from goldthread.plans.actions.gates import Given, adopt, decide, issue, pass_gate, submit
from goldthread.plans.models import Document, DocumentKind, Edition
from goldthread.plans.queries import current_seal
from tests.cast import Cast

SAFETY = "0a1b2c3d-0000-4000-8000-000000000001"
CALLS = "1a1b2c3d-0000-4000-8000-000000000002"
VICTIMS = "2a1b2c3d-0000-4000-8000-000000000003"
ENGAGEMENT = "3a1b2c3d-0000-4000-8000-000000000004"


def key(name: str) -> str:
    """A block's key."""
    return f"block-{name}"


def paragraph(name: str, words: str) -> Block:
    return Prose(key(name), Kind.PARAGRAPH, (Run(words),), numbered=True)


def action(name: str, words: str) -> Block:
    return Typed(key(name), Kind.ACTION, (Run(words),))


def pledge(name: str, words: str) -> Block:
    return Typed(key(name), Kind.PLEDGE, (Run(words),))


FIRST = Text(
    "Police and Crime Plan 2013-16",
    (
        Section(
            SAFETY,
            "Keeping people safe",
            (
                paragraph("safe", "People should feel safe at home and in the street."),
                pledge("officers", "I will keep every neighbourhood officer in post."),
                action("patrols", "Patrol the market square on Friday nights."),
            ),
            (Section(CALLS, "Answering calls", (paragraph("calls", "Most calls are answered soon."),)),),
        ),
        Section(VICTIMS, "Victims", (paragraph("victims", "Nobody tells their story twice."),)),
    ),
)


def with_calls(text: Text, words: str) -> Text:
    """The text with other words about calls."""
    first, *rest = text.sections
    below = replace(first.children[0], blocks=(paragraph("calls", words),))
    return replace(text, sections=(replace(first, children=(below,)), *rest))


SECOND = with_calls(FIRST, "Nine in ten calls are answered within twenty seconds.")
THIRD = replace(
    SECOND,
    sections=(
        SECOND.sections[0],
        Section(ENGAGEMENT, "Community engagement", (paragraph("ask", "We ask before we act."),)),
        replace(SECOND.sections[1], title="Victims and witnesses"),
    ),
)
DRAFT = with_calls(THIRD, "SENTINEL words of a draft that nobody outside may read.")


def a_plan(cast: Cast, title: str = "Police and Crime Plan 2013-16") -> Document:
    """A plan without an edition yet."""
    return create_document(
        body=cast.body,
        kind=DocumentKind.PLAN,
        title=title,
        made_by=cast.body.name,
        runs_from=date(2013, 4, 1),
        next_election=date(2030, 5, 2),
        by=cast.chief_executive,
        at=_at(date(2013, 1, 7)),
    )


def a_draft(
    cast: Cast,
    plan: Document,
    label: str,
    text: Text | None,
    on: date,
    *,
    note: str = "",
    hidden: Sequence[Kind] = (),
) -> Edition:
    """A draft begun on a day, from the newest edition of its plan."""
    parent = plan.editions.order_by("-pk").first()
    by, at = cast.chief_executive, _at(on)
    edition = start_edition(document=plan, label=label, parent=parent, text=text, note=note, by=by, at=at)
    if hidden:
        set_presentation(edition=edition, hidden=hidden, title=edition.title, note=note, by=by, at=at)
    return edition


def issued(cast: Cast, edition: Edition, on: date, *, attachments: tuple = ()) -> Edition:
    """An edition taken through every gate in the days up to the one on which it is issued."""
    days = [on - timedelta(days=n) for n in (21, 14, 10, 8, 4, 2, 0)]
    moves = [m for m in Move if m is not Move.SUPERSEDE]
    for day, move in zip(days, moves, strict=True):
        take(cast, edition, move, day, attachments if move is Move.OBTAIN_VIEWS else ())
    edition.refresh_from_db()
    return edition


def take(cast: Cast, edition: Edition, move: Move, day: date, attachments: tuple = ()) -> None:
    """Take an edition through one gate on a day."""
    given = Given(
        on=day,
        body_name=cast.body.name,
        who="Frances Merrow, Police and Crime Commissioner",
        words=f"Words given for {move.value} of {edition.label}.",
        reference=f"REF {move.value}",
        attachments=attachments,
    )
    whose = {"edition": edition, "given": given, "seen": current_seal(edition)[0], "at": _at(day)}
    if move is Move.APPROVE:
        decide(decided_by=cast.commissioner, by=cast.commissioner, **whose)
    elif move is Move.SUBMIT:
        seal = vault.keep(b"The bundle for the panel.")
        files = [{"name": "plan.pdf", "words": "The plan", "sha256": seal, "size": 25}]
        submit(files=files, by=cast.chief_executive, **whose)
    elif move is Move.ISSUE:
        issue(by=cast.commissioner, **whose)
    elif move is Move.REPORT:
        pass_gate(move=move, by=cast.panel_clerk, **whose)
    else:
        by = cast.commissioner if move is Move.RESPOND else cast.chief_executive
        pass_gate(move=move, by=by, **whose)


def the_plan(cast: Cast) -> Document:
    """The plan of these tests: March 2013, February 2014, March 2014, and a draft of October 2014."""
    plan = a_plan(cast)
    issued(cast, a_draft(cast, plan, "March 2013", FIRST, date(2013, 1, 7)), date(2013, 3, 5))
    second = a_draft(cast, plan, "February 2014", SECOND, date(2014, 1, 7), note="Calls answered sooner.")
    issued(cast, second, date(2014, 2, 24))
    third = a_draft(
        cast, plan, "March 2014", THIRD, date(2014, 2, 25), note="Asking people.", hidden=(Kind.ACTION,)
    )
    issued(cast, third, date(2014, 3, 31))
    a_draft(cast, plan, "October 2014 draft", DRAFT, date(2014, 10, 2), note="SENTINEL note")
    return plan


def a_strategy(cast: Cast) -> Document:
    """Another body's strategy, adopted as it stood, and never a public page of ours."""
    text = Text("SENTINEL strategy", (Section("clause-1", "SENTINEL clause", (paragraph("s", "SENTINEL"),)),))
    on = date(2013, 6, 3)
    document = create_document(
        body=cast.body,
        kind=DocumentKind.STRATEGY,
        title="SENTINEL strategy",
        made_by="Constabulary",
        by=cast.governance_officer,
        at=_at(on),
    )
    edition = start_edition(
        document=document, label="2013", text=text, by=cast.governance_officer, at=_at(on)
    )
    adopt(edition=edition, on=on, by=cast.governance_officer, at=_at(on))
    return document


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), UTC)
