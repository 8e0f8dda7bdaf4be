"""An Atom feed of the editions of a plan, the newest first."""

from __future__ import annotations

from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goldthread.plans.published import Shelf, shelf_of
from goldthread.plans.site import words
from goldthread.plans.site.answer import answer


@require_safe
def editions(request: HttpRequest, plan: str) -> HttpResponse:
    """Every edition of a plan, with what changed and why."""
    shelf = shelf_of(plan, on=timezone.localdate())

    def make() -> HttpResponse:
        return HttpResponse(_feed(request, shelf), content_type="application/atom+xml; charset=utf-8")

    return answer(request, seals=[shelf.seal], changed=shelf.sealed_at, make=make)


def told(words: str) -> str:
    """Words as XML may carry them: what a paste left of control characters becomes spaces."""
    return "".join(" " if c < " " or c in "\x7f\ufffe\uffff" else c for c in words)


def _feed(request: HttpRequest, shelf: Shelf) -> str:
    plan = shelf.plan
    feed = Atom1Feed(
        title=told(_("Editions of %(plan)s") % {"plan": plan.title}),
        link=request.build_absolute_uri(reverse("plans:site-plan", args=[plan.slug])),
        description=told(words.running(shelf)),
        subtitle=told(words.running(shelf)),
        feed_url=request.build_absolute_uri(),
        author_name=told(plan.made_by),
        language=plan.lang,
    )
    for edition in reversed(shelf.editions):
        issued = timezone.make_aware(datetime.combine(edition.issued_on, time(12)))
        feed.add_item(
            title=told(edition.label),
            link=request.build_absolute_uri(reverse("plans:site-edition", args=[plan.slug, edition.slug])),
            description=told(edition.note) or _("In force from this day."),
            pubdate=issued,
            updateddate=edition.sealed_at,
        )
    return str(feed.writeString("utf-8"))
