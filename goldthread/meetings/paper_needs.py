"""What papers have waiting for a person: returned to them, due, to be signed, to be accepted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.meetings.models import Paper, PaperFile, PaperReturn, PaperStage, SignOff
from goldthread.people.models import Office, User
from goldthread.people.queries import offices_of
from goldthread.plans.models import ImportStage
from goldthread.plans.needs import Need
from goldthread.web.templatetags.web import day


def paper_needs(user: User, on: date) -> tuple[Need, ...]:
    """What waits for a person in papers, most pressing first: four queries, whatever their number."""
    offices = offices_of(user, on)
    if not any({Ability.WRITE_PAPER, Ability.SIGN_OFF} & set(office.abilities) for office in offices):
        return ()
    return (
        *_returned(user, offices),
        *_to_sign(offices, on),
        *_to_accept(offices),
        *_owed(user, offices, on),
        *_files(user),
    )


def _mine(user: User, offices: tuple[Office, ...]) -> Q:
    bodies = {each.body_id for each in offices}
    return Q(board__body__in=bodies) & (Q(author=user) | Q(owner_office__in=offices))


def _returned(user: User, offices: tuple[Office, ...]) -> Iterator[Need]:
    rows = PaperReturn.objects.filter(version__paper__stage=PaperStage.RETURNED).select_related(
        "version__paper"
    )
    rows = rows.filter(version__paper__in=Paper.objects.filter(_mine(user, offices))).defer("version__form")
    newest = {row.version.paper_id: row for row in rows.order_by("pk")}
    for row in newest.values():
        paper = row.version.paper
        words = f"{row.words[:140]}{'…' if len(row.words) > 140 else ''} {row.by_name}, {day(row.at)}"
        title = _("Change “%(title)s” and submit it again") % {"title": paper.title}
        yield Need(title, paper.get_absolute_url(), words, _("returned to you"), "warn", kind=_("Paper"))


def _to_sign(offices: tuple[Office, ...], on: date) -> Iterator[Need]:
    rows = SignOff.objects.filter(office__in=offices, outcome="").exclude(paper__stage=PaperStage.WITHDRAWN)
    for row in rows.select_related("paper", "office").order_by("due"):
        href = reverse("meetings:desk-paper-sign-off", args=[row.paper.slug, row.pk])
        title = _("Sign off “%(title)s”") % {"title": row.paper.title}
        words = _("For %(kind)s, as %(office)s. Asked by %(by)s.") % {
            "kind": row.kind,
            "office": row.office.title,
            "by": row.asked_by,
        }
        late = row.due < on
        tone = "bad" if late else "warn"
        yield Need(title, href, words, _by(row.due, on), tone, row.due, _("Sign-off"))


def _by(due: date, on: date) -> str:
    words = _("was due %(due)s") if due < on else _("due %(due)s")
    return words % {"due": day(due)}


def _to_accept(offices: tuple[Office, ...]) -> Iterator[Need]:
    bodies = {each.body_id for each in offices if Ability.MANAGE_MEETINGS in each.abilities}
    if not bodies:
        return
    rows = Paper.objects.filter(board__body__in=bodies, stage=PaperStage.SUBMITTED)
    for paper in rows.select_related("author", "board").order_by("pk"):
        title = _("Accept “%(title)s”, or return it") % {"title": paper.title}
        yield Need(
            title,
            paper.get_absolute_url(),
            f"{paper.author.name}, {paper.board.name}",
            _("submitted"),
            "warn",
            kind=_("Sign-off"),
        )


def _owed(user: User, offices: tuple[Office, ...], on: date) -> Iterator[Need]:
    rows = Paper.objects.filter(_mine(user, offices), stage=PaperStage.DRAFTING)
    rows = rows.filter(item__meeting__papers_due__isnull=False)
    for paper in rows.select_related("item__meeting__board").order_by("item__meeting__papers_due"):
        meeting = paper.item.meeting
        title = _("Submit “%(title)s”") % {"title": paper.title}
        late = meeting.papers_due < on
        words = f"{meeting.board.name}, {day(meeting.on)}"
        tone = "bad" if late else "calm"
        due = meeting.papers_due
        yield Need(title, paper.get_absolute_url(), words, _by(due, on), tone, due, _("Paper"))


def _files(user: User) -> Iterator[Need]:
    rows = PaperFile.objects.filter(owner=user, file__stage=ImportStage.READ).select_related("file", "board")
    for row in rows:
        title = _("See what was understood of %(name)s") % {"name": row.file.name}
        yield Need(title, row.get_absolute_url(), row.board.name, _("read"), "calm")
