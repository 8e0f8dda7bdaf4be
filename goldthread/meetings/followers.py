"""What follows when a paper is accepted for an agenda, or given back: rooms above boards ask to be told.

An app calls `register` from its `AppConfig.ready`. Each follower is called inside the transaction of
the action itself, so that what it refuses is not done at all.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from goldthread.meetings.models import Paper, PaperVersion
from goldthread.people.models import User


class Follower(Protocol):
    """What an app does about papers that hold something of its own."""

    def accepted(self, paper: Paper, version: PaperVersion, *, by: User, at: datetime) -> None:
        """A paper was taken onto an agenda as it was handed in in this version."""

    def returned(self, paper: Paper, *, by: User, at: datetime) -> None:
        """A paper is with its author again."""


_followers: list[Follower] = []


def register(follower: Follower) -> None:
    """Tell this one too; registering twice changes nothing."""
    if follower not in _followers:
        _followers.append(follower)


def tell_accepted(paper: Paper, version: PaperVersion, *, by: User, at: datetime) -> None:
    """Tell everyone who asked that a paper was accepted."""
    for follower in _followers:
        follower.accepted(paper, version, by=by, at=at)


def tell_returned(paper: Paper, *, by: User, at: datetime) -> None:
    """Tell everyone who asked that a paper was given back."""
    for follower in _followers:
        follower.returned(paper, by=by, at=at)
