"""The `goldthread` command: exit 0 when all is well, 1 when problems were found, 2 when it could not run.

The file commands need no database and load no Django; every other command is a function named
here by its address and imported only when it is called.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from goldthread import __version__
from goldthread.config.environment import SettingRefused
from goldthread.files.command import add_commands


class CannotRun(Exception):
    """A command that could not do its work, in words for whoever gave it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    parser = _parser()
    args = parser.parse_args(argv)
    try:
        return int(args.run(args) or 0)
    except (CannotRun, SettingRefused) as error:
        print(f"goldthread: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="goldthread", description="Govern a police and crime plan from pledge to published page."
    )
    parser.add_argument("--version", action="version", version=f"goldthread {__version__}")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    add_commands(subparsers)
    _add_serving(subparsers)
    _add_keeping(subparsers)
    _add_load(subparsers)
    return parser


def _add_serving(subparsers: Any) -> None:
    demo = _add(subparsers, "demo", "goldthread.config.serving:demo", "Serve the demonstration office here.")
    serve = _add(subparsers, "serve", "goldthread.config.serving:serve", "Serve this installation.")
    for command in (demo, serve):
        command.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
        command.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
        command.add_argument("--threads", type=int, default=8, help="requests served at once (8)")
    serve.add_argument("--worker", action="store_true", help="run the jobs in this process too")
    _add(subparsers, "worker", "goldthread.config.serving:worker", "Run the jobs that wait, until stopped.")
    _add(
        subparsers, "tick", "goldthread.config.serving:tick", "Do what is due now; call it every few minutes."
    )
    init = _add(
        subparsers,
        "init",
        "goldthread.config.beginning:init",
        "Make the database, a body and its first person.",
    )
    init.add_argument("--body", help="the body's name; without it only the database is made")
    init.add_argument("--kind", default="commissioner", help="the body's legal kind (commissioner)")
    init.add_argument("--began", help="the day the body began, as 2012-11-22 (today)")
    init.add_argument("--name", help="the name of the first person, who becomes the administrator")
    init.add_argument("--email", help="their email address; the password is asked for")


def _add_keeping(subparsers: Any) -> None:
    verify = _add(
        subparsers, "verify", "goldthread.config.keeping:verify", "Check every seal and the record."
    )
    verify.add_argument("--json", action="store_true", help="print what was found as JSON")
    backup = _add(
        subparsers,
        "backup",
        "goldthread.config.keeping:backup",
        "Copy records and files to one file, while running.",
    )
    backup.add_argument("file", help="the .zip to write; it must not exist yet")
    restore = _add(
        subparsers, "restore", "goldthread.config.keeping:restore", "Put a backup back, and verify it."
    )
    restore.add_argument("file", help="the .zip to read")
    restore.add_argument("--force", action="store_true", help="replace what is here, keeping it aside")
    search = _add(subparsers, "search", "goldthread.config.searching:search", "Say what search can find.")
    search.add_argument("--rebuild", action="store_true", help="read what is attached, make the index anew")


def _add_load(subparsers: Any) -> None:
    load = _add(
        subparsers, "load", "goldthread.config.loading:load", "Load figures: crime archives, tables, returns."
    )
    load.add_argument("path", nargs="+", metavar="PATH", help="a file, an archive or a folder of archives")
    load.add_argument("--home", help="the folder of the installation (GOLDTHREAD_HOME, or var)")
    load.add_argument("--by", metavar="EMAIL", help="on whose behalf, where several may load figures")
    load.add_argument("--body", metavar="SLUG", help="at which body, where there are several")
    load.add_argument(
        "--source", metavar="NAME", help="where it comes from; its columns are remembered by it"
    )
    load.add_argument(
        "--kind",
        choices=("street", "return", "open-table", "population"),
        help="what it is; crime records are known by themselves, anything else is a return",
    )
    load.add_argument("--measure", metavar="KEY", help="the measure of every row, where the file names none")
    load.add_argument("--area", metavar="NAME", help="the area of every row, where the file names none")
    load.add_argument("--year", type=int, help="the year of every row, where a table of people names none")
    load.add_argument("--provisional", action="store_true", help="the figures may still change")
    load.add_argument("--without-bad-rows", action="store_true", help="load the rest where rows are wrong")
    load.add_argument("--again", action="store_true", help="load the very same file once more")
    load.add_argument("--json", action="store_true", help="print what became of it as JSON")
    load.add_argument("--quiet", action="store_true", help="say nothing while it runs")


def _add(subparsers: Any, name: str, address: str, help: str) -> argparse.ArgumentParser:
    """Add a command whose function lives at `module:function`, called once Django is ready."""
    command: argparse.ArgumentParser = subparsers.add_parser(name, help=help, description=help)

    def run(args: argparse.Namespace) -> int:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
        if name == "demo":
            os.environ.setdefault("GOLDTHREAD_DEMO", "yes")
            os.environ.setdefault("GOLDTHREAD_ADDRESS", f"http://{args.host}:{args.port}")
        if home := getattr(args, "home", None):
            os.environ["GOLDTHREAD_HOME"] = home
        import_module("django").setup()
        module, _, function = address.partition(":")
        return int(getattr(import_module(module), function)(args) or 0)

    command.set_defaults(run=run)
    return command
