"""What changed between two issued editions: page, table, Word and PDF."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from goldthread.plans.comparing import compared, compared_file, table_csv
from goldthread.plans.models import Edition
from goldthread.plans.published import Shelf, shelf_of
from goldthread.plans.site.answer import FILE, PAGE, answer
from goldthread.plans.site.editions import download
from goldthread.web.templatetags.web import day

FORMS = {"docx": _("Word with tracked changes"), "pdf": _("PDF")}


class PairForm(forms.Form):
    """Ask for two editions of one plan."""

    old = forms.ChoiceField(label=_("From the edition"))
    new = forms.ChoiceField(label=_("To the edition"))

    def __init__(self, shelf: Shelf, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [(e.slug, f"{e.label}, {day(e.issued_on)}") for e in reversed(shelf.editions)]
        self.fields["old"].choices = self.fields["new"].choices = choices
        before = shelf.before(shelf.newest) or shelf.newest
        self.fields["old"].initial, self.fields["new"].initial = before.slug, shelf.newest.slug

    def clean(self) -> dict[str, str]:
        """The two addresses, if they are of two editions."""
        given = super().clean() or {}
        if given.get("old") and given.get("old") == given.get("new"):
            raise ValidationError(_("Choose two different editions"))
        return given


@require_safe
def choose(request: HttpRequest, plan: str) -> HttpResponse:
    """A question for two editions, answered by the address of what changed between them."""
    shelf = shelf_of(plan, on=timezone.localdate())
    asked = "old" in request.GET or "new" in request.GET
    form = PairForm(shelf, request.GET if asked else None)
    if asked and form.is_valid():
        return redirect("plans:site-changes", plan, form.cleaned_data["old"], form.cleaned_data["new"])
    context = {"shelf": shelf, "plan": shelf.plan, "form": form}
    return render(request, "plans/site/choose_changes.html", context)


def pair(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """Call a view with two issued editions, the older first."""

    @require_safe
    def found(request: HttpRequest, plan: str, old: str, new: str, **more: str) -> HttpResponse:
        shelf = shelf_of(plan, on=timezone.localdate())
        first, second = shelf.find(old), shelf.find(new)
        if shelf.editions.index(first) > shelf.editions.index(second):
            name = f"plans:{request.resolver_match.url_name}"
            return HttpResponsePermanentRedirect(reverse(name, args=[plan, new, old, *more.values()]))
        return view(request, shelf, first, second, **more)

    return found


@pair
def page(request: HttpRequest, shelf: Shelf, old: Edition, new: Edition) -> HttpResponse:
    """What changed between two editions, in numbers, by section and word by word."""

    def make() -> HttpResponse:
        context = {
            "shelf": shelf,
            "plan": shelf.plan,
            "old": old,
            "new": new,
            "later": shelf.newest if new is not shelf.newest else None,
            "compared": compared(old, new),
            "files": [
                (name, reverse("plans:site-changes-file", args=[shelf.plan.slug, old.slug, new.slug, form]))
                for form, name in FORMS.items()
            ],
            "canonical": request.build_absolute_uri(request.path),
        }
        return render(request, "plans/site/changes.html", context)

    return _answer(request, shelf, old, new, make, PAGE)


@pair
def file(request: HttpRequest, shelf: Shelf, old: Edition, new: Edition, form: str) -> HttpResponse:
    """What changed, as a Word file with tracked changes or a PDF."""

    def make() -> HttpResponse:
        content = compared_file(old, new, form)
        return download(content, form, f"{shelf.plan.slug}-{old.slug}-to-{new.slug}.{form}")

    return _answer(request, shelf, old, new, make, FILE)


@pair
def table(request: HttpRequest, shelf: Shelf, old: Edition, new: Edition) -> HttpResponse:
    """The table of changes by section, as CSV."""

    def make() -> HttpResponse:
        content = table_csv(compared(old, new))
        response = download(content.encode("utf-8-sig"), "csv", f"{old.slug}-to-{new.slug}.csv")
        response.headers["Content-Type"] = "text/csv; charset=utf-8"
        return response

    return _answer(request, shelf, old, new, make, FILE)


def _answer(
    request: HttpRequest,
    shelf: Shelf,
    old: Edition,
    new: Edition,
    make: Callable[[], HttpResponse],
    lifetime: int,
) -> HttpResponse:
    seals = [shelf.seal, old.record_seal, new.record_seal]
    return answer(request, seals=seals, changed=shelf.sealed_at, make=make, lifetime=lifetime)
