"""Links to threads, for pages of apps that know nothing of threads."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from goldthread.web import threads

register = template.Library()


@register.inclusion_tag("web/parts/became.html")
def became(kind: str, *ref: str, public: bool = False, words: str = "") -> dict[str, Any]:
    """A link to what became of a thing: `{% became "measure" measure.slug public=True %}`."""
    return {
        "href": threads.address_of(kind, *ref, public=public),
        "words": words or _("What became of this?"),
    }
