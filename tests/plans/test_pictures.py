"""Pictures: taken in from the editor, shown on the desk, nothing else ever shown as one."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goldthread.audit import vault
from goldthread.plans.actions.editions import create_document
from goldthread.plans.models import Document, DocumentKind

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def document(cast: Any, at: Any) -> Document:
    return create_document(
        body=cast.body, kind=DocumentKind.PLAN, title="A plan", made_by="Us", by=cast.chief_executive, at=at
    )


@pytest.fixture
def desk(client: Client, cast: Any, settings: Any) -> Client:
    settings.SECOND_FACTOR = False
    client.force_login(cast.governance_officer)
    return client


def _send(client: Client, document: Document, content: bytes) -> Any:
    file = SimpleUploadedFile("picture.png", content, content_type="image/png")
    return client.post(f"/desk/plan/{document.slug}/pictures/", {"file": file})


def test_a_picture_is_kept_and_shown(desk: Client, document: Document) -> None:
    sent = _send(desk, document, DOT)
    seal = sent.json()["image"]
    shown = desk.get(f"/desk/plan/{document.slug}/pictures/{seal}/")
    assert (shown.content, shown["Content-Type"]) == (DOT, "image/png")


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"%PDF-1.7", DOT[:8] + b"\xff" * 60])
def test_what_no_browser_should_show_is_refused_with_a_reason(
    desk: Client, document: Document, content: bytes
) -> None:
    sent = _send(desk, document, content)
    assert sent.status_code == 400
    assert "not kept" in sent.json()["message"]


def test_no_picture_at_all_is_said(desk: Client, document: Document) -> None:
    sent = desk.post(f"/desk/plan/{document.slug}/pictures/")
    assert sent.status_code == 400
    assert "Choose it again" in sent.json()["message"]


def test_other_kept_files_are_not_shown_as_pictures(desk: Client, document: Document) -> None:
    seal = vault.keep(b"The bundle for the panel")
    assert desk.get(f"/desk/plan/{document.slug}/pictures/{seal}/").status_code == 404
    assert desk.get(f"/desk/plan/{document.slug}/pictures/{'0' * 64}/").status_code == 404


def test_strangers_have_no_pictures_here(
    client: Client, document: Document, cast: Any, settings: Any
) -> None:
    settings.SECOND_FACTOR = False
    seal = vault.keep(DOT)
    client.force_login(cast.stranger)
    assert client.get(f"/desk/plan/{document.slug}/pictures/{seal}/").status_code == 404
    assert _send(client, document, DOT).status_code == 404
