"""Cross-references: the matrix both ways, linking, reading side by side, clearing and ending."""

from __future__ import annotations

import csv

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from goldthread.core.governance.abilities import Ability
from goldthread.core.governance.links import LinkState
from goldthread.plans.actions.links import clear, end_link, link
from goldthread.plans.comparing import sheet_cell
from goldthread.plans.crossings import (
    Coverage,
    LinkStanding,
    Matrix,
    link_for,
    matrix,
    standing_of_link,
    strategies_for,
    suggestions,
)
from goldthread.plans.desk.frame import Acting, desk_page, refusals
from goldthread.plans.forms import ClearForm, LinkForm, ReasonForm
from goldthread.plans.models import Document, DocumentKind
from goldthread.plans.queries import document_for, working_edition
from goldthread.plans.weaving import section_html, versions_at, woven_sections


def _plan(acting: Acting, slug: str, ability: Ability = Ability.READ_DRAFTS) -> Document:
    found = document_for(acting.user, slug, on=acting.on, ability=ability)
    if found.kind != DocumentKind.PLAN:
        raise Http404(_("Only a plan is linked to strategies."))
    return found


@desk_page
def links(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """What each section rests on, and what rests on each clause."""
    plan = _plan(acting, slug)
    strategies = strategies_for(acting.user, plan, on=acting.on)
    whole = matrix(plan, strategies)
    way = "clauses" if request.GET.get("way") == "clauses" else "sections"
    context = {
        "plan": plan,
        "edition": working_edition(plan),
        "strategies": strategies,
        "matrix": whole,
        "way": way,
        "rows": whole.clauses if way == "clauses" else whole.sections,
        "counts": _counts(whole),
        "can": acting.abilities(plan.body),
    }
    return render(request, "plans/desk/links.html", context)


def _counts(whole: Matrix) -> list[tuple[int, str]]:
    """How many sections stand how, for the line of figures."""
    states = [row.state for row in whole.sections]
    named = (
        (LinkState.COVERS, "sections covered"),
        (LinkState.SUSPECT, "doubtful"),
        (LinkState.ORPHANED, "orphaned"),
    )
    counts = [(states.count(state), words) for state, words in named]
    bare = sum(1 for row in whole.clauses if row.state is LinkState.UNLINKED)
    return [*counts, (states.count(LinkState.UNLINKED), "sections unlinked"), (bare, "clauses unlinked")]


@desk_page
def links_csv(request: HttpRequest, acting: Acting, slug: str) -> HttpResponse:
    """The matrix as CSV, one line a link or an unlinked section or clause, both ways."""
    plan = _plan(acting, slug)
    whole = matrix(plan, strategies_for(acting.user, plan, on=acting.on))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{plan.slug}-links.csv"'
    out = csv.writer(response)
    out.writerow(
        [
            "way",
            "document",
            "number",
            "title",
            "state",
            "other document",
            "other number",
            "other title",
            "reason",
            "by",
            "on",
        ]
    )
    for way, rows in (("section", whole.sections), ("clause", whole.clauses)):
        for row in rows:
            out.writerows(_csv_lines(way, row))
    return response


def _csv_lines(way: str, row: Coverage) -> list[list[str]]:
    own = [way, row.entry.document.title, row.entry.number, row.entry.title]
    if not row.links:
        return [[sheet_cell(cell) for cell in (*own, LinkState.UNLINKED.value, "", "", "", "", "", "")]]
    lines = []
    for other, standing in row.links:
        document = standing.link.strategy if way == "section" else standing.link.plan
        names = [other.number, other.title] if other else ["", _("(no longer there)")]
        pin = standing.pin
        line = [
            *own,
            standing.state.value,
            document.title,
            *names,
            pin.reason,
            pin.by_name,
            f"{pin.at:%Y-%m-%d}",
        ]
        lines.append([sheet_cell(cell) for cell in line])
    return lines


@desk_page
def add_link(request: HttpRequest, acting: Acting, slug: str, key: str) -> HttpResponse:
    """Link a section to a clause, the likeliest offered first."""
    plan = _plan(acting, slug, Ability.CROSS_REFERENCE)
    strategies = strategies_for(acting.user, plan, on=acting.on)
    whole = matrix(plan, strategies)
    row = next((r for r in whole.sections if r.entry.key == key), None)
    if row is None:
        raise Http404(_("There is no such section."))
    likely = suggestions(plan, key, strategies)
    chosen = [f"{entry.document.pk}:{entry.key}" for entry, _score in likely]
    entries = {f"{r.entry.document.pk}:{r.entry.key}": r.entry for r in whole.clauses}
    wanted = request.GET.get("all") == "1" or not chosen
    names = list(entries) if wanted else chosen
    clauses = [
        (name, f"{entries[name].document.title}: {entries[name].number} {entries[name].title}")
        for name in names
    ]
    form = LinkForm(request.POST or None, clauses=clauses)
    if request.method == "POST" and form.is_valid():
        entry = entries[form.cleaned_data["clause"]]
        with refusals(request, form) as done:
            link(
                plan=plan,
                section_key=key,
                strategy=entry.document,
                clause_key=entry.key,
                reason=form.cleaned_data["reason"],
                by=acting.user,
                at=acting.at,
            )
        if done():
            messages.success(request, _("Linked, and pinned to what both say today."))
            return redirect("plans:desk-links", slug)
    texts = versions_at(strategies, {entry.key for entry, _score in likely})
    context = {
        "plan": plan,
        "row": row,
        "form": form,
        "likely": [
            (entry, round(score * 100), section_html(texts[entry.key].form, None, slug=entry.document.slug))
            for entry, score in likely
        ],
        "all": wanted,
        "strategies": strategies,
        "section": section_html(versions_at([plan], {key})[key].form, None, slug=slug),
    }
    return render(request, "plans/desk/add_link.html", context)


@desk_page
def one_link(request: HttpRequest, acting: Acting, slug: str, pk: int) -> HttpResponse:
    """Both texts of a link side by side, with what changed in each since they were read together."""
    made = link_for(acting.user, slug, pk, on=acting.on)
    standing = standing_of_link(made)
    seals = {
        "section_seal": standing.section.seal if standing.section else "",
        "clause_seal": standing.clause.seal if standing.clause else "",
    }
    clearing, ending = ClearForm(initial=seals, prefix="clear"), ReasonForm(prefix="end")
    if request.method == "POST":
        ends = request.POST.get("do") == "end"
        form = ReasonForm(request.POST, prefix="end") if ends else ClearForm(request.POST, prefix="clear")
        clearing, ending = (clearing, form) if ends else (form, ending)
        if form.is_valid():
            given = form.cleaned_data
            with refusals(request, form) as done:
                if ends:
                    end_link(made=made, reason=given["reason"], by=acting.user, at=acting.at)
                else:
                    seen = (given["section_seal"], given["clause_seal"])
                    clear(made=made, seen=seen, reason=given["reason"], by=acting.user, at=acting.at)
            if done():
                messages.success(
                    request, _("The link was ended.") if ends else _("Cleared. The reason is kept.")
                )
                return redirect("plans:desk-links", slug)
    context = {
        "plan": made.plan,
        "made": made,
        "standing": standing,
        "sides": _sides(standing),
        "pins": made.pins.order_by("-pk"),
        "clearing": clearing,
        "ending": ending,
        "can": acting.abilities(made.plan.body),
    }
    return render(request, "plans/desk/one_link.html", context)


def _sides(standing: LinkStanding) -> list[dict[str, object]]:
    """Each side now, with what changed in it since the link was last read."""
    pin, made = standing.pin, standing.link
    pairs = (
        (made.plan, made.section_key, pin.section_seal, standing.section, standing.section_moved),
        (made.strategy, made.clause_key, pin.clause_seal, standing.clause, standing.clause_moved),
    )
    return [
        {
            "document": document,
            "version": now,
            "moved": moved,
            "html": woven_sections(then.form, now.form, slug=document.slug)
            if now and moved and (then := document.versions.filter(key=key, seal=seal).first())
            else section_html(now.form, None, slug=document.slug)
            if now
            else "",
        }
        for document, key, seal, now, moved in pairs
    ]
