"""Serving pages, running jobs, and doing what is due."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
import time
from datetime import datetime, timedelta

import waitress
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from goldthread.config.beginning import load_demonstration, prepare, refuse_real_people
from goldthread.config.command import CannotRun
from goldthread.delivery.actions.links import revoke_links_of_leavers
from goldthread.delivery.actions.reminders import write_letters_of_the_day
from goldthread.mail.sending import send_due
from goldthread.meetings.tasks import put_back
from goldthread.performance.actions.standing import mark_interrupted

logger = logging.getLogger(__name__)
STALE = timedelta(minutes=15)
EVERY = 60
"""How often the demonstration does what is due, in seconds."""
LARGEST_REQUEST = 112 * 1024 * 1024
"""The most that is taken in at once, in bytes: two files to be compared, and their form."""


def demo(args: argparse.Namespace) -> int:
    """Serve the demonstration, loading it first where there is nothing yet."""
    prepare()
    refuse_real_people()
    if load_demonstration():
        print("The demonstration office is loaded.")
    requeue(at=timezone.now(), after=timedelta(0))
    return _serve(args, with_worker=True)


def serve(args: argparse.Namespace) -> int:
    """Serve this installation."""
    prepare()
    refuse_real_people()
    return _serve(args, with_worker=args.worker)


def worker(args: argparse.Namespace) -> int:
    """Run the jobs that wait, until stopped."""
    jobs = _worker()
    jobs.configure_signals()
    jobs.run()
    return 0


def tick(args: argparse.Namespace) -> int:
    """Do what is due: put back the jobs of a worker that died, write and send letters, forget sessions."""
    back = requeue(at=timezone.now(), after=STALE) + put_back(at=timezone.now())
    cut_short = mark_interrupted(at=timezone.now())
    call_command("clearsessions")
    written, sent = post(at=timezone.now())
    if written or sent:
        print(f"Letters of the day: {written}. Letters sent: {sent}.")
    if cut_short:
        print(f"Loads of figures that were cut short, to be started again: {cut_short}.")
    if back:
        print(f"Jobs put back in the queue: {back}.")
    return 0


def post(*, at: datetime) -> tuple[int, int]:
    """Write the letters of the day, and send whatever is due; says how many were written and sent."""
    written = 0
    if cache.add(f"letters-written-{at:%Y-%m-%d-%H}", True, 2 * 60 * 60):  # to look once an hour is enough
        revoke_links_of_leavers(at=at)
        written = write_letters_of_the_day(at=at)
    return written, send_due(at=at, clock=timezone.now)


@transaction.atomic
def requeue(*, at: datetime, after: timedelta) -> int:
    """Put jobs that have been running for longer than `after` back in the queue; says how many."""
    stale = DBTaskResult.objects.filter(status="RUNNING", started_at__lte=at - after)
    return int(stale.update(status="READY", started_at=None))


def _serve(args: argparse.Namespace, *, with_worker: bool) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if with_worker:
        threading.Thread(target=_work_on, name="worker", daemon=True).start()
    if settings.DEMO:
        threading.Thread(target=_tick_on, name="tick", daemon=True).start()
    application = import_string("goldthread.config.wsgi.application")  # it lists the static files once, now
    try:
        server = waitress.create_server(
            application,
            host=args.host,
            port=args.port,
            threads=args.threads,
            ident="Goldthread",
            max_request_body_size=LARGEST_REQUEST,
            **behind(),
        )
    except OSError as error:
        raise CannotRun(f"port {args.port} is in use. Choose another with --port.") from error
    print(f"Goldthread is at http://{args.host}:{args.port}/ (Ctrl+C stops it).", flush=True)
    if settings.DEMO:
        print("Sign in as one of the named staff at /sign-in/.", flush=True)
    server.run()
    return 0


def behind() -> dict[str, object]:
    """Behind a server that ends TLS, believe what it says of the visitor; otherwise believe nobody."""
    if not settings.BEHIND_HTTPS:
        return {}
    told = {"x-forwarded-proto", "x-forwarded-for"}
    return {"trusted_proxy": "*", "trusted_proxy_headers": told, "clear_untrusted_proxy_headers": True}


def _work_on() -> None:
    """Run jobs for as long as this process serves, whatever one of them does to the worker."""
    while True:
        try:
            _worker().run()
        except Exception:
            logger.exception("The worker failed and starts again.")
            time.sleep(5)


def _tick_on() -> None:
    """Do what is due every minute for as long as the demonstration serves."""
    while True:
        try:
            tick(argparse.Namespace())
        except Exception:
            logger.exception("What was due could not be done; it is tried again in a minute.")
        time.sleep(EVERY)


def _worker() -> Worker:
    return Worker(
        queue_names=["*"],
        interval=1,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
