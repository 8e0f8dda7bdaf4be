"""Report a series to a board: the chart is kept just as the board sees it."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import record
from goldthread.core.governance.abilities import Ability
from goldthread.meetings.models import Meeting, Paper
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.performance.models import Area, Measure, ShownChart, ShownTo
from goldthread.performance.queries import narrative_of, series_of
from goldthread.performance.series import Series
from goldthread.performance.shown import Form, chart_seal, form_now
from goldthread.plans.seals import sealed


@transaction.atomic
def report_to_board(
    *,
    measure: Measure,
    area: Area,
    paper: Paper | None = None,
    meeting: Meeting | None = None,
    on: date | None = None,
    by: User,
    at: datetime,
) -> ShownChart:
    """Keep the chart of a series as a board is shown it, in a paper, at a meeting, or both.

    The day is that of the meeting unless given. Refused without figures, or without words about the
    last of them: a board is never handed a bare chart.
    """
    require(by, Ability.WRITE_PAPER, measure.body, on=localdate(at))
    if paper is not None and meeting is None and paper.item is not None:
        meeting = paper.item.meeting
    board = paper.board if paper is not None else meeting.board if meeting is not None else None
    if board is None:
        raise ValidationError(_("Say in which paper or at which meeting it is reported."))
    if board.body_id != measure.body_id:
        raise ValidationError(_("This board is of another body."))
    on = on or (meeting.on if meeting is not None else localdate(at))
    series = series_of(measure, area)
    require_narrative(series)
    row = keep_chart(
        series, form_now(series), ShownTo.BOARD, on=on, paper=paper, meeting=meeting, by=by, at=at
    )
    facts = {"area": area.name, "on": on, "seal": row.seal, "rows": sealed(row)}
    record(row, "reported to the board", by=by, at=at, body=measure.body, **facts)
    return row


def require_narrative(series: Series) -> None:
    """Refuse a series of which nothing was told, or about whose last figure nobody said anything."""
    if series.last is None:
        raise ValidationError(
            _("There are no figures of this measure in %(area)s.") % {"area": series.area_name}
        )
    if narrative_of(series.measure, series.area, since=series.last.period) is None:
        words = _("Nobody has said anything about the figures to %(period)s yet. Write the narrative first.")
        raise ValidationError({"narrative": words % {"period": f"{series.last.period:%B %Y}"}})


def keep_chart(
    series: Series,
    form: Form,
    to: ShownTo,
    *,
    on: date,
    paper: Paper | None = None,
    meeting: Meeting | None = None,
    by: User,
    at: datetime,
) -> ShownChart:
    """Keep the chart of a series in a form, for good; whoever calls this has asked whether it may be."""
    return ShownChart.objects.create(
        body=series.measure.body,
        measure=series.measure,
        area=series.area,
        to=to,
        definition=series.definition,
        definition_seal=series.definition.seal,
        form=form,
        paper=paper,
        meeting=meeting,
        on=on,
        last_period=series.last.period if series.last else None,
        at=at,
        by_name=by.name,
        seal=chart_seal(form),
    )
