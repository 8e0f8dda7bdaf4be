"""PDF syntax as bytes: taking a dictionary apart and writing its values, without building objects."""

from __future__ import annotations

import re

_INNER = rb"(?>[^()\\]|\\.)"
NESTED = rb"\((?>" + _INNER + rb"|\((?>" + _INNER + rb"|\(" + _INNER + rb"*+\))*+\))*+\)"
HEX = rb"<[0-9A-Fa-f\s]*+>"
STRING = rb"(?:" + NESTED + rb"|" + HEX + rb")"
_NAME = rb"/[^\s()<>\[\]{}/%]*+"
_REFERENCE = rb"\d++ \d++ R(?![A-Za-z])"
_WORD = rb"[^\s()<>\[\]{}/%]++"
_DEEPEST = 5


def _nested(depth: int) -> bytes:
    """A value with as many brackets inside brackets as that."""
    if not depth:
        return rb"(?:" + STRING + rb"|[^()<>\[\]])"
    inner = _nested(depth - 1)
    return rb"(?:[^()<>\[\]]++|" + STRING + rb"|<<" + inner + rb"*+>>|\[" + inner + rb"*+\])"


_VALUE = re.compile(
    rb"\s*+(" + _NAME + rb"|" + _REFERENCE + rb"|" + STRING + rb"|<<" + _nested(_DEEPEST) + rb"*+>>"
    rb"|\[" + _nested(_DEEPEST) + rb"*+\]|" + _WORD + rb")",
    re.DOTALL,
)
_EDGES = ((b"<<", b">>"), (b"[", b"]"))
NUMBER = re.compile(rb"[-+]?(?:\d+\.?\d*|\.\d+)")
REFERENCE = re.compile(rb"(\d+) 0 R")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}
_DOC = {0x80: "•", 0x84: "—", 0x85: "–", 0x8D: "“", 0x8E: "”", 0x8F: "‘", 0x90: "’", 0xA0: "€", 0x83: "…"}


class NotPlain(Exception):
    """The file is not written the plain way that can be taken apart byte by byte."""


def values(body: bytes) -> list[bytes]:
    """What stands inside the outermost brackets, value by value, each as it is written."""
    body = body.strip()
    for begin, end in _EDGES:
        if body.startswith(begin) and body.endswith(end):
            inside = body[len(begin) : len(body) - len(end)]
            found, at, stop = [], 0, len(inside.rstrip())
            while at < stop:
                value = _VALUE.match(inside, at)
                if value is None:
                    raise NotPlain("a value that cannot be read")
                found.append(value[1])
                at = value.end()
            return found
    raise NotPlain("no brackets where there should be")


def entries(body: bytes) -> dict[bytes, bytes]:
    """A dictionary's entries: key without its slash to the value as it is written."""
    if not body.lstrip().startswith(b"<<"):
        raise NotPlain("no dictionary where there should be one")
    parts = values(body)
    if len(parts) % 2:
        raise NotPlain("a dictionary with a key and no value")
    return {parts[at][1:]: parts[at + 1] for at in range(0, len(parts), 2)}


def dictionary(found: dict[bytes, bytes]) -> bytes:
    """Entries as a dictionary again."""
    return b"<<%b>>" % b"".join(b"/%b %b" % pair for pair in found.items())


def string_value(token: bytes) -> bytes:
    """The bytes that a literal or hexadecimal string stands for."""
    if token.startswith(b"<"):
        digits = b"".join(token[1:-1].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    return _ESCAPE.sub(_unescaped, token[1:-1])


def _unescaped(found: re.Match[bytes]) -> bytes:
    said = found[1]
    if said[:1].isdigit() and said[:1] < b"8":
        return bytes((int(said, 8) & 255,))
    return _ESCAPED.get(said, said)


def words_of(token: bytes) -> str:
    """The words of a text string, whichever way it is encoded."""
    raw = string_value(token)
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", "replace")
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw[3:].decode("utf-8", "replace")
    return "".join(_DOC.get(byte, chr(byte)) for byte in raw)


def text(said: str) -> bytes:
    """Words as a text string: literal where it is plain ASCII, otherwise UTF-16."""
    if said.isascii() and said.isprintable():
        return b"(%b)" % re.sub(rb"([\\()])", rb"\\\1", said.encode("ascii"))
    return b"<FEFF%b>" % said.encode("utf-16-be", "replace").hex().upper().encode("ascii")


def number(value: float) -> bytes:
    """A number as short as it can be written, to a thousandth."""
    return (f"{value:.3f}".rstrip("0").rstrip(".") or "0").replace("-0", "-0").encode("ascii")


def numbers(body: bytes) -> tuple[float, ...]:
    """The numbers of an array."""
    return tuple(float(found) for found in NUMBER.findall(body))
