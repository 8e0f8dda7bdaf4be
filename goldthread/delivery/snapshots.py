"""How everything stood when a period was closed: gathered as frozen lines, read without live records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Prefetch
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.core.delivery.rollup import Rollup, amount
from goldthread.core.delivery.stages import ActionState, PriorityStage, UpdateStage
from goldthread.core.delivery.standing import Dates, Stand, day_words, silence_words, stand
from goldthread.core.records import of_form, to_form
from goldthread.core.text import seal_of
from goldthread.delivery.models import (
    Action,
    Milestone,
    Period,
    PeriodLine,
    Priority,
    PriorityVersion,
    Update,
)
from goldthread.delivery.rolling import line_of_action, rollup_of_actions
from goldthread.delivery.updates import level_of
from goldthread.people.models import Body


@dataclass(frozen=True, slots=True)
class SaidThen:
    """The last signed words on a thing: the status with what it meant, the office, the days."""

    update: int
    words: str
    status: str
    word: str
    meaning: str
    tone: str
    given_as: str
    given_by: str
    given_on: date
    signed_by: str
    signed_on: date
    forecast: date | None = None
    public: bool = False
    seal: str = ""


@dataclass(frozen=True, slots=True)
class LineThen:
    """A priority, an action or a milestone as it stood: what it was, whose, how it stood and why.

    ``done``, ``of`` and ``share`` are its sum, in words; ``heard`` says when nothing had been said.
    """

    kind: str
    ref_id: int
    number: str
    title: str
    within: str
    theme: str
    owner: str
    state: str
    standing: str = ""
    word: str = ""
    words: str = ""
    tone: str = "calm"
    starts: date | None = None
    baseline: date | None = None
    forecast: date | None = None
    finished: date | None = None
    weight: int = 1
    cost: str = ""
    done: str = ""
    of: str = ""
    share: str = ""
    sum: str = ""
    heard: str = ""
    last: SaidThen | None = None

    @property
    def seal(self) -> str:
        """The seal of all that it says."""
        return seal_of(["period line", to_form(self)])


def read_line(row: PeriodLine) -> LineThen:
    """A kept line as it was written."""
    return of_form(LineThen, row.form)


def line_row(period: Period, position: int, line: LineThen) -> PeriodLine:
    """A line as it is kept."""
    return PeriodLine(
        period=period,
        position=position,
        kind=line.kind,
        ref_id=line.ref_id,
        number=line.number,
        title=line.title,
        form=to_form(line),
        seal=line.seal,
    )


def period_seal(period: Period, seals: Iterable[str]) -> str:
    """The seal of a period: its name and days, and the seal of every line in order."""
    days = [each.isoformat() for each in (period.starts, period.ends, period.due)]
    return seal_of(["period", period.name, *days, list(seals)])


def gathered(body: Body, on: date) -> Iterator[LineThen]:
    """Every live priority of a body as it stands on a day, each followed by its actions and milestones.

    Six queries, however many there are.
    """
    said = {kind: _last_signed(body, kind) for kind in ("priority", "action", "milestone")}
    rows = Priority.objects.filter(body=body, stage=PriorityStage.LIVE).prefetch_related(
        Prefetch("versions", PriorityVersion.objects.select_related("lead_office").order_by("number")),
        Prefetch("actions", Action.objects.select_related("owner_office").order_by("position", "pk")),
        Prefetch(
            "actions__milestones",
            Milestone.objects.select_related("owner_office").order_by("position", "pk"),
        ),
    )
    for priority in rows.order_by("theme_title", "year", "position", "pk"):
        actions = list(priority.actions.all())
        yield _priority(priority, rollup_of_actions(actions), said["priority"].get(priority.pk), on)
        for action in actions:
            yield _action(action, priority, said["action"].get(action.pk), on)
            for milestone in action.milestones.all():
                last = said["milestone"].get(milestone.pk)
                yield _milestone(milestone, action, priority, last, on)


def _last_signed(body: Body, kind: str) -> Mapping[int, Update]:
    rows = Update.objects.filter(body=body, stage=UpdateStage.SIGNED, **{f"{kind}__isnull": False})
    newest = rows.order_by().values(kind).annotate(last=Max("pk")).values("last")
    return {getattr(row, f"{kind}_id"): row for row in rows.filter(pk__in=newest).select_related("scale")}


def dates_of(thing: Action | Milestone) -> Dates:
    """The days of an action or a milestone, as the rules of standing read them."""
    if isinstance(thing, Milestone):
        return Dates(thing.baseline, thing.forecast, thing.reached, None, thing.dropped_on is not None)
    dropped = thing.state == ActionState.DROPPED
    return Dates(thing.baseline, thing.forecast, thing.finished, thing.starts, dropped)


def _priority(priority: Priority, rolled: Rollup, last: Update | None, on: date) -> LineThen:
    versions = list(priority.versions.all())
    said = versions[-1]
    office = said.lead_office.title if said.lead_office else said.get_lead_display()
    return LineThen(
        kind="priority",
        ref_id=priority.pk,
        number=priority.number,
        title=said.title,
        within="",
        theme=priority.theme_title,
        owner=said.lead_words or office,
        state=priority.stage,
        **_sum(rolled),
        **_said(last, on, owed=False),
    )


def _action(action: Action, priority: Priority, last: Update | None, on: date) -> LineThen:
    inner = line_of_action(action).inner
    return LineThen(
        kind="action",
        ref_id=action.pk,
        number=action.number,
        title=action.title,
        within=priority.number,
        theme=priority.theme_title,
        owner=action.owner_office.title if action.owner_office else action.owner_words,
        state=action.state,
        starts=action.starts,
        baseline=action.baseline,
        forecast=action.forecast,
        finished=action.finished,
        weight=action.weight,
        cost="" if action.cost is None else f"{action.cost:.2f}",
        **_stands(stand(dates_of(action), on)),
        **(_sum(inner) if inner else {}),
        **_said(last, on, owed=action.is_open),
    )


def _milestone(
    milestone: Milestone, action: Action, priority: Priority, last: Update | None, on: date
) -> LineThen:
    owner = milestone.owner_office or action.owner_office
    stands = stand(dates_of(milestone), on)
    return LineThen(
        kind="milestone",
        ref_id=milestone.pk,
        number=milestone.number,
        title=milestone.title,
        within=action.number,
        theme=priority.theme_title,
        owner=owner.title if owner else action.owner_words,
        state="dropped" if milestone.dropped_on else "reached" if milestone.reached else "open",
        baseline=milestone.baseline,
        forecast=milestone.forecast,
        finished=milestone.reached,
        weight=milestone.weight,
        **_stands(stands),
        **_said(last, on, owed=False),
    )


def _stands(found: Stand) -> dict[str, Any]:
    return {
        "standing": found.standing.value,
        "word": found.word,
        "words": found.words,
        "tone": found.tone,
    }


def _sum(rolled: Rollup) -> dict[str, str]:
    return {
        "done": amount(rolled.done),
        "of": amount(rolled.of),
        "share": rolled.words,
        "sum": rolled.sum_words,
    }


def _said(last: Update | None, on: date, *, owed: bool = True) -> dict[str, Any]:
    """The last signed words; where there are none and word of the thing is owed, that there are none."""
    if last is None:
        return {} if not owed else {"heard": f"{silence_words(None, on)}."}
    level = level_of(last)
    given = localdate(last.given_at)
    said = SaidThen(
        update=last.pk,
        words=last.words,
        status=last.status,
        word=level.word,
        meaning=level.meaning,
        tone=level.tone,
        given_as=last.given_as,
        given_by=last.given_by,
        given_on=given,
        signed_by=last.signed_by,
        signed_on=localdate(last.signed_at),
        forecast=last.forecast,
        public=last.public,
        seal=last.seal,
    )
    return {"last": said, "heard": f"{silence_words(given, on)}." if owed else ""}


def changes(was: LineThen | None, now: LineThen, on: date) -> tuple[str, ...]:
    """What is different from an earlier period to this one, a sentence each; that it is new where it is."""
    if was is None:
        return (_("New in this period."),)
    found = []
    if was.last and now.last and was.last.word != now.last.word:
        found.append(_("Was “%(was)s”, now “%(now)s”.") % {"was": was.last.word, "now": now.last.word})
    if now.finished and not was.finished:
        found.append(_("It was done in this period."))
    elif (now.forecast or now.baseline) != (was.forecast or was.baseline):
        found.append(_moved(was.forecast or was.baseline, now.forecast or now.baseline, on))
    if was.owner != now.owner:
        found.append(_("Now owned by %(who)s.") % {"who": now.owner or _("nobody")})
    if was.title != now.title:
        found.append(_("Was called “%(title)s”.") % {"title": was.title})
    if was.share != now.share:
        found.append(_("Was %(was)s done.") % {"was": was.share})
    return tuple(found)


def _moved(was: date | None, now: date | None, on: date) -> str:
    if was is None or now is None:
        return _("Its date was set.") if now else _("Its date was taken away.")
    said = {"was": day_words(was, on), "now": day_words(now, on)}
    return _("Its date moved from %(was)s to %(now)s.") % said
