"""Time and memory of a step, in a process of its own: seconds as the step counts them, peak of the tree.

Used by the benches of the warehouse. A step is a function of the bench's own file, named on its command line;
it gives what is worth printing, and what it gives under "seconds" is its time without start-up.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

PAGE = os.sysconf("SC_PAGE_SIZE")
EVERY = 0.02
LIMIT = 1800


@dataclass(frozen=True)
class Taken:
    """What a step took: seconds, seconds of processor, the peak of its processes in MB, and what it gave."""

    seconds: float
    cpu: float
    peak: float
    gave: dict[str, Any]


def run(script: str, step: str, *arguments: str, repeats: int = 1) -> Taken:
    """Run a step so many times in fresh processes; the quickest counts, and the highest peak."""
    return in_turn(script, [(step, *arguments)], repeats)[0]


def in_turn(script: str, steps: list[tuple[str, ...]], repeats: int) -> list[Taken]:
    """The same for several steps, one after another and again, so that a busy minute meets them all."""
    rounds = [[_once(script, name, arguments) for name, *arguments in steps] for _ in range(repeats)]
    return [_best(list(taken)) for taken in zip(*rounds, strict=True)]


def _best(taken: list[Taken]) -> Taken:
    best = min(taken, key=lambda one: one.seconds)
    return replace(best, cpu=min(one.cpu for one in taken), peak=max(one.peak for one in taken))


def _once(script: str, step: str, arguments: list[str]) -> Taken:
    command = [sys.executable, script, "--step", step, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONWARNINGS": "ignore"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        watch = _Watch(process.pid)
        watch.start()
        said = process.stdout.read() if process.stdout else ""
        process.wait(LIMIT)
        watch.over = True
        watch.join()
    if process.returncode:
        raise SystemExit(f"The step {step} failed.")
    gave = json.loads(said.splitlines()[-1])
    return Taken(gave.pop("seconds"), gave.pop("cpu"), watch.peak / 2**20, gave)


class _Watch(threading.Thread):
    """Adds up the resident memory of a process and all below it, again and again."""

    def __init__(self, parent: int) -> None:
        super().__init__(daemon=True)
        self.parent, self.peak, self.over = parent, 0, False

    def run(self) -> None:
        while not self.over:
            self.peak = max(self.peak, sum(_resident(process) for process in _tree(self.parent)))
            time.sleep(EVERY)


def _tree(parent: int) -> list[int]:
    found, at = [parent], 0
    while at < len(found):
        try:
            for thread in Path(f"/proc/{found[at]}/task").iterdir():
                found += map(int, (thread / "children").read_text().split())
        except OSError:
            pass
        at += 1
    return found


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def step(steps: dict[str, Callable[..., dict[str, Any]]]) -> bool:
    """Run the step that the command line names, if it names one, and print what it gives."""
    if len(sys.argv) < 3 or sys.argv[1] != "--step":
        return False
    start = time.process_time()
    gave = steps[sys.argv[2]](*sys.argv[3:])
    print(json.dumps({**gave, "cpu": time.process_time() - start}))
    return True


def line(what: str, taken: Taken, note: str = "") -> None:
    """Print one step."""
    figures = f"{taken.seconds:8.2f} s {taken.cpu:8.2f} s of processor {taken.peak:7,.0f} MB"
    print(f"  {what:<50}{figures}   {note}", flush=True)


def times(peer: Taken, ours: Taken) -> str:
    """How many times as long a peer took."""
    return f"{peer.seconds / ours.seconds:.1f} times ours"


def load_average() -> str:
    """How busy the machine is, to be read beside every figure."""
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


if __name__ == "__main__":
    print(f"The other benches measure with this. {load_average()}.")
