"""A mail backend that keeps each letter as a file which mail programs open, for the demonstration."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """Writes every message to the folder named by the setting OUTBOX; the same letter twice is one file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.OUTBOX)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            _write(folder, message)
        return len(email_messages)


def _write(folder: Path, message: EmailMessage) -> None:
    made = message.message()
    name = hashlib.sha256(str(made["Message-ID"]).encode()).hexdigest()[:16]
    handle, unfinished = tempfile.mkstemp(prefix=".unfinished-", dir=folder)
    with os.fdopen(handle, "wb") as out:
        out.write(made.as_bytes())
    Path(unfinished).replace(folder / f"{name}.eml")
