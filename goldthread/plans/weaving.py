"""Sections and small comparisons as HTML, for pages of the desk that show living text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from goldthread.core.compare import compare
from goldthread.core.text import Section, Text, read_section
from goldthread.files.html_blocks import no_address, redline_fragment, text_html
from goldthread.plans.models import Document, Edition, SectionVersion
from goldthread.plans.queries import working_edition

Form = Mapping[str, Any]


def section_html(section: Section | Form, edition: Edition | None, *, slug: str = "") -> SafeString:
    """One section as it reads, with what its edition hides left out; ``slug`` is its document's."""
    own = section if isinstance(section, Section) else read_section(dict(section))[0]
    hidden = edition.hidden_kinds if edition else frozenset()
    whole = Text("", (_alone(own),), own.lang or "en-GB")
    html = text_html(whole, {}, hidden=hidden, image_address=_pictures(slug))
    return mark_safe(html)  # noqa: S308 - written by our own renderer, which escapes


def text_as_html(text: Text, labels: Mapping[str, str]) -> SafeString:
    """A whole text as it reads, its pictures by their words."""
    return mark_safe(text_html(text, labels))  # noqa: S308 - written by our own renderer, which escapes


def woven_sections(old: Form, new: Form, *, slug: str = "") -> SafeString:
    """What changed in one section between two of its forms, in the text itself."""
    sides = [Text("", (_alone(read_section(dict(form))[0]),)) for form in (old, new)]
    html = redline_fragment(compare(*sides), image_address=_pictures(slug))
    return mark_safe(html)  # noqa: S308 - written by our own renderer, which escapes


def _pictures(slug: str) -> Callable[[str], str]:
    """Where the desk shows the pictures of a document."""
    if not slug:
        return no_address
    return lambda image: reverse("plans:desk-picture", args=[slug, image]) if image else ""


def _alone(section: Section) -> Section:
    """The section by itself, which then bears no number."""
    return Section(section.key, section.title, section.blocks, (), False, section.lang)


def versions_at(documents: Iterable[Document], keys: Collection[str]) -> dict[str, SectionVersion]:
    """What sections say in the working editions of their documents, by key."""
    found: dict[str, SectionVersion] = {}
    for document in documents:
        edition = working_edition(document)
        if edition is not None:
            placed = edition.placements.filter(key__in=list(keys)).select_related("version")
            found |= {each.key: each.version for each in placed}
    return found
