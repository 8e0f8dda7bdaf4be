"""Nothing that was not issued can be reached: every public address, tried for every document."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from goldthread.plans.models import Document, Edition, SectionVersion
from goldthread.plans.reading import address_of
from goldthread.plans.site_urls import urlpatterns
from tests.plans.story import DRAFT, a_draft, a_plan, a_strategy, the_plan

SENTINEL = "SENTINEL"
LINK = re.compile(r'(?:href|src)="(/[^"#]*)')


@pytest.fixture
def held(cast):
    """An issued plan with a draft, a plan that is all draft, and another body's strategy."""
    the_plan(cast)
    unseen = a_plan(cast, "SENTINEL plan")
    a_draft(cast, unseen, "SENTINEL first draft", DRAFT, unseen.made_at.date())
    a_strategy(cast)


def _addresses(pattern: URLPattern) -> list[str]:
    """Every address of one public page, for every document, edition and section that there is."""
    found = []
    sections = [address_of(v.key, v.title) for v in SectionVersion.objects.all()]
    for document in Document.objects.all():
        slugs = list(document.editions.values_list("slug", flat=True))
        choices = {
            "plan": [document.slug],
            "edition": slugs,
            "old": slugs,
            "new": slugs,
            "section": sections,
            "day": ["2013-06-01", "2014-10-03"],
            "form": ["docx"],
            "seal": list(document.editions.exclude(seal="").values_list("seal", flat=True)) or ["0" * 64],
        }
        names = list(pattern.pattern.regex.groupindex) or list(pattern.pattern.converters)
        mixes: list[dict[str, str]] = [{}]
        for name in names:
            mixes = [mix | {name: choice} for mix in mixes for choice in choices[name]]
        found += [reverse(f"plans:{pattern.name}", kwargs=mix) for mix in mixes]
    return found


def test_no_public_address_gives_what_was_not_issued(held):
    client, answered = Client(), set()
    for pattern in urlpatterns:
        for address in _addresses(pattern):
            response = client.get(address)
            assert response.status_code in (200, 301, 302, 404), address
            assert SENTINEL not in response.content.decode("utf-8", "replace"), address
            if response.status_code == 200:
                answered.add(pattern.name)
                assert "sentinel" not in address
                assert "draft" not in address
    silent = {pattern.name for pattern in urlpatterns} - answered
    assert silent <= {"site-picture", *(f"site-{p}-attachment" for p in ("at", "edition", "plan"))}


def test_every_link_of_every_public_page_leads_somewhere(held):
    client = Client()
    waiting, seen = ["/"], {"/"}
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        assert response.status_code == 200, f"{address} gives {response.status_code}"
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        page = response.content.decode()
        assert SENTINEL not in page
        for link in LINK.findall(page):
            if link not in seen and not link.startswith(("/static/", "/sign-in")):
                seen.add(link)
                waiting.append(link)
    assert len(seen) > 40


def test_the_draft_of_an_issued_plan_has_no_address(held):
    draft = Edition.objects.get(label="October 2014 draft")
    for tail in ("", "whole/", "made/", "plan.docx", "answering-calls-1a1b2c3d/"):
        address = f"/plan/{draft.document.slug}/editions/{draft.slug}/{tail}"
        assert Client().get(address).status_code == 404
    for pair in (f"march-2014..{draft.slug}", f"{draft.slug}..march-2014"):
        for tail in ("", "changes.docx", "changes.csv"):
            assert Client().get(f"/plan/{draft.document.slug}/changes/{pair}/{tail}").status_code == 404
