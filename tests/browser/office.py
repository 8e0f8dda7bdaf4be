"""The demonstration office, served as `make demo` serves it: a process of its own, a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path) -> dict[str, str]:
    """The environment of the command: its own folder, the embedded database, nothing from the tests."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GOLDTHREAD_", "DJANGO_"))}
    return {**kept, "GOLDTHREAD_HOME": str(home), "GOLDTHREAD_DEMO": "yes"}


def command(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one `goldthread` command on a folder, as an officer would in a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "goldthread", *arguments],
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@contextmanager
def served(home: Path, *, within: float = 120) -> Iterator[str]:
    """The office in a folder, served until the block ends; gives its address, within seconds."""
    port = free_port()
    log = (home.parent / f"{home.name}.log").open("wb")
    arguments = [sys.executable, "-m", "goldthread", "demo", "--port", str(port)]
    process = subprocess.Popen(arguments, env=environment(home), stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process, Path(log.name), within)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def _wait(address: str, process: subprocess.Popen[bytes], log: Path, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"The office did not start:\n{log.read_text()[-4000:]}")
        try:
            with urllib.request.urlopen(f"{address}/sign-in/", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"The office did not answer in {seconds} seconds:\n{log.read_text()[-4000:]}")


def copied(prepared: Path, home: Path) -> Path:
    """A copy of a prepared office, so that each journey begins from the same day."""
    return Path(shutil.copytree(prepared, home))


def sign_in(page: Page, office: str, name: str) -> None:
    """Sign in as one of the demonstration's named staff."""
    page.goto(f"{office}/sign-in/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url("**/desk/**")
