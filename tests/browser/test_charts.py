"""Charts in real pages: no fault for axe, nothing refused by the policy, nothing too wide, no script."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route

import goldthread.web
from goldthread.core.spc.values import Assurance, Variation
from goldthread.files.charts.figures import description_of, sentence_of
from goldthread.files.charts.icons import assurance_icon, variation_icon
from goldthread.files.charts.model import Chart
from goldthread.files.charts.spark import sparkline
from goldthread.files.charts.svg import NARROW, svg
from goldthread.web.policy import POLICY
from tests.browser.axe import screenshot, too_wide, violations
from tests.files.charts.samples import (
    answered,
    burglary,
    districts,
    gaps,
    homicides,
    overtime,
    ranking,
    shoplifting,
)

ADDRESS = "http://localhost:9/"
STATIC = Path(goldthread.web.__file__).parent / "static" / "web"
CHARTS: tuple[Chart, ...] = (
    burglary(),
    shoplifting(),
    gaps(),
    answered(),
    overtime(),
    homicides(),
    ranking(9),
    ranking(40),
    districts(),
)


def _page(width: int) -> str:
    cards = "".join(
        f'<section class="card"><h2>{escape(chart.title)} {place}</h2><p>{escape(sentence_of(chart))}</p>'
        f"{svg(chart, width=NARROW if width < 600 else 920, name=f'chart-{place}')}</section>"
        for place, chart in enumerate(CHARTS, 1)
    )
    icons = "".join((*map(variation_icon, Variation), *map(assurance_icon, Assurance)))
    small = svg(sparkline(burglary()), name="spark")
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Charts</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="/look.css"></head><body><main><h1>Charts</h1>'
        f"{cards}<section><h2>Icons</h2><p>{icons} {small}</p></section></main></body></html>"
    )


def _answer(width: int) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS)
        if name.endswith((".css", ".woff2")):
            route.fulfill(
                body=(STATIC / name).read_bytes(),
                content_type="text/css" if name.endswith("s") else "font/woff2",
            )
        else:
            headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
            route.fulfill(body=_page(width), headers=headers)

    return answer


def _opened(context: BrowserContext, width: int) -> tuple[Page, list[str]]:
    faults: list[str] = []
    page = context.new_page()
    page.on("console", lambda line: faults.append(line.text))
    page.route(ADDRESS + "**", _answer(width))
    page.goto(ADDRESS)
    return page, faults


@pytest.mark.parametrize("width", [1280, 390])
def test_charts_can_be_used_by_everybody(visit: Callable[..., BrowserContext], width: int) -> None:
    page, faults = _opened(visit(width=width), width)
    assert violations(page) == []
    assert too_wide(page) <= 0
    assert faults == []
    named = page.get_by_role("img").all()
    assert len(named) >= len(CHARTS) + len(Variation) + len(Assurance)
    burglaries = page.get_by_role("img", name="Burglary, Cambridgeshire", exact=True).first
    assert burglaries.is_visible()
    screenshot(page, f"charts-{width}", (width,))


def test_a_chart_is_described_to_who_listens(visit: Callable[..., BrowserContext]) -> None:
    page, _ = _opened(visit(), 1280)
    first: Any = page.locator("svg.drawing").first
    described = page.locator(f"#{first.get_attribute('aria-describedby')}")
    assert described.text_content() == description_of(CHARTS[0])


def test_no_words_are_wider_in_a_browser_than_they_were_thought_to_be(
    visit: Callable[..., BrowserContext],
) -> None:
    """The drawing is laid out without a browser; here a browser measures every line of it."""
    page, _ = _opened(visit(), 1280)
    page.evaluate("document.fonts.ready")
    wider = page.evaluate(
        """() => [...document.querySelectorAll('svg.drawing')].flatMap(svg => {
            const boxes = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBBox()])
            const [wide, high] = [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height]
            const out = box => box.x < -1 || box.x + box.width > wide + 1 || box.y + box.height > high + 4
            return boxes.filter(([_, box]) => out(box)).map(([words]) => words)
        })"""
    )
    assert wider == []
