"""A partner's own list of actions, taken in as the page offers it: what cannot be read stays out."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import ContentFile
from django.utils.timezone import localdate

from goldthread.delivery.actions.imports import AS_WORDS, choose, hand_in, sheet_of, take_in
from goldthread.delivery.demonstration import words
from goldthread.delivery.demonstration.deeds import Deeds
from goldthread.delivery.demonstration.words import Entry
from goldthread.delivery.importing.layout import likeliest
from goldthread.delivery.importing.owners import guesses


def bring_sheet(deeds: Deeds, entry: Entry, at: datetime) -> None:
    """Hand the list in, match its columns and its owners as they are guessed, and take it in."""
    name, by = entry["file"], deeds.owners[entry["by"]]
    content = ContentFile(words.file(name), name)
    made = hand_in(plan=deeds.plan, year=deeds.year, name=name, file=content, by=by, at=at)
    layout = likeliest(sheet_of(made))
    found = choose(made=made, tab=layout.tab, columns=dict(layout.columns), by=by, at=at)
    meant = guesses(deeds.plan.body, found.owners, localdate(at))
    owners = {guess.words: str(guess.office) if guess.office else AS_WORDS for guess in meant}
    owners |= {said: str(deeds.owners.office(slug).pk) for said, slug in entry["meant"].items()}
    taken = take_in(made=made, owners=owners, without_faults=True, by=by, at=at)
    by_title = {action.title: action for action in taken}
    for told in entry["action"]:
        for update in told["updates"]:
            deeds.tell(by_title[told["title"]], update)
