"""Whether an SVG is a drawing of ours: the only kind that is ever kept as a picture or shown as one.

What a user brings is never SVG (``files.pictures`` takes PNG, JPEG and GIF alone). A text names its
pictures by seal, so whoever shows one asks here first: every tag, attribute and value must be one that
our charts are written with, and none of those can fetch, run or style anything.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from goldthread.files.pictures import measure

MOST = 1_000_000
SVG = "svg+xml"
_START = '<svg xmlns="http://www.w3.org/2000/svg" class="drawing" width="'
_TOKEN = re.compile(r"<(?P<close>/?)(?P<tag>[a-z]+)(?P<attributes>[^<>]*?)(?P<alone>/?)>|(?P<words>[^<>]+)")
_ATTRIBUTE = re.compile(r' (?P<name>[a-zA-Z-]+)="(?P<value>[^"<>]*)"')
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot);)")
_SIZE = re.compile(r'width="([0-9.]+)" height="([0-9.]+)"')
_TAGS = frozenset({"svg", "title", "desc", "g", "rect", "path", "circle", "text", "tspan"})
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_COLOUR = re.compile(r"#[0-9a-f]{6}|none")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*( [A-Za-z][A-Za-z0-9_-]*)*")
_VALUES = {
    **dict.fromkeys(
        ("width", "height", "x", "y", "dx", "cx", "cy", "r", "font-size", "font-weight", "stroke-width"),
        _NUMBER,
    ),
    **dict.fromkeys(("fill", "stroke"), _COLOUR),
    **dict.fromkeys(
        ("id", "aria-labelledby", "aria-describedby", "class", "role", "text-anchor", "stroke-linecap"), _NAME
    ),
    "viewBox": re.compile(r"0 0 [0-9.]+ [0-9.]+"),
    "stroke-dasharray": re.compile(r"[0-9. ]+"),
    "d": re.compile(r"[MLHVlhvmz0-9. -]*"),
    "font-family": re.compile(r"[A-Za-z, -]+"),
    "xmlns": re.compile(r"http://www\.w3\.org/2000/svg"),
}


@lru_cache(maxsize=256)
def is_ours(image: bytes) -> bool:
    """Whether these bytes are a picture that our charts could have written."""
    if len(image) > MOST or not image.startswith(_START.encode()):
        return False
    try:
        markup = image.decode("utf-8")
        etree.fromstring(image, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (UnicodeDecodeError, etree.XMLSyntaxError):
        return False
    place = 0
    for token in _TOKEN.finditer(markup):
        if token.start() != place or not _plain(token):
            return False
        place = token.end()
    return place == len(markup)


def _plain(token: re.Match[str]) -> bool:
    """Whether a tag with its attributes, or the words between two, hold only what we write."""
    if token["words"] is not None:
        return not _AMPERSAND.search(token["words"])
    if token["tag"] not in _TAGS:
        return False
    place, attributes = 0, token["attributes"]
    for found in _ATTRIBUTE.finditer(attributes):
        value = _VALUES.get(found["name"])
        if found.start() != place or value is None or not value.fullmatch(found["value"]):
            return False
        place = found.end()
    return place == len(attributes)


def size_of(image: bytes) -> tuple[int, int]:
    """Width and height in pixels of a drawing of ours."""
    found = _SIZE.search(image[:300].decode("utf-8", "replace"))
    return (round(float(found[1])), round(float(found[2]))) if found else (0, 0)


def form_of(image: bytes) -> str:
    """The form of a picture as it is served: ``png``, ``jpeg``, ``gif``, ``svg+xml`` for ours, or nothing."""
    return measure(image)[0] or (SVG if is_ours(image) else "")
