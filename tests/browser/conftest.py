"""Journeys in the machine's own Chromium, which may reach nothing but this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, sync_playwright

from tests.browser.office import copied, served

HERE = {"localhost", "127.0.0.1", "::1"}
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey in a browser, and takes its time."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys; they are left out where the machine has none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        pytest.skip("Chromium is not installed")
    # Playwright's loop runs in this thread; Django would refuse to use the database beside it.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def _with_address(line: ConsoleMessage) -> str:
    """What the console said, and of which address."""
    return f"{line.text} {line.location.get('url', '')}".rstrip()


def _only_here(route: Route) -> None:
    if urlsplit(route.request.url).hostname in HERE:
        route.continue_()
    else:
        route.abort()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A factory of visits: each has its own cookies, so two people may use the product at once.

    `visit(width=390, scripts=False)`; keyword arguments beyond these go to Playwright's new_context.
    """
    opened: list[BrowserContext] = []

    def begin(width: int = 1280, *, scripts: bool = True, **options: Any) -> BrowserContext:
        size = {"width": width, "height": 900}
        context = browser.new_context(
            viewport=size, java_script_enabled=scripts, locale="en-GB", reduced_motion="reduce", **options
        )
        context.set_default_timeout(10_000)
        context.route("**/*", _only_here)
        opened.append(context)
        return context

    yield begin
    for context in opened:
        context.close()


@pytest.fixture
def page_at(visit: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """A factory of pages: `page_at(390)` opens one as wide as a phone, in a visit of its own.

    The page keeps what goes wrong in it: `page.faults` lists script errors and refusals by the policy.
    """

    def begin(width: int = 1280, **options: Any) -> Page:
        page = visit(width, **options).new_page()
        faults: list[str] = []
        page.faults = faults  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(_with_address(line)) if line.type == "error" else None)
        return page

    return begin


@pytest.fixture
def page(page_at: Callable[..., Page]) -> Page:
    """A page 1280 pixels wide."""
    return page_at()


@pytest.fixture(scope="session")
def prepared_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration office, loaded once; journeys work on copies."""
    home = tmp_path_factory.mktemp("office") / "prepared"
    home.mkdir()
    with served(home, within=300):  # it is loaded first, with six packs that are built
        pass
    return home


@pytest.fixture
def office_home(prepared_office: Path, tmp_path: Path) -> Path:
    """A folder with the office as it was loaded."""
    return copied(prepared_office, tmp_path / "home")


@pytest.fixture
def office(office_home: Path) -> Iterator[str]:
    """The office served for one journey; gives its address."""
    with served(office_home) as address:
        yield address


@pytest.fixture(scope="session")
def open_office(prepared_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One office for journeys that leave room for each other: each keeps to its own sections."""
    with served(copied(prepared_office, tmp_path_factory.mktemp("open") / "home")) as address:
        yield address
