"""What templates need to speak of plans."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from goldthread.core.governance.links import LinkState
from goldthread.core.governance.stages import Move, Stage
from goldthread.plans.forms import PLURALS
from goldthread.plans.models import DocumentKind, Edition
from goldthread.plans.progress import GATE_NAMES, STAGE_TONES, stage_name
from goldthread.plans.reading import short_key
from goldthread.web.templatetags.web import status

register = template.Library()


@register.filter
def short(key: str) -> str:
    """The permanent key of a section as an address names it."""
    return short_key(key)


@register.simple_tag
def stage_tag(edition: Edition) -> SafeString:
    """How far an edition has come, as a status."""
    plan = edition.document.kind == DocumentKind.PLAN
    tone = STAGE_TONES.get(Stage(edition.stage), "gold") if plan else "calm"
    return status(stage_name(edition), tone)


@register.simple_tag
def hidden_words(edition: Edition) -> str:
    """The block kinds an edition does not show, in words: "actions and outcomes"."""
    names = [PLURALS[kind].lower() for kind in PLURALS if kind in edition.hidden_kinds]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


@register.simple_tag
def gate_name(move: str) -> str:
    """The step that a piece of evidence was for."""
    return GATE_NAMES[Move(move)]


_LINK_WORDS = {
    LinkState.COVERS: ("covers", "good"),
    LinkState.SUSPECT: ("doubtful", "warn"),
    LinkState.ORPHANED: ("orphaned", "bad"),
    LinkState.UNLINKED: ("unlinked", "calm"),
}


@register.simple_tag
def link_state(state: LinkState) -> SafeString:
    """How a link stands, as a status."""
    return status(*_LINK_WORDS[state])
