"""What a priority for action says, as one value with one seal; and how two such values differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from goldthread.core.compare import compare
from goldthread.core.text import Block, Kind, Prose, Run, Section, Text, seal_of
from goldthread.delivery.models import Lead, PriorityVersion
from goldthread.files.html_blocks import redline_fragment
from goldthread.people.models import Office


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a priority: what is to be done, what will be different, who leads, who supports with what.

    ``support`` is (who, what) each; ``lead_office`` the office here that answers for it, where there
    is one; ``lead_words`` names who leads where the office's title would not say it.
    """

    title: str
    words: str
    lead: str
    lead_office: Office | None = None
    lead_words: str = ""
    support: tuple[tuple[str, str], ...] = ()
    success: str = ""

    @property
    def seal(self) -> str:
        """The same for two wordings that say exactly the same."""
        office = self.lead_office.pk if self.lead_office is not None else None
        support = [list(each) for each in self.support]
        said = [self.title, self.words, self.success, str(self.lead), office, self.lead_words, support]
        return seal_of(["priority", *said])

    @property
    def led_by(self) -> str:
        """Who leads, as a reader is told: the kind of body, and who it is there in words or by office."""
        whose = {
            Lead.CONSTABULARY: _("the constabulary"),
            Lead.OFFICE: _("the commissioner’s office"),
            Lead.PARTNER: _("a partner"),
        }[Lead(self.lead)]
        who = self.lead_words or (self.lead_office.title if self.lead_office is not None else "")
        return _("%(whose)s (%(who)s)") % {"whose": whose, "who": who} if who else whose


def wording_of(version: PriorityVersion) -> Wording:
    """What one version of a priority says."""
    return Wording(
        version.title,
        version.words,
        version.lead,
        version.lead_office,
        version.lead_words,
        tuple((str(who), str(what)) for who, what in version.support),
        version.success,
    )


def tidied(wording: Wording) -> Wording:
    """The same without spaces at the ends of its words and without lines of support that say nothing."""
    support = ((who.strip(), what.strip()) for who, what in wording.support)
    return Wording(
        wording.title.strip(),
        wording.words.strip(),
        str(wording.lead),
        wording.lead_office,
        wording.lead_words.strip(),
        tuple(each for each in support if any(each)),
        wording.success.strip(),
    )


def woven(old: Wording, new: Wording, heading: str, *, level: int = 3, name: str = "wording") -> SafeString:
    """Two wordings as one text, word by word: what went is struck through, what came is underlined.

    ``name`` tells the places of one such text in a page from those of another.
    """
    old_text, new_text = (_text(each, heading, name) for each in (old, new))
    fragment = redline_fragment(compare(old_text, new_text), level=level)
    return mark_safe(fragment)  # noqa: S308 - written by our own renderer, which escapes


def _text(wording: Wording, heading: str, name: str) -> Text:
    return Text("", (Section(name, heading, tuple(_blocks(wording, name)), (), False),))


def _blocks(wording: Wording, name: str) -> Iterable[Block]:
    """A wording as paragraphs, each under a key of its own, so that like is compared with like."""
    support = [f"{who}: {what}" if who and what else who or what for who, what in wording.support]
    parts: Sequence[tuple[str, Sequence[str]]] = (
        ("title", (wording.title,)),
        ("words", _lines(wording.words)),
        ("success", _lines(wording.success)),
        ("lead", (_("Led by %(who)s.") % {"who": wording.led_by},)),
        ("support", support),
    )
    for part, lines in parts:
        for place, line in enumerate(lines, 1):
            yield Prose(f"{name}-{part}-{place}", Kind.PARAGRAPH, (Run(line),))


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
