"""The office's first page, a plan's front page, its whole text and its sections."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from goldthread.plans.published import shelves
from goldthread.plans.reading import OUTLINE, WHOLE, Entry, Outline, part_of, read_part
from goldthread.plans.site import words
from goldthread.plans.site.answer import answer
from goldthread.plans.site.editions import files_of
from goldthread.plans.site.place import Place, answer_at, page_at, placed
from goldthread.plans.stints import Story, story_name, story_of

LATELY = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the office has published of its plans, and what changed lately."""
    return _listing(request, "home")


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan that was issued, those that run today first."""
    return _listing(request, "plans")


def _listing(request: HttpRequest, page: str) -> HttpResponse:
    found = shelves(on=timezone.localdate())
    if not found:
        return render(request, f"plans/site/{page}.html", {"running": (), "past": (), "lately": ()})
    changes = [(e, before) for shelf in found for before, e in pairwise((None, *shelf.editions))]
    changes.sort(key=lambda change: (change[0].issued_on, change[0].pk), reverse=True)
    context = {
        "running": [(shelf, words.running(shelf)) for shelf in found if not shelf.ended],
        "past": [(shelf, words.running(shelf)) for shelf in found if shelf.ended],
        "lately": changes[:LATELY],
        "canonical": request.build_absolute_uri(request.path),
    }
    return answer(
        request,
        seals=[shelf.seal for shelf in found],
        changed=max(shelf.sealed_at for shelf in found),
        make=partial(render, request, f"plans/site/{page}.html", context),
    )


@require_safe
@placed
def front(request: HttpRequest, place: Place) -> HttpResponse:
    """The first page of an edition: what it is, what changed and why, its contents."""

    def make() -> HttpResponse:
        outline = read_part(place.edition, OUTLINE).outline
        before = place.shelf.before(place.edition)
        files = files_of(place)
        return page_at(request, "front", place, before=before, files=files, contents=contents(place, outline))

    return answer_at(request, place, make)


@require_safe
@placed
def whole(request: HttpRequest, place: Place) -> HttpResponse:
    """The whole text of an edition on one page."""

    def make() -> HttpResponse:
        opened = read_part(place.edition, WHOLE)
        return page_at(
            request, "whole", place, "whole", html=opened.html, contents=contents(place, opened.outline)
        )

    return answer_at(request, place, make)


@require_safe
@placed
def section(request: HttpRequest, place: Place, section: str) -> HttpResponse:
    """One section with its subsections, what comes before and after it, and since when it has stood."""
    return answer_at(request, place, partial(_section, request, place, section))


def _section(request: HttpRequest, place: Place, address: str) -> HttpResponse:
    opened = read_part(place.edition, part_of(address), story_name(place.shelf))
    here = _entry(opened.outline, address)
    story = story_of(place.shelf, form=opened.more.get(story_name(place.shelf), ""))
    if here is None:
        key = story.key_at(address)
        if not key:
            raise Http404("There is no such section.")
        return _absent(request, place, story, key)
    if here.address != address:
        return HttpResponsePermanentRedirect(place.url("section", here.address))
    stints = story.stints(here.key)
    return page_at(
        request,
        "section",
        place,
        "section",
        here.address,
        here=here,
        here_name=name_of(here),
        html=opened.html,
        stood=words.stood(stints, place.edition),
        history=words.history(stints),
        **_now(request, place, story, here.key),
        **_around(place, opened.outline, here),
    )


def _now(request: HttpRequest, place: Place, story: Story, key: str) -> dict[str, str]:
    """Where the section stands in what is in force today, if it still does."""
    if not story.stands(key):
        return {"now_url": place.in_force.url(), "permanent": ""}
    address = place.in_force.url("section", story.address(key))
    return {"now_url": address, "permanent": request.build_absolute_uri(address)}


def _absent(request: HttpRequest, place: Place, story: Story, key: str) -> HttpResponse:
    """That a section is not in this edition, and where it last stood."""
    last = Place(place.shelf, story.last_with(key), named=True)
    return page_at(
        request,
        "no_section",
        place,
        status=404,
        title=story.titles[key],
        last=last,
        last_url=last.url("section", story.address(key)),
    )


def _around(place: Place, outline: Outline, here: Entry) -> dict[str, object]:
    """What stands above, before and after a section, with addresses."""
    index = outline.index(here)
    before = _next(outline[index - 1 :: -1] if index else (), here)
    after = _next(outline[index + 1 :], here)
    return {
        "above": [(entry, place.url("section", entry.address)) for entry in _above(outline, index)],
        "before": before,
        "before_url": place.url("section", before.address) if before else "",
        "after": after,
        "after_url": place.url("section", after.address) if after else "",
    }


def name_of(entry: Entry) -> str:
    """A section as it is spoken of: its number and title."""
    return f"{entry.number} {entry.title}".strip()


def contents(place: Place, outline: Outline) -> list[tuple[Entry, str, list[tuple[Entry, str]]]]:
    """The top sections of an edition with their address, each with the sections just below it."""
    found: list[tuple[Entry, str, list[tuple[Entry, str]]]] = []
    for entry in outline:
        address = place.url("section", entry.address)
        if entry.depth == 0:
            found.append((entry, address, []))
        elif entry.depth == 1 and found:
            found[-1][2].append((entry, address))
    return found


def _entry(outline: Outline, address: str) -> Entry | None:
    """The section at an address: the very same, else one whose permanent key is the same."""
    exact = next((entry for entry in outline if entry.address == address), None)
    return exact or next((entry for entry in outline if entry.address[-8:] == address[-8:]), None)


def _above(outline: Outline, index: int) -> list[Entry]:
    """The sections that a section stands in, outermost first."""
    found: list[Entry] = []
    depth = outline[index].depth
    for entry in reversed(outline[:index]):
        if entry.depth < depth:
            found.insert(0, entry)
            depth = entry.depth
    return found


def _next(outline: Outline, here: Entry) -> Entry | None:
    """The first of some sections that does not stand in this one or deeper."""
    return next((entry for entry in outline if entry.depth <= here.depth), None)
