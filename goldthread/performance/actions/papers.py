"""Put a chart in a draft board paper: its sentence, picture and figures, fixed as the board will see them."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goldthread.audit import vault
from goldthread.core.governance.abilities import Ability
from goldthread.core.text import new_key, read_section, section_form
from goldthread.files.charts.figures import figure_text
from goldthread.meetings.doors import may_write
from goldthread.meetings.models import Paper
from goldthread.meetings.papers import edition_of
from goldthread.people.actions import require
from goldthread.people.models import User
from goldthread.performance.actions.reporting import report_to_board
from goldthread.performance.models import Area, Measure, ShownChart
from goldthread.performance.shown import shown_of
from goldthread.plans.actions.sections import Conflict, save_section


@transaction.atomic
def put_in_paper(
    *, measure: Measure, area: Area, paper: Paper, section_key: str, rows: int = 12, by: User, at: datetime
) -> ShownChart:
    """Write a chart at the end of a section of a draft paper, and keep it as reported to the board.

    What is written is drawn from what is kept, so the two can never differ. Refused where the paper is
    not the writer's to change, and where nobody has said anything about the last figure.
    """
    require(by, Ability.WRITE_PAPER, measure.body, on=localdate(at))
    if not may_write(by, paper, on=localdate(at)):
        raise ValidationError(_("This paper cannot be changed until it is with its author again."))
    edition = edition_of(paper)
    placed = edition.placements.select_related("version").filter(key=section_key).first()
    if placed is None:
        raise ValidationError(_("This section is no longer in the paper."))
    row = report_to_board(measure=measure, area=area, paper=paper, by=by, at=at)
    figured = figure_text(shown_of(row).chart, key=new_key(), rows=rows)
    for image in figured.images.values():
        vault.keep(image)
    section, _problems = read_section({**placed.version.form, "key": section_key})
    form = section_form(section)
    added = section_form(type(section)(section_key, section.title, figured.blocks))
    form["content"] = [*form["content"], *added["content"]]
    saved = save_section(edition=edition, key=section_key, form=form, base=placed.version.seal, by=by, at=at)
    if isinstance(saved, Conflict):
        raise ValidationError(_("Somebody saved this section at the same moment. Try again."))
    return row
