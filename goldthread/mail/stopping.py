"""The signed address by which whoever got a letter says that they want no more of its kind."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from goldthread.mail.models import STOPPABLE, Letter
from goldthread.people.models import User

_SIGNER = Signer(salt="goldthread.mail.stop")


def stop_path(letter: Letter) -> str:
    """Where its reader stops letters of this kind without signing in; empty where there is no stopping."""
    if letter.to_user_id is None or letter.kind not in STOPPABLE:
        return ""
    return reverse("mail:stop", args=[_SIGNER.sign(f"{letter.to_user_id}.{letter.kind}")])


def who_stops(token: str) -> tuple[User, str] | None:
    """The person and the kind of letter that a signed address names; nothing where it was altered."""
    try:
        number, _dot, kind = _SIGNER.unsign(token).partition(".")
    except BadSignature:
        return None
    user = User.objects.filter(pk=int(number)).first()
    return (user, kind) if user is not None and kind in STOPPABLE else None
