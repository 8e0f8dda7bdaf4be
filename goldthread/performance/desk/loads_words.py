"""How loads are told: their standing in a word, how far they have come, what they changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goldthread.people.models import Body
from goldthread.performance.loading.known import counted_from
from goldthread.performance.loading.records import in_force
from goldthread.performance.loading.typed import worded
from goldthread.performance.models import Figure, Load, LoadStage, SourceKind, Stated
from goldthread.web.templatetags.web import day, grouped

WORDS = {
    LoadStage.UPLOADED: (gettext_lazy("handed in"), "calm"),
    LoadStage.READ: (gettext_lazy("columns to be matched"), "warn"),
    LoadStage.CHECKED: (gettext_lazy("to be confirmed"), "warn"),
    LoadStage.LOADING: (gettext_lazy("being loaded"), "calm"),
    LoadStage.STANDING: (gettext_lazy("stands"), "good"),
    LoadStage.FAILED: (gettext_lazy("not loaded"), "bad"),
    LoadStage.UNDONE: (gettext_lazy("undone"), "calm"),
}
LISTED = 200
LATE = timedelta(minutes=2)


def loads_for(body: Body) -> QuerySet[Load]:
    """The loads of a body, newest first."""
    return Load.objects.filter(body=body).select_related("source")[:LISTED]


def rows_of(loads: Iterable[Load]) -> list[dict[str, Any]]:
    """Loads for a list: each with its word, its tone and what it changed."""
    return [
        {"load": load, "word": standing(load)[0], "tone": standing(load)[1], "said": said(load)}
        for load in loads
    ]


def standing(load: Load) -> tuple[str, str]:
    """Where a load stands in a word, and the tone of it."""
    if load.progress.get("put_away"):
        return _("put away"), "calm"
    if load.status == LoadStage.CHECKED and _stopped(load):
        return _("to be mended"), "bad"
    if load.progress.get("doing"):
        return _("being checked"), "calm"
    word, tone = WORDS[LoadStage(load.status)]
    return str(word), tone


def said(load: Load) -> str:
    """What a load changed or what became of it, in a line."""
    if load.status in (LoadStage.STANDING, LoadStage.UNDONE):
        changes = load.counts.get("changes", {})
        if not any(changes.get(name) for name in ("new", "revised", "settled")):
            people = load.counts.get("figures", 0) - changes.get("unchanged", 0)
            return _("%(n)s populations") % {"n": grouped(people)} if people else _("no figure changed")
        return ", ".join(_changed(changes))
    return load.reason


def _changed(changes: dict[str, Any]) -> list[str]:
    new, revised, settled = (int(changes.get(name, 0)) for name in ("new", "revised", "settled"))
    lines = []
    if new:
        lines.append(ngettext("%(n)s new figure", "%(n)s new figures", new) % {"n": grouped(new)})
    if revised:
        lines.append(_("%(n)s revised") % {"n": grouped(revised)})
    if settled:
        lines.append(_("%(n)s changed only in being provisional") % {"n": grouped(settled)})
    return lines


def _stopped(load: Load) -> bool:
    """Whether faults keep a checked load from being confirmed as it is."""
    return bool(load.problems) and load.source.kind != SourceKind.STREET


def job_of(load: Load, at: datetime) -> dict[str, Any]:
    """A check or a load under way, for the progress part; says so where nobody has begun it."""
    checking = load.status == LoadStage.READ and bool(load.progress.get("doing"))
    running = load.status == LoadStage.LOADING
    words = load.progress.get("words") or _("It waits its turn. You can leave this page and come back.")
    asked = load.progress.get("asked") if checking else None
    since = datetime.fromisoformat(asked) if asked else load.begun_at
    if not load.progress.get("words") and since is not None and at - since > LATE:
        words = _("Nothing has begun it. Ask whoever looks after Goldthread whether its worker runs.")
    heading = _("Checking %(name)s") if checking else _("Loading %(name)s")
    return {
        "url": reverse("performance:desk-load-progress", args=[load.pk]),
        "heading": heading % {"name": load.name},
        "words": words,
        "done": load.progress.get("done", 0),
        "total": 100 if load.progress.get("done") else 0,
        "finished": not (checking or running),
    }


def page_of(load: Load) -> dict[str, Any]:
    """What the page of a load says beside its stage."""
    changes, counts = load.counts.get("changes", {}), load.counts
    street = load.source.kind == SourceKind.STREET
    word, tone = standing(load)
    return {
        "word": word,
        "tone": tone,
        "street": street,
        "archive": _archive(load) if street else "",
        "stopped": _stopped(load),
        "problems": load.problems,
        "more_problems": max(0, counts.get("wrong", 0) - len(load.problems)),
        "told": counts.get("told", []),
        "told_more": max(0, counts.get("told_all", 0) - len(counts.get("told", []))),
        "figures": figures_line(load),
        "revised": [revision(each) for each in changes.get("list", [])],
        "revised_more": max(0, int(changes.get("revised", 0)) - len(changes.get("list", []))),
        "nothing": _nothing(load),
        "uncounted": street and load.status == LoadStage.STANDING and not counts.get("figures"),
        "some": bool(counts.get("figures")),
        "startable": load.status == LoadStage.FAILED and not load.progress.get("put_away") and _again(load),
    }


def _again(load: Load) -> bool:
    """Whether a load that failed could be begun again as it is."""
    return bool(load.sha256) and (bool(load.match) or bool(load.understood.get("files")))


def _nothing(load: Load) -> bool:
    """Whether a checked table would change nothing at all."""
    changes = load.counts.get("changes")
    if load.status != LoadStage.CHECKED or changes is None or load.source.kind == SourceKind.POPULATION:
        return False
    return not any(changes.get(name) for name in ("new", "revised", "settled"))


def figures_line(load: Load) -> list[tuple[str, str]]:
    """A few numbers about a load."""
    counts, changes = load.counts, load.counts.get("changes", {})
    names = (
        ("rows", _("records") if load.source.kind == SourceKind.STREET else _("rows read")),
        ("parts", _("months of a force")),
        ("replaced", _("replaced earlier ones")),
        ("same", _("held already")),
        ("wrong", _("to be looked at")),
    )
    lines = [(grouped(counts[name]), words) for name, words in names if counts.get(name)]
    for name, words in (
        ("new", _("new figures")),
        ("revised", _("revised")),
        ("unchanged", _("unchanged")),
    ):
        if changes.get(name):
            lines.append((grouped(changes[name]), words))
    return lines


def revision(form: dict[str, Any]) -> dict[str, str]:
    """A revised figure for a table: what it is of, what it was and what it is now."""
    period = worded(date.fromisoformat(form["period"]), form.get("frequency", "month"))
    facts = {"measure": form["measure"], "area": form["area"], "period": period}
    return {**facts, "was": _amount(*form["was"]), "now": _amount(*form["is"])}


def _amount(stated: str, value: float | None) -> str:
    if stated == Stated.SUPPRESSED:
        return _("suppressed")
    if stated == Stated.MISSING or value is None:
        return _("missing")
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"


def _archive(load: Load) -> str:
    """What an archive seems to hold, in a sentence."""
    found = load.understood
    if not found.get("files"):
        return ""
    files = ngettext("%(n)s file", "%(n)s files", found["files"]) % {"n": grouped(found["files"])}
    forces = found.get("forces", [])
    if not forces or not found.get("first"):
        return files
    who = ", ".join(forces[:3]) if len(forces) < 4 else _("%(n)s forces") % {"n": len(forces)}
    first, last = (day(date.fromisoformat(found[name])).split(" ", 1)[1] for name in ("first", "last"))
    when = first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
    return f"{files}: {who}, {when}."


def uncounted(body: Body) -> int:
    """How many street-level measures in use have no figures although crime records are held."""
    measures = [each.measure.pk for each in counted_from(body, SourceKind.STREET)]
    if not measures or not in_force():
        return 0
    figures = Figure.objects.filter(measure__in=measures, load__status=LoadStage.STANDING)
    return len(measures) - figures.values("measure").distinct().count()
