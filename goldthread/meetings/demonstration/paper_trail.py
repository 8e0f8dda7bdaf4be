"""A paper of the demonstration: begun or read from its file, attached to, signed off, handed in, accepted."""

from __future__ import annotations

from datetime import datetime

from goldthread.files.word.write import write_docx
from goldthread.meetings.actions.accepting import accept_paper, mark_paper
from goldthread.meetings.actions.attachments import attach, attach_edition
from goldthread.meetings.actions.paper_files import hand_in_paper, keep_paper_file
from goldthread.meetings.actions.papers import begin_paper
from goldthread.meetings.actions.sign_offs import answer_sign_off, ask_sign_off, set_implication
from goldthread.meetings.actions.sources import find_sources, pin_source
from goldthread.meetings.actions.submitting import submit_paper
from goldthread.meetings.demonstration import words
from goldthread.meetings.demonstration.cast import People, on
from goldthread.meetings.demonstration.words import Entry
from goldthread.meetings.models import AgendaItem, Paper, PaperFile
from goldthread.meetings.papers import content_seal, paper_text
from goldthread.meetings.sources import candidates
from goldthread.people.models import User
from goldthread.plans.actions.imports import read_file
from goldthread.plans.models import Edition


def bring_paper(people: People, item: AgendaItem, entry: Entry) -> Paper:
    """Bring one paper to its item, by the steps that its author and the office took."""
    author, keeper = people[entry["author"]], people["governance-officer"]
    begun, submitted = on(entry["begun"], 14), on(entry["submitted"], 9)
    paper = _read(item, entry, author, begun) if "file" in entry else _written(item, entry, author, begun)
    for appendix in entry.get("appendix", ()):
        _attach(paper, appendix, author, begun)
    for implication in entry.get("implication", ()):
        by = people[implication["by"]]
        set_implication(paper=paper, kind=implication["kind"], words=implication["words"], by=by, at=begun)
    for link in find_sources(paper=paper, text=paper_text(paper), by=author, at=begun):
        offered = [] if link.target else candidates(paper, link.words)
        if offered:
            pin_source(link=link, to=offered[0][0], by=author, at=begun)
    submit_paper(paper=paper, seen=content_seal(paper), by=author, at=submitted)
    for sign_off in entry.get("sign_off", ()):
        _sign(people, paper, sign_off, submitted)
    _mark(people, paper, entry, on(entry["submitted"], 16))
    accept_paper(paper=paper, item=item, by=keeper, at=on(entry["submitted"], 17))
    return paper


def _written(item: AgendaItem, entry: Entry, author: User, at: datetime) -> Paper:
    return begin_paper(
        board=item.meeting.board,
        title=entry["title"],
        sender=entry["from"],
        author=author,
        item=item,
        text=words.paper_text(item.meeting.slug, entry),
        by=author,
        at=at,
    )


def _read(item: AgendaItem, entry: Entry, author: User, at: datetime) -> Paper:
    """The paper as its author's Word file has it."""
    board, content = item.meeting.board, words.file_bytes(entry["file"])
    handed = hand_in_paper(board=board, item=item, name=entry["file"], content=content, by=author, at=at)
    read_file(pk=handed.file_id, at=at)
    handed = PaperFile.objects.select_related("file__body", "board__body", "item__meeting").get(pk=handed.pk)
    return keep_paper_file(
        handed=handed,
        title=entry["title"],
        to=board.name,
        sender=entry["from"],
        dated=item.meeting.on,
        by=author,
        at=at,
    )


def _attach(paper: Paper, entry: Entry, author: User, at: datetime) -> None:
    label, title = entry["label"], entry["title"]
    if "edition" in entry:
        edition = edition_named(entry["edition"])
        attach_edition(paper=paper, label=label, title=title, edition=edition, by=author, at=at)
        return
    content = write_docx(words.appendix_text(entry["words"]))
    attach(paper=paper, label=label, title=title, name=f"{label}.docx", content=content, by=author, at=at)


def edition_named(name: str) -> Edition:
    """An edition of the demonstration's plans, such as "2013-16/october-2014"."""
    years, slug = name.split("/")
    found = Edition.objects.select_related("document__body").filter(document__title__endswith=years)
    return found.get(slug__startswith=slug)


def _sign(people: People, paper: Paper, entry: Entry, at: datetime) -> None:
    who = entry["who"]
    asked = ask_sign_off(
        paper=paper,
        kind=entry["kind"],
        office=people.office(who),
        due=entry["due"],
        by=people["governance-officer"],
        at=at,
    )
    answer_sign_off(
        sign_off=asked,
        outcome="signed",
        words=entry["words"],
        seen=content_seal(paper),
        by=people[who],
        at=on(entry["answered"], 15),
    )


def _mark(people: People, paper: Paper, entry: Entry, at: datetime) -> None:
    mark_paper(
        paper=paper,
        marking=entry["marking"],
        reason_code=entry.get("reason_code", ""),
        reason_words=entry.get("reason_words", ""),
        public_title=entry.get("public_title", ""),
        review_on=entry.get("review_on"),
        by=people["monitoring-officer"],
        at=at,
    )
