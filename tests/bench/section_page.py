"""How fast the public reads: one section of a plan of 60 sections and 12 editions, at 2 workers.

    python tests/bench/section_page.py [seconds]

Serves the plan and, from the same server, the very bytes of that page as a static file; asks for each in
turn with wrk over 8 connections, and prints requests a second and the ratio between them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path

PORT = 8791
BASE = f"http://127.0.0.1:{PORT}"
SECTIONS, EDITIONS = 60, 12


def build() -> str:
    """Fill the installation; gives the address of a section in the middle of the plan."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "goldthread.config.settings"
    import_module("django").setup()
    import_module("goldthread.config.beginning").prepare()
    texts = import_module("goldthread.core.text")
    actions = import_module("goldthread.plans.actions.editions")
    gates = import_module("goldthread.plans.actions.gates")
    stages = import_module("goldthread.core.governance.stages")
    cast = import_module("tests.cast").Cast()
    at = datetime(2013, 1, 2, 10, tzinfo=UTC)
    keys = [texts.new_key() for _ in range(SECTIONS)]
    document = actions.create_document(
        body=cast.body, kind="plan", title="A plan", made_by="Us", by=cast.commissioner, at=at
    )
    parent = None
    for number in range(EDITIONS):
        text = texts.Text("A plan", tuple(_section(texts, key, number) for key in keys))
        parent = actions.start_edition(
            document=document,
            label=f"Edition {number + 1}",
            parent=parent,
            text=text,
            by=cast.commissioner,
            at=at,
        )
        _through_the_gates(gates, stages, cast, parent, at.date() + timedelta(days=30 * number))
    return f"/plan/{document.slug}/"


def _section(texts: object, key: str, number: int) -> object:
    """A section of about 300 words, one paragraph of which changes with every edition."""
    words = "The commissioner will hold the chief constable to account for what was promised here. " * 5
    blocks = [
        texts.Prose(f"{key[:30]}-{place}", texts.Kind.PARAGRAPH, (texts.Run(words),), True)
        for place in range(4)
    ]
    blocks.append(
        texts.Typed(f"{key[:30]}-p", texts.Kind.PLEDGE, (texts.Run(f"We will do this, {number}."),))
    )
    return texts.Section(key, f"Section {key[:4]}", tuple(blocks))


def _through_the_gates(gates: object, stages: object, cast: object, edition: object, on: date) -> None:
    seen = import_module("goldthread.plans.queries").current_seal(edition)[0]
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    given = gates.Given(on, "A body", cast.commissioner.name, "Words")
    moves = stages.Move
    who = {moves.RESPOND: cast.commissioner}
    for gate in stages.GATES:
        whose = {"edition": edition, "given": given, "seen": seen, "at": at}
        if gate.move is moves.APPROVE:
            gates.decide(decided_by=cast.commissioner, by=cast.chief_executive, **whose)
        elif gate.move is moves.SUBMIT:
            file = {"name": "plan.pdf", "words": "The plan", "sha256": "0" * 64, "size": 1}
            gates.submit(files=[file], by=cast.chief_executive, **whose)
        elif gate.move is moves.ISSUE:
            gates.issue(by=cast.commissioner, **whose)
        else:
            gates.pass_gate(move=gate.move, by=who.get(gate.move, cast.chief_executive), **whose)


def serve(home: Path) -> subprocess.Popen[bytes]:
    """The server that an office runs: gunicorn with two workers."""
    arguments = ["-m", "gunicorn", "-w", "2", "-b", f"127.0.0.1:{PORT}", "goldthread.config.wsgi:application"]
    process = subprocess.Popen([sys.executable, *arguments], stderr=subprocess.DEVNULL)
    for _ in range(100):
        try:
            urllib.request.urlopen(BASE + "/plan/", timeout=2).close()
            return process
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


def rate(path: str, seconds: int) -> float:
    """Requests a second, by wrk."""
    command = ["wrk", "-t2", "-c8", f"-d{seconds}s", BASE + path]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out:
        raise SystemExit(f"{path} was refused:\n{out}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))


def main(seconds: int) -> int:
    if not shutil.which("wrk"):
        print("wrk is not installed (Debian package wrk).")
        return 2
    home = Path(tempfile.mkdtemp(prefix="goldthread-bench-"))
    os.environ["GOLDTHREAD_HOME"] = str(home)
    os.environ.pop("GOLDTHREAD_DEMO", None)
    started = time.monotonic()
    front = build()
    print(f"built {EDITIONS} editions of {SECTIONS} sections in {time.monotonic() - started:.1f} s")
    process = serve(home)
    try:
        contents = urllib.request.urlopen(BASE + front).read().decode()
        sections = re.findall(rf'href="({re.escape(front)}section-[-\w]+/)"', contents)
        page = sections[len(sections) // 2]
        content = urllib.request.urlopen(BASE + page).read()
        (home / "static" / "page.html").write_bytes(content)
        process.terminate()
        process.wait()
        process = serve(home)
        rate(page, 1)
        ours, static = rate(page, seconds), rate("/static/page.html", seconds)
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(home)
    print(f"section page ({len(content):,} bytes): {ours:,.0f} requests a second")
    print(f"the same bytes as a static file:      {static:,.0f} requests a second")
    print(f"ratio: {ours / static:.2f} of the static file")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8))
