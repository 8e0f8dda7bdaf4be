"""Plain words before and after, woven into one text that shows what was put in and taken out."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from goldthread.core.compare import compare
from goldthread.core.governance.verbs import verb_of, wording_resolved
from goldthread.core.text import Kind, Prose, Run, Section, Text
from goldthread.files.html_blocks import redline_fragment


def differ(old: str, new: str) -> bool:
    """Whether what was resolved differs from what was recommended in more than spaces and grammar."""
    return new.split() not in (old.split(), as_agreed(old).split())


def woven_words(old: str, new: str) -> SafeString:
    """What was recommended and what was resolved as one, word by word, beneath a heading of its own.

    What went is struck through, what came is underlined. A recommendation is put into the words that
    it would have had if it had been agreed as it stood, so that only what differs in substance shows.
    """
    woven = redline_fragment(compare(_text(as_agreed(old)), _text(new)), level=3)
    return mark_safe(woven)  # noqa: S308 - written by our own renderer, which escapes


def as_agreed(recommended: str) -> str:
    """A recommendation in the words of a resolution that agrees it; as it is where that is not sure."""
    verb = verb_of(recommended)
    return wording_resolved(recommended, verb) if verb else recommended


def _text(words: str) -> Text:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    blocks = tuple(Prose(f"line-{n}", Kind.PARAGRAPH, (Run(line),)) for n, line in enumerate(lines, 1))
    heading = _("How it differs from what was recommended")
    return Text("", (Section("difference", heading, blocks, (), False),))
