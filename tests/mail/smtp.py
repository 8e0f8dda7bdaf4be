"""A real mail server on this machine for tests: it keeps what it accepts, and misbehaves when told to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller


class Post:
    """What arrived, and how the next visitors are to be treated."""

    def __init__(self) -> None:
        self.arrived: list[Message] = []
        self.refused: dict[str, str] = {}
        self.breaks_off = 0
        self.answer_to_words = ""
        self.stalls = False
        self.reached = threading.Event()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.reached.set()
        if self.stalls:
            await server.loop.create_future()
        if self.breaks_off:
            self.breaks_off -= 1
            server.transport.close()
            return "421 Gone"
        if self.answer_to_words:
            return self.answer_to_words
        self.arrived.append(message_from_bytes(envelope.content))
        return "250 OK"

    def keys(self) -> list[str]:
        """What identifies each letter that arrived, in order of arrival."""
        return [message["Message-ID"] for message in self.arrived]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(post: Post, port: int, **options: Any) -> Iterator[int]:
    """Serve mail at a port for as long as the block lasts."""
    controller = Controller(post, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop(no_assert=True)
