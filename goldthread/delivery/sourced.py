"""A report as its page shows it: each block with the records that it was written from beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.core.compare import WovenBlock, WovenSection
from goldthread.core.text import Text
from goldthread.delivery.models import ReportSource
from goldthread.delivery.reports import Origin
from goldthread.files.html_blocks import Fragment, unchanged

FEW = 3
"""How many records are named beside a block without being asked for."""


class _Sourced(Fragment):
    """A text in which every block has its records beside it."""

    def __init__(
        self,
        text: Text,
        labels: Mapping[str, str],
        image: Callable[[str], str],
        origins: Mapping[str, Origin],
    ) -> None:
        super().__init__(unchanged(text, labels, ()), 2, image)
        self._origins = origins

    def block(self, section: WovenSection, woven: WovenBlock) -> str:
        """The block, with where it comes from beside it."""
        shown = super().block(section, woven)
        said = _beside(self._origins.get(woven.block.key, Origin(added=True)))
        return f'<div class="sourced">{shown}{said}</div>' if said else shown


def _beside(origin: Origin) -> SafeString | str:
    """The records of a block as links; whether a person changed it or wrote it."""
    marks = [_("Changed by hand")] if origin.changed else [_("Written by hand")] if origin.added else []
    hand = format_html_join("", '<span class="sourced__hand">{}</span>', ((each,) for each in marks))
    if not origin.sources:
        return format_html('<div class="sourced__says" role="note">{}</div>', hand) if hand else ""
    listed = _links(origin.sources)
    if len(origin.sources) > FEW:
        words = ngettext("%d record", "%d records", len(origin.sources)) % len(origin.sources)
        listed = format_html("<details><summary>{}</summary>{}</details>", words, listed)
    return format_html(
        '<div class="sourced__says" role="note" aria-label="{}">{}{}</div>',
        _("Where this comes from"),
        hand,
        listed,
    )


def _links(sources: Sequence[ReportSource]) -> SafeString:
    items = format_html_join("", "<li>{}</li>", ((_link(each),) for each in sources))
    return format_html("<ul>{}</ul>", items)


def _link(source: ReportSource) -> SafeString | str:
    if not source.address:
        return source.label
    return format_html('<a href="{}">{}</a>', source.address, source.label)


def sourced_html(
    text: Text,
    labels: Mapping[str, str],
    origins: Mapping[str, Origin],
    *,
    image_address: Callable[[str], str],
) -> SafeString:
    """A text as it reads, each block with its records beside it."""
    html = _Sourced(text, labels, image_address, origins).write()
    return mark_safe(html)  # noqa: S308 - written by our own renderer, which escapes
