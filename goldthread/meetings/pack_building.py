"""Building a pack's files from what was frozen: paper by paper, searched before anybody may read it."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.audit import record, vault
from goldthread.core.governance.exemption import Audience, reason_of
from goldthread.core.problems import Problem
from goldthread.files.front import Front
from goldthread.files.pack.build import build_pack
from goldthread.files.pack.papers import Built, Cover, PackItem, PackPaper
from goldthread.files.pack.search import search_for
from goldthread.files.pdf.write import PdfFailed, write_pdf
from goldthread.files.refused import Refused
from goldthread.meetings.appendices import appendix_pdf
from goldthread.meetings.exports import paper_pdf
from goldthread.meetings.models import Pack, PackStage
from goldthread.meetings.pack_contents import Contents, HeldItem, HeldPaper
from goldthread.meetings.pack_reader import frozen_version, prepare
from goldthread.meetings.pack_sentinels import sentinels
from goldthread.meetings.packs import contents_of, issue_name, variant_name
from goldthread.meetings.printed import MARKING_WORDS
from goldthread.plans.reading import images_of, kept_file, renderer

logger = logging.getLogger(__name__)
Clock = Callable[[], datetime]


class Overtaken(Exception):
    """Another worker has begun this pack since."""


class Job:
    """One worker's turn at a pack. It is its own for as long as nobody began after it."""

    def __init__(self, pack: Pack, begun_at: datetime) -> None:
        self.pack, self._begun = pack, begun_at
        self.steps = 0

    @classmethod
    def claim(cls, pk: int, at: datetime) -> Job | None:
        """Take a pack that is not ready; nothing where it is, or where another took it this moment."""
        pack = Pack.objects.select_related("meeting__board__body", "previous").filter(pk=pk).first()
        if pack is None or pack.stage == PackStage.READY:
            return None
        mine = Pack.objects.filter(pk=pk, stage=pack.stage, begun_at=pack.begun_at)
        taken = mine.update(stage=PackStage.BUILDING, begun_at=at, done=0, problems=[])
        return cls(pack, at) if taken else None

    def save(self, **fields: Any) -> None:
        """Write fields of the row while it is this worker's; raises Overtaken where it is not."""
        row = Pack.objects.filter(pk=self.pack.pk, stage=PackStage.BUILDING, begun_at=self._begun)
        if not row.update(**fields):
            raise Overtaken

    def reach(self, steps: int) -> None:
        """So many steps are done; writes how far that is."""
        self.steps = steps
        self.save(done=min(steps, self.pack.total))

    def step(self) -> None:
        """One more paper is written."""
        self.reach(self.steps + 1)


def build_now(pk: int, *, clock: Clock) -> None:
    """Build a pack unless it is ready: nothing is kept of one that fails, and it says why in words."""
    job = Job.claim(pk, clock())
    if job is None:
        return
    try:
        _build(job, clock)
    except Overtaken:
        return
    except (Refused, PdfFailed, vault.Missing, vault.Altered, ValidationError) as fault:
        _fail(job, (Problem(_("The pack"), _said(fault), "refused"),))
    except Exception:
        logger.exception("Pack %s could not be built.", pk)
        words = _("It could not be put together. Ask again; if that fails too, tell your administrator.")
        _fail(job, (Problem(_("The pack"), words, "failed"),))


def _said(fault: Exception) -> str:
    return " ".join(fault.messages) if isinstance(fault, ValidationError) else str(fault)


def _fail(job: Job, problems: tuple[Problem, ...]) -> None:
    try:
        job.save(stage=PackStage.FAILED, problems=[[p.code, p.where, p.message] for p in problems])
    except Overtaken:
        return


def _build(job: Job, clock: Clock) -> None:
    pack, contents = job.pack, contents_of(job.pack)
    with tempfile.TemporaryDirectory(prefix="goldthread-pack-") as folder:
        out = Path(folder) / "pack.pdf"
        items = tuple(_item(job, contents, item, Path(folder)) for item in contents.items)
        built = _assemble(job, contents, items, out)
        found = search_for(out, sentinels(pack.meeting, contents))
        if found:
            return _fail(job, tuple(_leak(contents, problem) for problem in found))
        seal = vault.keep(out.read_bytes())
    prepare(pack, _pages_form(built))
    _ready(job, built, seal, clock())


def _ready(job: Job, built: Built, seal: str, at: datetime) -> None:
    pack = job.pack
    with transaction.atomic():
        job.save(
            stage=PackStage.READY,
            built_at=at,
            done=pack.total,
            pages=_pages_form(built),
            page_count=built.count,
            sha256=seal,
            problems=[[p.code, p.where, p.message] for p in built.problems],
        )
        record(pack, "built a pack", by=None, at=at, body=pack.meeting.board.body, sha256=seal)


def _pages_form(built: Built) -> dict[str, Any]:
    """Where each paper stands, what the next issue keeps, what a supplement goes on from."""
    return {
        "papers": [asdict(each) for each in built.pages],
        "map": dict(built.page_map),
        "last": built.last_printed,
        "pdfua": built.pdfua,
    }


def _leak(contents: Contents, found: Problem) -> Problem:
    words = _(
        "The %(variant)s would hold words that its readers may not be shown, so it was stopped. %(found)s "
        "Change the paper that says them, or the marking, and ask for the pack again."
    ) % {"variant": variant_name(contents.variant).lower(), "found": found.message}
    return Problem(found.where, words, "sentinel")


def _assemble(job: Job, contents: Contents, items: tuple[PackItem, ...], out: Path) -> Built:
    before = job.steps

    def said(done: int, _total: int) -> None:
        job.reach(before + done)

    kept, after = _numbers(job.pack)
    return build_pack(
        _cover(job.pack, contents), items, out, at=job.pack.asked_at, pages=kept, after=after, progress=said
    )


def _numbers(pack: Pack) -> tuple[dict[str, str], int]:
    """The printed numbers that are taken: those of the issue before, with its supplements', by paper.

    A supplement keeps none and goes on after the last number that was printed.
    """
    main = pack.previous
    if main is None:
        return {}, 0
    built = Pack.objects.filter(
        meeting=pack.meeting, variant=pack.variant, issue__lt=pack.issue, stage=PackStage.READY
    )
    packs = list(built.order_by("issue"))
    if pack.supplement:
        return {}, max((each.pages["last"] for each in packs), default=0)
    found: dict[str, str] = {}
    for each in packs:
        own = dict(each.pages["map"])
        if each.supplement:
            own.pop("front", None)
        found |= own
    return found, 0


def _cover(pack: Pack, contents: Contents) -> Cover:
    name = issue_name(pack) if contents.supplement else ""
    lines = ["" if name else issue_name(pack), *(change["words"] for change in pack.changes)]
    return Cover(
        body=contents.board,
        title=_("Agenda pack: %(name)s") % {"name": name} if name else _("Agenda pack"),
        on=date.fromisoformat(contents.on),
        at=contents.time,
        where=contents.place,
        variant=". ".join(filter(None, (variant_name(contents.variant), _marking(contents)))),
        lines=tuple(lines),
    )


def _marking(contents: Contents) -> str:
    """What the whole pack is marked: as strictly as the strictest thing in it."""
    if contents.variant == Audience.PUBLIC:
        return ""
    return MARKING_WORDS["exempt"] if contents.exempt else MARKING_WORDS["members"]


def _item(job: Job, contents: Contents, item: HeldItem, folder: Path) -> PackItem:
    papers = tuple(_papers(job, contents, item, folder)) if item.papers else ()
    return PackItem(item.number, item.title, _note(item, papers), MARKING_WORDS.get(item.marking, ""), papers)


def _note(item: HeldItem, papers: tuple[PackPaper, ...]) -> str:
    if item.withdrawn:
        return _("Withdrawn")
    if item.exempt:
        reason = reason_of(item.reason)
        return _("Exempt: %(reason)s") % {"reason": reason.title} if reason else _("Exempt")
    return "" if papers else item.note or item.lead


def _papers(job: Job, contents: Contents, item: HeldItem, folder: Path) -> Iterator[PackPaper]:
    for paper in item.papers:
        marking = _stamped(contents, paper.marking)
        written = _kept(folder, paper.key, _paper_bytes(contents, item, paper, job))
        yield PackPaper("", paper.title, written, marking=marking)
        job.step()
        for each in paper.appendices:
            content = appendix_pdf(replace(each, marking=""), in_pack=True)
            written = _kept(folder, f"appendix-{each.pk}", content)
            yield PackPaper(each.label, each.title, written, marking=_stamped(contents, each.marking))
            job.step()


def _stamped(contents: Contents, marking: str) -> str:
    """What stands on every page of a paper that is not open. The cover says what the whole pack is."""
    if contents.variant == Audience.PUBLIC:
        return ""
    return MARKING_WORDS[marking] if marking else _("NOT MARKED YET")


def _kept(folder: Path, name: str, content: bytes) -> Path:
    """A paper's PDF beside the others, so that no more than one is held in memory."""
    path = folder / f"{name}.pdf"
    path.write_bytes(content)
    return path


def _paper_bytes(contents: Contents, item: HeldItem, paper: HeldPaper, job: Job) -> bytes:
    if paper.kind == "paper":
        version = frozen_version(item, paper)
        return paper_pdf(version, audience=Audience(contents.variant), in_pack=True)
    name = f"{renderer()} {paper.kind} {paper.seal}"
    text = paper.text

    def write() -> bytes:
        front = Front((), "", contents.board)  # the pack numbers the pages
        return write_pdf(text, paper.labels, images=images_of(text), front=front)

    return kept_file(name, write, at=job.pack.asked_at)
