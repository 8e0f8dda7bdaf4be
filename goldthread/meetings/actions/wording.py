"""Words that an action cannot do without."""

from __future__ import annotations

from django.core.exceptions import ValidationError


def given(name: str, words: str, message: str = "This cannot be left empty.") -> str:
    """The words without the space around them; refused beside the field ``name`` where there are none."""
    if not words.strip():
        raise ValidationError({name: message})
    return words.strip()
