"""Which law of access to meetings a body follows."""

from __future__ import annotations

from enum import StrEnum, unique


@unique
class Jurisdiction(StrEnum):
    """The country whose law of access to meetings and information a body follows."""

    ENGLAND = "england"
    WALES = "wales"
