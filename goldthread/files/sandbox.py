"""Another program run apart: no network where the system allows it, little memory, little time."""

from __future__ import annotations

import contextlib
import functools
import os
import resource
import shutil
import signal
import subprocess
import time
from pathlib import Path

MEMORY = 460 * 1024 * 1024
ADDRESSES = 4 * 1024 * 1024 * 1024
OUTPUT = 200 * 1024 * 1024
_TICK = 0.05
_PAGE = resource.getpagesize()


class Failed(Exception):
    """Why a program that was run apart did not finish."""


@functools.cache
def without_network() -> tuple[str, ...]:
    """The words before a command that take the network away, or none where the system forbids it."""
    unshare = shutil.which("unshare")
    for flags in (("-n",), ("-r", "-n")):
        if unshare is None:
            break
        tried = subprocess.run([unshare, *flags, "true"], capture_output=True, timeout=10, check=False)  # noqa: S603
        if tried.returncode == 0:
            return (unshare, *flags, "--")
    return ()


def _limit(seconds: float) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, ADDRESSES),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_CPU, int(seconds) + 1),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (wanted, wanted))


def run_apart(command: list[str], environment: dict[str, str], folder: Path, *, seconds: float) -> None:
    """Run a command to its end in a process group of its own, and end the whole group with it.

    Raises Failed past ``seconds`` of wall time or 460 MB of memory in use. Its exit code and
    output are not looked at.
    """
    process = subprocess.Popen(  # noqa: S603
        [*without_network(), *command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=functools.partial(_limit, seconds),
    )
    try:
        until = time.monotonic() + seconds
        while True:
            try:
                process.wait(_TICK)
                return
            except subprocess.TimeoutExpired:
                pass
            if time.monotonic() > until:
                raise Failed("it took too long")
            if _resident(process.pid) > MEMORY:
                raise Failed("it needed too much memory")
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and everything it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _resident(group: int) -> int:
    """The bytes of memory that a process group holds; 0 where the system does not tell."""
    total = 0
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(entry.name)) == group:
                total += int((entry / "statm").read_text().split()[1]) * _PAGE
        except (OSError, ValueError, IndexError):
            continue
    return total
