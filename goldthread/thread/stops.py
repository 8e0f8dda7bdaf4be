"""What a thread is made of: stops in order of date, from a promise to its published page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique

from django.utils.functional import Promise as Lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _


@unique
class StopKind(StrEnum):
    """What happened at a stop. On one day the kinds stand in this order."""

    SCRUTINISED = "scrutinised"
    PROMISED = "promised"
    EXAMINED = "examined"
    DECIDED = "decided"
    PRIORITY = "priority"
    DOING = "doing"
    MEASURED = "measured"
    ARISEN = "arisen"
    PUBLISHED = "published"


KIND_WORDS: dict[StopKind, str | Lazy] = {
    StopKind.SCRUTINISED: _("Scrutinised"),
    StopKind.PROMISED: _("Promised"),
    StopKind.EXAMINED: _("Examined"),
    StopKind.DECIDED: _("Decided"),
    StopKind.PRIORITY: _("Made a priority"),
    StopKind.DOING: _("Being done"),
    StopKind.MEASURED: _("Measured"),
    StopKind.ARISEN: _("Asked to be done"),
    StopKind.PUBLISHED: _("Published"),
}
ORDER = {kind: place for place, kind in enumerate(StopKind)}


@dataclass(frozen=True, slots=True)
class Piece:
    """A line beneath a stop: an action, a text that was relied on, somebody's own words."""

    words: str
    href: str = ""
    status: str = ""
    tone: str = "calm"
    said: str = ""
    by: str = ""
    quiet: str = ""
    redline: SafeString | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A small chart of a stop, drawn twice: for a wide page and for a phone."""

    wide: SafeString
    phone: SafeString
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing that happened to a promise, or goes on happening.

    ``when`` places it; ``when_words`` is what is printed. ``done`` tells what is over from what
    still moves. ``here`` marks what the reader came from. ``public`` is whether the public sees it.
    ``thread`` is the kind and reference of the thread that starts from it.
    """

    kind: StopKind
    when: date
    when_words: str
    title: str
    href: str = ""
    status: str = ""
    tone: str = "calm"
    words: str = ""
    quiet: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    picture: Picture | None = None
    done: bool = False
    here: bool = False
    public: bool = True
    thread: tuple[str, str] = ("", "")

    @property
    def quiet_line(self) -> str:
        """All that is said in small print, as one line."""
        return " ".join(self.quiet)

    @property
    def kind_words(self) -> str:
        """What happened, in a word or two."""
        return str(KIND_WORDS[self.kind])


@dataclass(frozen=True, slots=True)
class Status:
    """What became of a thing: a word, its tone, the figures behind it and the rule that gave it."""

    word: str
    tone: str = "calm"
    words: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a thread is about: its own words first, then where they stand.

    ``quoted`` says that the words are somebody's own. ``trail`` is the way to it, nearest last;
    ``read`` is where it is read in its place.
    """

    kind: str
    ref: str
    name: str
    words: str
    quoted: bool = False
    facts: str = ""
    read: str = ""
    read_words: str = ""
    trail: tuple[tuple[str, str], ...] = ()
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """Everything that became of one thing, as one reader may see it on a day."""

    subject: Subject
    stops: tuple[Stop, ...]
    on: date
    public: bool
    status: Status | None = None
    last_word: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def tally(self) -> tuple[tuple[str, int], ...]:
        """How many stops of each kind there are, in the order of the kinds."""
        counts = Counter(stop.kind for stop in self.stops)
        return tuple((str(KIND_WORDS[kind]), counts[kind]) for kind in StopKind if counts[kind])


def in_order(stops: Iterable[Stop]) -> tuple[Stop, ...]:
    """Stops by date; on one day, what was said comes before what was done about it. Published is last."""
    last = StopKind.PUBLISHED
    return tuple(sorted(stops, key=lambda stop: (stop.kind is last, stop.when, ORDER[stop.kind], stop.title)))
