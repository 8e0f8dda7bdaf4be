"""Bring out a new issue of a meeting's members' pack in which one paper says more than it did.

A process of its own, on the folder of an office that is being served: `python -m tests.browser.reissue
SLUG TITLE KEY`, where KEY is of a block that is taken out, if any.
"""

import sys
import time
from dataclasses import replace

import django

django.setup()

from django.utils.timezone import now  # noqa: E402

from goldthread.core.governance.exemption import Audience  # noqa: E402
from goldthread.core.text import Kind, Prose, Run, Section, seal_of, text_seal  # noqa: E402
from goldthread.meetings.actions.packs import ask_for_pack, release_pack  # noqa: E402
from goldthread.meetings.models import Pack, PackStage, Paper, PaperVersion  # noqa: E402
from goldthread.meetings.papers import latest, version_text  # noqa: E402
from goldthread.meetings.texts import form_of  # noqa: E402
from goldthread.people.models import User  # noqa: E402

SECONDS = 90


def reissue(slug: str, title: str, gone: str) -> None:
    """Hand the paper in again, then ask for the pack, and release it once it is built."""
    paper = Paper.objects.get(title=title, item__meeting__slug=slug)
    last = latest(paper)
    assert last is not None
    old = version_text(last)
    sections = [_without(section, gone) for section in old.sections]
    added = Prose("added-by-the-reissue", Kind.PARAGRAPH, (Run("It says more than it did."),), True)
    sections[0] = replace(sections[0], blocks=(*sections[0].blocks, added))
    text = replace(old, sections=tuple(sections))
    PaperVersion.objects.create(
        paper=paper,
        number=last.number + 1,
        title=last.title,
        form=form_of(text),
        header=last.header,
        appendices=last.appendices,
        text_seal=text_seal(text),
        seal=seal_of([last.seal, text_seal(text)]),
        submitted_at=now(),
        submitted_by=last.submitted_by,
    )
    assert paper.item is not None
    officer = User.objects.get(name="Kit Frost")
    pack = ask_for_pack(meeting=paper.item.meeting, variant=Audience.MEMBERS, by=officer, at=now())
    _built(pack)
    release_pack(pack=pack, by=officer, at=now())


def _built(pack: Pack) -> None:
    """Wait until the office's own worker has built it."""
    end = time.monotonic() + SECONDS
    while pack.stage != PackStage.READY and time.monotonic() < end:
        time.sleep(0.3)
        pack.refresh_from_db()


def _without(section: Section, gone: str) -> Section:
    return replace(section, blocks=tuple(block for block in section.blocks if block.key != gone))


if __name__ == "__main__":
    reissue(*sys.argv[1:4])
