"""Emailed links at the desk: send one, see what became of it, take it back."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.delivery.actions.links import revoke_link, send_link
from goldthread.delivery.doors import actions_for, milestone_for
from goldthread.delivery.forms.links import RevokeForm, SendLinkForm
from goldthread.delivery.linking import State, links_for, state_of
from goldthread.delivery.models import Action, LinkEvent, Milestone, UpdateLink
from goldthread.delivery.updates import body_of, owner_office
from goldthread.people.actions import require
from goldthread.people.models import Office, User
from goldthread.people.queries import holders
from goldthread.plans.desk.frame import Acting, desk_page, refusals

PER_PAGE = 40
EVENTS = 60


def standing(link: UpdateLink, at: datetime) -> tuple[str, str]:
    """How a link stands: a word and its tone."""
    state = state_of(link, here=False, at=at)
    return {
        State.USED: (_("Used"), "good"),
        State.REPLACED: (_("Used") if link.used_at else _("Replaced"), "good" if link.used_at else "calm"),
        State.REVOKED: (_("Taken back"), "calm"),
        State.LEFT: (_("Its reader left"), "warn"),
        State.LATE: (_("Ran out"), "warn"),
        State.OVER: (_("No longer needed"), "calm"),
        State.READY: (_("Not begun"), "calm"),
        State.ELSEWHERE: (_("Begun"), "warn"),
    }[state]


def happened(event: LinkEvent) -> str:
    """What happened to a link, as a reader is told."""
    return {
        "sent": _("Sent"),
        "opened": _("Opened"),
        "begun": _("Begun"),
        "used": _("Update given"),
        "fresh": _("A fresh one was asked for"),
        "revoked": _("Ended"),
    }.get(event.what, event.what)


@desk_page
def listed(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Every link that was sent, newest first."""
    acting.body_where(Ability.WRITE_DELIVERY)
    page = Paginator(links_for(acting.user, acting.on), PER_PAGE).get_page(request.GET.get("page"))
    for each in page:
        each.word, each.tone = standing(each, acting.at)
    return render(request, "delivery/desk/links.html", {"page": page, "heading": _("Emailed links")})


@desk_page
def one(request: HttpRequest, acting: Acting, pk: int) -> HttpResponse:
    """One link: to whom, for what, everything that happened to it; take it back."""
    acting.body_where(Ability.WRITE_DELIVERY)
    link = get_object_or_404(links_for(acting.user, acting.on), pk=pk)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            revoke_link(link=link, reason=form.cleaned_data["reason"], by=acting.user, at=acting.at)
        if done():
            messages.success(request, _("The link is taken back. Whoever opens it is told so."))
            return redirect("delivery:desk-link", link.pk)
    word, tone = standing(link, acting.at)
    context = {
        "link": link,
        "subject": link.subject,
        "word": word,
        "tone": tone,
        "events": [(happened(event), event) for event in link.events.order_by("-pk")[:EVENTS]],
        "form": None if link.used_at or link.revoked_at else form,
        "heading": link.name,
    }
    return render(request, "delivery/desk/link.html", context)


@desk_page
def new(request: HttpRequest, acting: Acting, kind: str, pk: int) -> HttpResponse:
    """Send somebody a link by which to give an update on one thing."""
    subject = _subject(acting, kind, pk)
    require(acting.user, Ability.WRITE_DELIVERY, body_of(subject), on=acting.on)
    form = SendLinkForm(_offices(subject, acting), request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(request, form) as done:
            link = send_link(
                subject=subject,
                days=form.cleaned_data["days"],
                by=acting.user,
                at=acting.at,
                **form.reader(),
            )
        if done():
            words = _("A link was sent to %(name)s. It lasts until %(day)s.")
            until = f"{link.expires_at:%-d %B %Y}"
            messages.success(request, words % {"name": link.name, "day": until})
            return redirect("delivery:desk-link", link.pk)
    heading = _("Ask for an update by email")
    context = {"subject": subject, "form": form, "heading": heading}
    return render(request, "delivery/desk/link_new.html", context)


def _subject(acting: Acting, kind: str, pk: int) -> Action | Milestone:
    """The action or milestone that is asked about; 404 where the reader has none of that number."""
    if kind == "milestone":
        return milestone_for(acting.user, pk, acting.on)
    found = actions_for(acting.user, acting.on).filter(pk=pk).first() if kind == "action" else None
    if found is None:
        raise Http404(_("There is no such thing here."))
    return found


def _offices(subject: Action | Milestone, acting: Acting) -> tuple[tuple[Office, tuple[User, ...]], ...]:
    """The office that owes a thing and whoever holds it, to be offered first."""
    office = owner_office(subject)
    return ((office, holders(office, acting.on)),) if office is not None else ()
