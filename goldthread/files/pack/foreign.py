"""Someone else's PDF: cleaned of all but what is read, its tags put in order, and written plainly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

from pikepdf import (
    Array,
    Dictionary,
    Name,
    ObjectStreamMode,
    PasswordError,
    Pdf,
    PdfError,
    Stream,
    StreamDecodeLevel,
    String,
)

from goldthread.core.problems import Problem
from goldthread.files.pack.goals import Goals
from goldthread.files.pack.plain import Bookmark
from goldthread.files.pack.room import has_room, pages_with_words, sheet_of
from goldthread.files.pack.tags import Tags, Untagged
from goldthread.files.pack.untagged import wrap
from goldthread.files.refused import Refused

_PAGES, _OBJECTS = 5000, 1_000_000
_CLAIM = re.compile(rb"pdfuaid:part\s*(?:>|=\s*[\"'])\s*1\s*[<\"']")
_SHOWN = frozenset(
    ["/Link", "/Widget", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Stamp"]
)
_PERSONAL = ("/CreationDate", "/M", "/NM", "/RC", "/IRT", "/RT", "/Popup", "/Subj", "/AA", "/PA", "/AF")
_SAFE = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_HIDDEN = 2 | 32
_INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
_UNSEEN = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AF", "/OPI", "/AA", "/Alternates")
_KEPT = frozenset(["/Type", "/Pages", "/StructTreeRoot", "/MarkInfo", "/Lang", "/OCProperties", "/AcroForm"])
_READ_ONLY = 1
_UNITS = 0.1, 100


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned PDF, its bookmarks, and what is known of it."""

    data: bytes
    bookmarks: tuple[Bookmark, ...]
    clear: bool
    pdfua: bool
    lang: str
    problems: tuple[Problem, ...]


def cleaned(data: bytes, name: str) -> Cleaned:
    """A PDF as it can be joined to others. Raises Refused, naming it, where it is damaged or locked."""
    try:
        with Pdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            return _Cleaning(pdf, data, name).done()
    except PasswordError as fault:
        raise _locked(name) from fault
    except (PdfError, ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError) as fault:
        raise damaged(name) from fault


def damaged(name: str) -> Refused:
    """What is said of a paper that cannot be read."""
    return Refused(
        f"{name}: its PDF is damaged, so it cannot be put into the pack.",
        "Open it, save it as PDF again, and upload that.",
    )


def _locked(name: str) -> Refused:
    return Refused(
        f"{name}: its PDF is protected with a password or against copying (encrypted).",
        "Save it without protection and upload that.",
    )


class _Cleaning:
    """One PDF being cleaned."""

    def __init__(self, pdf: Pdf, data: bytes, name: str) -> None:
        if pdf.is_encrypted:
            raise _locked(name)
        if not len(pdf.pages):
            raise Refused(f"{name}: its PDF has no pages.", "Save the paper as PDF again and upload that.")
        if len(pdf.pages) > _PAGES or len(pdf.objects) > _OBJECTS:
            raise Refused(f"{name}: its PDF is too long for a pack.", "Split it, or link to it instead.")
        self._pdf, self._data, self._name = pdf, data, name
        self._goals = Goals(pdf)
        self._gone: set[tuple[int, int]] = set()
        self._said: list[str] = []
        self._comments = 0

    def done(self) -> Cleaned:
        """Clean it and write it plainly."""
        pdf = self._pdf
        claims = self._claims()
        lang = str(pdf.Root.get("/Lang", ""))
        bookmarks = self._goals.bookmarks()
        for page in pdf.pages:
            self._page(page.obj)
        self._form()
        self._layers()
        tagged = self._tags()
        for unseen in pdf.objects:
            if isinstance(unseen, Dictionary | Stream):
                for key in _UNSEEN:
                    if key in unseen:
                        del unseen[key]
        for key in list(pdf.Root.keys()):
            if key not in _KEPT:
                del pdf.Root[key]
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        self._say(tagged, claims)
        problems = tuple(Problem(self._name, said, "pack-paper") for said in self._said)
        clear = has_room(self._data, [page.obj for page in pdf.pages])
        return Cleaned(self._written(), bookmarks, clear, tagged and claims, lang, problems)

    def _written(self) -> bytes:
        made = BytesIO()
        self._pdf.remove_unreferenced_resources()
        self._pdf.save(
            made,
            object_stream_mode=ObjectStreamMode.disable,
            stream_decode_level=StreamDecodeLevel.none,
            deterministic_id=True,
            fix_metadata_version=False,
        )
        return made.getvalue()

    def _claims(self) -> bool:
        metadata = self._pdf.Root.get("/Metadata")
        return isinstance(metadata, Stream) and bool(_CLAIM.search(metadata.read_bytes()))

    def _say(self, tagged: bool, claims: bool) -> None:
        if self._comments:
            many = "A comment was" if self._comments == 1 else f"{self._comments} comments were"
            self._said.append(f"{many} left out. Check that nothing in them was meant to be read.")
        if tagged and not claims:
            self._said.append(
                "It has tags, but does not say that it is accessible (PDF/UA-1). The pack cannot say so "
                "either. Save it as an accessible PDF, or upload the Word file."
            )

    def _page(self, page: Any) -> None:
        for key in _INHERITED:
            value = _inherited(page, key)
            if value is not None:
                page[key] = value
        if not isinstance(page.get("/Resources"), Dictionary):
            page.Resources = Dictionary()
        _set_straight(page)
        listed = page.get("/Annots")
        held = list(listed) if isinstance(listed, Array) else []
        kept = [note for note in held if isinstance(note, Dictionary) and self._annotation(note, page)]
        if kept:
            page.Annots, page.Tabs = Array(kept), Name.S
        elif listed is not None:
            del page["/Annots"]

    def _annotation(self, note: Any, page: Any) -> bool:
        """Clean an annotation; whether it stays."""
        kind, flags = str(note.get("/Subtype", "")), note.get("/F", 0)
        hidden = bool(int(flags) & _HIDDEN)
        if kind not in _SHOWN or hidden:
            self._comments += kind not in _SHOWN and kind != "/Popup"
            if note.is_indirect:
                self._gone.add(note.objgen)
            return False
        for key in (*_PERSONAL, *(() if kind == "/Widget" else ("/T",))):
            if key in note:
                del note[key]
        note.P = page
        action = note.get("/A")
        goal = self._goals.array(self._goals.of_action(action) if "/Dest" not in note else note.Dest)
        for key in ("/A", "/Dest"):
            if key in note:
                del note[key]
        if goal is not None:
            note.Dest = goal
        elif isinstance(action, Dictionary) and action.get("/S") == "/URI":
            address = str(action.get("/URI", ""))
            if _SAFE.match(address):
                note.A = Dictionary(S=Name.URI, URI=String(address))
        return True

    def _form(self) -> None:
        """A form's answers as they stand: shown, no longer to be changed, nothing in it acting."""
        form = self._pdf.Root.get("/AcroForm")
        if not isinstance(form, Dictionary):
            return
        mark = sha256(self._data).hexdigest()[:8]
        waiting = [field for field in form.get("/Fields", ()) if isinstance(field, Dictionary)]
        tops, seen = list(waiting), set()
        for field in tops:
            field.T = String(f"{mark}-{field.get('/T', '')}".replace(".", "-"))
        while waiting:
            field = waiting.pop()
            if field.objgen in seen:
                continue
            seen.add(field.objgen)
            if field.get("/FT") == "/Sig" and "/V" in field:
                del field["/V"]
            if "/FT" in field:
                field.Ff = int(field.get("/Ff", 0)) | _READ_ONLY
            waiting.extend(kid for kid in field.get("/Kids", ()) if isinstance(kid, Dictionary))
        self._pdf.Root.AcroForm = Dictionary(Fields=Array(tops))

    def _layers(self) -> None:
        """Layers, each shown or hidden as the file opens."""
        layers = self._pdf.Root.get("/OCProperties")
        if not isinstance(layers, Dictionary):
            return
        groups = [group for group in layers.get("/OCGs", ()) if isinstance(group, Dictionary)]
        shown = layers.get("/D", Dictionary())
        on = {group.objgen for group in shown.get("/ON", ())}
        off = {group.objgen for group in shown.get("/OFF", ())}
        if shown.get("/BaseState") == "/OFF":
            off = {group.objgen for group in groups} - on
        hidden = Array([group for group in groups if group.objgen in off])
        self._pdf.Root.OCProperties = Dictionary(OCGs=Array(groups), OFF=hidden)

    def _tags(self) -> bool:
        """Keep the tags, or where they cannot be kept make each page one paragraph, and say so."""
        pdf = self._pdf
        try:
            tags = Tags(pdf, set(self._goals.places), self._gone)
            tags.kept()
        except Untagged as why:
            self._said.append(
                f"{why}, so each of its pages stands in the pack as one paragraph, in "
                "the order it was drawn. Save it as an accessible PDF, or upload the Word file."
            )
            wrap(pdf, self._name, pages_with_words(self._data))
            return False
        notes = (note for page in pdf.pages for note in page.obj.get("/Annots", ()))
        for held in (*pdf.objects, *notes):
            if isinstance(held, Dictionary | Stream):
                tags.tied(held)
        return True


def _inherited(page: Any, key: str) -> Any:
    node = page
    for _ in range(50):
        if key in node:
            return node[key]
        node = node.get("/Parent")
        if not isinstance(node, Dictionary):
            break
    return None


def _set_straight(page: Any) -> None:
    """Give a page a size, a turn and a unit that make sense, where its own do not."""
    if "/MediaBox" not in page or min(sheet_of(page).width, sheet_of(page).height) < 1:
        page.MediaBox = Array([0, 0, 595, 842])
        if "/CropBox" in page:
            del page["/CropBox"]
    if int(page.get("/Rotate", 0)) % 90:
        page.Rotate = 0
    if "/UserUnit" in page and not _UNITS[0] <= float(page.UserUnit) <= _UNITS[1]:
        del page["/UserUnit"]
