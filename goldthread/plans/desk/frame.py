"""What every staff page of plans does alike: who, when, and what to do with a refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from goldthread.core.governance.abilities import DEEDS, Ability
from goldthread.people.models import Body, User
from goldthread.people.queries import abilities, bodies_where, offices_asked_once
from goldthread.plans.keepers import keeper_of
from goldthread.plans.models import Document
from goldthread.plans.queries import KeptElsewhere, can_with

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Acting:
    """Who is acting, and the moment and London day on which they do."""

    user: User
    at: datetime
    on: date

    def abilities(self, body: Body) -> frozenset[Ability]:
        """All that this person may do at a body today."""
        return abilities(self.user, body, self.on)

    def can_with(self, document: Document) -> frozenset[Ability]:
        """All that this person may do with a document today."""
        return can_with(self.user, document, on=self.on)

    def body_where(self, ability: Ability) -> Body:
        """The first body at which this person may do something today; refused where there is none."""
        found = bodies_where(self.user, ability, self.on)
        if not found:
            raise PermissionDenied(f"No office that you hold today lets you {DEEDS[ability]}.")
        return found[0]


def desk_page(view: View) -> View:
    """A staff page: signed in, never cached, given an ``Acting`` after the request.

    A page that is only read asks for its reader's offices once. Whoever asks plans for a document
    that another app conducts is sent on to its page there.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        acting = Acting(request.user, timezone.now(), timezone.localdate())
        only_read = request.method in ("GET", "HEAD")
        try:
            with offices_asked_once() if only_read else nullcontext():
                return view(request, acting, *args, **kwargs)
        except KeptElsewhere as kept:
            return redirect(kept.address)

    return login_required(never_cache(page))


def stand_in_room(request: HttpRequest, document: Document) -> None:
    """Show the reader in the room that a document belongs to, whatever its address."""
    keeper = keeper_of(document)
    if keeper is not None:
        request.room = keeper.room


@contextmanager
def refusals(request: HttpRequest, form: forms.BaseForm | None = None) -> Iterator[Callable[[], bool]]:
    """Put what an action refuses beside its field, or at the top of the page; tells whether it went well."""
    went_well = True

    def done() -> bool:
        return went_well

    try:
        yield done
    except ValidationError as refusal:
        went_well = False
        if form is None:
            messages.error(request, " ".join(refusal.messages))
        elif hasattr(refusal, "error_dict"):
            for name, errors in refusal.error_dict.items():
                form.add_error(name if name in form.fields else None, errors)
        else:
            form.add_error(None, refusal)
