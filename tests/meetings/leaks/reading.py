"""Every word that a response carries, wherever it hides: headers, markup, PDF, Office files, archives."""

from __future__ import annotations

import html
import io
import re
import threading
import zipfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

import pikepdf
import pypdfium2
from django.http import HttpResponseBase

from tests.meetings.leaks.sentinels import FORM

HEX = re.compile(rb"<([0-9A-Fa-f\s]{8,})>")
_pdfium = threading.Lock()


def content_of(response: HttpResponseBase) -> bytes:
    """The body, of a streamed answer too; a file is closed at its end."""
    if not response.streaming:
        return response.content
    content = b"".join(response.streaming_content)
    response.close()
    return content


def heads_of(response: HttpResponseBase) -> str:
    """What the headers and cookies of an answer say."""
    heads = "\n".join(f"{name}: {value}" for name, value in response.items())
    cookies = "\n".join(str(morsel) for morsel in response.cookies.values())
    return unquote(f"{heads}\n{cookies}")


@lru_cache(maxsize=4000)
def sentinels_in(content: bytes) -> frozenset[str]:
    """The sentinels that stand anywhere in a body: the same bytes are searched once."""
    return frozenset(each.lower() for words in words_in(content) for each in FORM.findall(words))


def words_in(content: bytes) -> Iterator[str]:
    """Every word of a file, unpacked as often as it takes."""
    if content.startswith(b"PK\x03\x04"):
        yield from _archive(content)
    elif b"%PDF-" in content[:1024]:
        yield from _pdf(content)
    else:
        plain = content.decode("utf-8", "replace")
        yield plain
        yield html.unescape(unquote(plain))
        yield _unfolded(plain)


def _unfolded(plain: str) -> str:
    """The lines of a calendar file, which are folded after 75 bytes."""
    return re.sub(r"\r?\n[ \t]", "", plain)


def _archive(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for member in packed.infolist():
            yield f"{member.filename} {member.comment!r}"
            inner = packed.read(member)
            yield from words_in(inner)
            yield re.sub(r"<[^>]+>", "", inner.decode("utf-8", "replace"))


def _pdf(content: bytes) -> Iterator[str]:
    yield content.decode("latin-1")
    with _pdfium:
        document = pypdfium2.PdfDocument(content)
        try:
            for page in document:
                text = page.get_textpage()
                yield text.get_text_bounded()
                text.close()
                page.close()
            yield "\n".join(str(mark.get_title()) for mark in document.get_toc())
        finally:
            document.close()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        yield from _objects(pdf)


def _objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Each object of a PDF: strings as text, streams decoded; attachments are read as files."""
    for item in pdf.objects:
        yield from _strings(item)
        if isinstance(item, pikepdf.Stream):
            try:
                inner = item.read_bytes()
            except pikepdf.PdfError:
                inner = item.read_raw_bytes()
            yield inner.decode("latin-1")
            yield from (_hex(found) for found in HEX.findall(inner))
    for name, attached in pdf.attachments.items():
        yield name
        yield from words_in(attached.get_file().read_bytes())


def _hex(digits: bytes) -> str:
    kept = re.sub(rb"\s", b"", digits).decode()
    packed = bytes.fromhex(kept + "0" * (len(kept) % 2))
    wide = packed[: len(packed) // 2 * 2].decode("utf-16-be", "replace")
    return f"{packed.decode('latin-1')} {wide}"


def _strings(item: object, depth: int = 0) -> Iterable[str]:
    """The strings of an object itself; what it points to has its own turn."""
    if isinstance(item, pikepdf.String | pikepdf.Name):
        yield str(item)
    elif depth < 6 and isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in item.items():
            yield str(key)
            if not getattr(value, "is_indirect", False):
                yield from _strings(value, depth + 1)
    elif depth < 6 and isinstance(item, pikepdf.Array):
        for value in item:
            if not getattr(value, "is_indirect", False):
                yield from _strings(value, depth + 1)
