"""Making an installation: its database, its static files, its first body and person."""

from __future__ import annotations

import argparse
import getpass
import hashlib
import os
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.text import slugify

from goldthread.config.command import CannotRun
from goldthread.config.searching import count_rows, make_where_missing
from goldthread.core.governance.abilities import Role
from goldthread.people.actions import appoint, establish
from goldthread.people.models import Body, User
from goldthread.thread.search.index import waiting

OFFICES = (
    (Role.COMMISSIONER, "Police and Crime Commissioner"),
    (Role.DEPUTY, "Deputy Police and Crime Commissioner"),
    (Role.CHIEF_EXECUTIVE, "Chief Executive"),
    (Role.MONITORING_OFFICER, "Monitoring Officer"),
    (Role.CHIEF_FINANCE_OFFICER, "Chief Finance Officer"),
    (Role.GOVERNANCE_OFFICER, "Governance Officer"),
    (Role.ANALYST, "Analyst"),
    (Role.CHIEF_CONSTABLE, "Chief Constable"),
    (Role.STAFF_OFFICER, "Staff Officer to the Chief Constable"),
    (Role.PARTNER_LEAD, "Partner Lead"),
    (Role.BOARD_MEMBER, "Board Member"),
    (Role.PANEL_CLERK, "Clerk to the Police and Crime Panel"),
    (Role.PANEL_MEMBER, "Member of the Police and Crime Panel"),
    (Role.ADMINISTRATOR, "Administrator"),
)


def prepare() -> None:
    """Bring the database, the cache table and the static files up to date; quick when they already are."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    make_where_missing()
    count_rows()
    collect_static()


def collect_static() -> None:
    """Gather the static files under hashed names, unless none has changed since the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".gathered"
    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            found = Path(storage.path(name)).stat()
            seen.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    if not stamp.exists() or stamp.read_text() != seen.hexdigest():
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(seen.hexdigest())


def load_demonstration() -> bool:
    """Load the demonstration office into an empty installation, all of it or nothing; says whether it did."""
    with transaction.atomic():
        if Body.objects.exists():
            return False
        with waiting():
            import_string(settings.DEMONSTRATION)(at=timezone.now())
        make_where_missing()
    return True


def refuse_real_people() -> None:
    """Refuse to let anybody in as anybody where people of a real office sign in with a password."""
    people = User.objects.exclude(email__endswith=".example") if settings.DEMO else ()
    if any(person.has_usable_password() for person in people):
        raise CannotRun(
            "people of a real office sign in here, and a demonstration asks for no password. "
            "Give it a folder of its own with GOLDTHREAD_HOME."
        )


def init(args: argparse.Namespace) -> int:
    """Make the database and, when they are named, the first body and its administrator."""
    prepare()
    if not args.body:
        print("The database is ready. Name a body with --body to set it up.")
        return 0
    if not (args.name and args.email):
        raise CannotRun("a body needs its first person: give --name and --email.")
    at = timezone.now()
    password = os.environ.get("GOLDTHREAD_PASSWORD") or getpass.getpass(f"Password for {args.email}: ")
    try:
        began = date.fromisoformat(args.began) if args.began else timezone.localdate(at)
        with transaction.atomic():
            slug = slugify(args.body)[:50]
            body = establish(
                name=args.body, slug=slug, kind=args.kind, starts=began, offices=OFFICES, by=None, at=at
            )
            person = User.objects.create_user(args.email, args.name, password)
            office = body.offices.get(role=Role.ADMINISTRATOR)
            appoint(office=office, user=person, starts=timezone.localdate(at), by=None, at=at)
    except (ValidationError, ValueError) as error:
        words = error.messages if isinstance(error, ValidationError) else [str(error)]
        raise CannotRun(" ".join(words)) from error
    print(f"{body.name} is ready. {person.name} signs in at /sign-in/ and appoints the others.")
    return 0
