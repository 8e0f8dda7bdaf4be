"""What a measure is, at the desk: read, written anew, checked, taken over, brought in and given out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from goldthread.core.governance.abilities import DEEDS, Ability
from goldthread.people.models import Body
from goldthread.performance.actions.measures import (
    adopt_shipped,
    check_definition,
    define_measure,
    make_theme,
    revise_measure,
)
from goldthread.performance.definitions import (
    Counted,
    Defined,
    defined,
    definition_seal,
    form_of,
    shipped,
    toml_of,
)
from goldthread.performance.desk.frame import About, can_of, open_measure, own_body
from goldthread.performance.forms.definitions import (
    BETTER,
    CHARTS,
    FREQUENCIES,
    SOURCES,
    QuestionsForm,
    TomlForm,
    answers_of,
)
from goldthread.performance.models import Definition, Measure
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.web.forms import WholeDate
from goldthread.web.templatetags.web import day, short_day

STARTING = """key = ""
name = ""
theme = ""
why = ""
better = "down"
unit = "offences"
frequency = "month"
chart = "xmr"
decimals = 0
multiplier = 1
caveats = []

[numerator]
source = "return"
words = ""

[target]
none = ""
"""


class CheckForm(forms.Form):
    """When a checked definition is looked at again."""

    review_on = WholeDate(
        label=gettext_lazy("Look at it again on"), help_text=gettext_lazy("Within three years.")
    )


def _version(about: About, number: int | None) -> Definition:
    """A version of a measure's definition; without a number the newest, checked where one is."""
    rows = about.measure.definitions.all()
    if number is not None:
        found = rows.filter(number=number).first()
    else:
        found = rows.checked().order_by("-number").first() or rows.first()
    if found is None:
        raise Http404(_("There is no such version."))
    found.measure = about.measure
    return found


@desk_page
def one(request: HttpRequest, acting: Acting, slug: str, number: int | None = None) -> HttpResponse:
    """What a measure is: its newest checked version, or another."""
    about = open_measure(request, acting, slug)
    version = _version(about, number)
    return _page(request, acting, about, version, CheckForm())


def _page(
    request: HttpRequest, acting: Acting, about: About, version: Definition, check: CheckForm
) -> HttpResponse:
    can = can_of(acting, about.measure.body)
    what = defined(version.form)
    newest = about.measure.definitions.checked().order_by("-number").values_list("number", flat=True).first()
    checks = can["check"] and not version.is_checked and version.author_id != acting.user.pk
    context = {
        "about": about,
        "here": _("Definition"),
        "version": {
            "number": version.number,
            "checked_on": version.checked_at,
            "superseded": version.is_checked and version.number != newest,
            "seal": version.seal or definition_seal(version.form),
        },
        "review_due": bool(version.review_on and version.review_on <= acting.on),
        "rows": list(told_rows(what)),
        "caveats": what.caveats,
        "check": check if checks else None,
        "seen": definition_seal(version.form),
        "frameworks": list(_frameworks(about)),
        "versions": [_version_row(about, row) for row in about.measure.definitions.all()],
        "answers": list(_answers(version)),
        "toml": toml_of(what),
        "can": can,
    }
    return render(request, "performance/desk/definition.html", context)


def told_rows(what: Defined) -> Iterator[tuple[str, str]]:
    """A definition in words, term by term."""
    yield _("What is counted"), _counted(what.numerator)
    if what.denominator is not None:
        yield _("Out of"), _counted(what.denominator)
        yield _("Multiplied by"), f"{what.multiplier:,g}"
    yield _("Why it matters"), what.why
    yield _("Which way is better"), str(dict(BETTER)[what.better])
    yield _("Unit"), what.unit
    yield _("How often"), str(dict(FREQUENCIES)[what.frequency])
    yield _("Chart"), str(dict(CHARTS)[what.chart])
    target = what.target
    yield (
        _("Target"),
        f"{target.value:,g} {what.unit}" if target.value is not None else _("None: %s") % target.none,
    )
    limits = [_("Freak jumps are left out") if what.limits.screen else _("Nothing is left out")]
    if what.limits.fix_after:
        limits.append(_("fixed after the first %d periods") % what.limits.fix_after)
    if what.limits.seasonal:
        limits.append(_("judged with the time of year taken out"))
    yield _("Usual range"), ", ".join(limits)


def _counted(counted: Counted) -> str:
    lines = [counted.words, f"{_('From')}: {str(dict(SOURCES)[counted.source]).lower()}"]
    lines += [f"{column.replace('_', ' ')}: {', '.join(values)}" for column, values in counted.where]
    if counted.column:
        lines.append(f"{_('Column')}: {counted.column}")
    return "\n".join(lines)


def _answers(version: Definition) -> Iterator[tuple[str, str]]:
    yield _("Author"), f"{version.author_name}, {day(version.made_at)}"
    if version.checked_at:
        yield _("Checked by"), f"{version.checker_name}, {day(version.checked_at)}"
    else:
        yield _("Checked by"), _("nobody yet: it is not used")
    if version.review_on:
        yield _("Next review"), day(version.review_on)


def _version_row(about: About, row: Definition) -> dict[str, Any]:
    words = _("Written by %(who)s.") % {"who": row.author_name}
    if row.checked_at:
        words += " " + _("Checked by %(who)s on %(day)s.") % {
            "who": row.checker_name,
            "day": day(row.checked_at),
        }
    return {
        "number": row.number,
        "when": short_day(row.made_at),
        "href": about.path("desk-version", row.number),
        "note": row.change,
        "status": _("Checked") if row.is_checked else _("Waits to be checked"),
        "tone": "good" if row.is_checked else "warn",
        "words": words,
    }


def _frameworks(about: About) -> Iterator[dict[str, str]]:
    for row in about.measure.memberships.select_related("framework").order_by("-starts"):
        until = f" – {short_day(row.ends)}" if row.ends else ""
        href = f"{reverse('performance:desk-frameworks')}#{row.framework.key}"
        since = "" if until else _("since") + " "
        yield {"name": row.framework.name, "href": href, "when": f"{since}{short_day(row.starts)}{until}"}


@desk_page
@require_POST
def check(request: HttpRequest, acting: Acting, slug: str, number: int) -> HttpResponse:
    """Put one's name to a definition that another wrote."""
    about = open_measure(request, acting, slug, Ability.CHECK_MEASURES)
    version = _version(about, number)
    form = CheckForm(request.POST)
    if form.is_valid():
        with refusals(request, form) as done:
            check_definition(
                definition=version,
                seen=request.POST.get("seen", ""),
                review_on=form.cleaned_data["review_on"],
                by=acting.user,
                at=acting.at,
            )
        if done():
            messages.success(request, _("Checked. From now on its figures are counted and judged by it."))
            return redirect(about.path("desk-definition"))
    return _page(request, acting, about, version, form)


@desk_page
def toml(request: HttpRequest, acting: Acting, slug: str, number: int) -> HttpResponse:
    """A version of a definition as a TOML file, to be kept or given to another office."""
    about = open_measure(request, acting, slug)
    version = _version(about, number)
    response = HttpResponse(toml_of(defined(version.form)), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{about.measure.key}.toml")
    return response


@desk_page
def new(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Define a measure of one's own."""
    body = own_body(acting, Ability.WRITE_MEASURES)
    form = _form(request, None)
    if request.method == "POST" and form.is_valid():
        what = form.read({})
        if what is not None:
            made = _define(request, acting, body, what, form)
            if made is not None:
                return redirect("performance:desk-definition", made.measure.slug)
    heading, back = _("Define a measure"), reverse("performance:desk-home")
    return _edit_page(request, form, heading, _("Keep it, to be checked"), back)


def _define(
    request: HttpRequest, acting: Acting, body: Body, what: Defined, form: forms.Form
) -> Definition | None:
    who = {"by": acting.user, "at": acting.at}
    made = None
    with refusals(request, form):
        theme = make_theme(body=body, name=what.theme, **who)
        made = define_measure(body=body, theme=theme, form=form_for_keeping(what), **who)
        messages.success(request, _("Kept. Somebody else checks it before it counts."))
    return made


def form_for_keeping(what: Defined) -> Mapping[str, Any]:
    """The form of a definition as an action takes it; who checked it elsewhere is not taken over."""
    form = form_of(what)
    form["review"] = {name: value for name, value in form["review"].items() if name == "next"}
    return form


@desk_page
def edit(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """Write a new version of a definition, or go on with the one that waits."""
    about = open_measure(request, acting, slug, Ability.WRITE_MEASURES)
    version = about.measure.definitions.drafts().first() or _version(about, None)
    kept = defined(version.form)
    form = _form(request, kept, version.change if not version.is_checked else "")
    if request.method == "POST" and form.is_valid():
        what = form.read(version.form)
        if what is not None:
            with refusals(request, form) as done:
                revise_measure(
                    measure=about.measure,
                    form=form_for_keeping(what),
                    change=form.cleaned_data["change"],
                    by=acting.user,
                    at=acting.at,
                )
            if done():
                messages.success(request, _("Kept. The checked version counts until this one is checked."))
                return redirect(about.path("desk-definition"))
    heading = _("Define “%(name)s” anew") % {"name": about.name}
    return _edit_page(request, form, heading, _("Keep the new version"), about.path("desk-definition"))


def _form(request: HttpRequest, kept: Defined | None, change: str = "") -> QuestionsForm | TomlForm:
    new = kept is None
    if _as_toml(request):
        initial = {"toml": toml_of(kept) if kept else STARTING, "change": change}
        return TomlForm(request.POST or None, request.FILES or None, initial=initial, new=new)
    initial = {**answers_of(kept), "change": change} if kept else {}
    return QuestionsForm(request.POST or None, initial=initial, new=new)


def _as_toml(request: HttpRequest) -> bool:
    return request.GET.get("by") == "toml"


def _edit_page(
    request: HttpRequest, form: QuestionsForm | TomlForm, heading: str, button: str, back: str
) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "here": heading,
        "button": button,
        "back": back,
        "as_toml": _as_toml(request),
    }
    return render(request, "performance/desk/edit.html", context)


@desk_page
def listed(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The definitions that come with the product; whoever may check one may take it over."""
    body = own_body(acting)
    adopts = Ability.CHECK_MEASURES in acting.abilities(body)
    if request.method == "POST":
        if not adopts:
            raise PermissionDenied(f"No office that you hold today lets you {DEEDS[Ability.CHECK_MEASURES]}.")
        with refusals(request) as done:
            made = adopt_shipped(body=body, key=request.POST.get("key", ""), by=acting.user, at=acting.at)
        if done():
            messages.success(request, _("“%(name)s” is kept here now.") % {"name": made.name})
        return redirect("performance:desk-shipped")
    kept = dict(Measure.objects.filter(body=body).values_list("key", "slug"))
    every = sorted(shipped().values(), key=lambda each: (each.theme, each.name))
    themes = [
        (theme, [_shipped_row(each, kept) for each in group])
        for theme, group in groupby(every, key=lambda each: each.theme)
    ]
    here = _("Measures that come with Goldthread")
    writes = Ability.WRITE_MEASURES in acting.abilities(body)
    context = {"here": here, "themes": themes, "adopts": adopts, "writes": writes}
    return render(request, "performance/desk/shipped.html", context)


def _shipped_row(each: Defined, kept: Mapping[str, str]) -> dict[str, str]:
    href = reverse("performance:desk-measure", args=[kept[each.key]]) if each.key in kept else ""
    return {"key": each.key, "name": each.name, "words": each.why, "href": href}
