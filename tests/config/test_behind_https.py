"""Behind a server that ends TLS: its word on the visitor is believed there, and nowhere else."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import waitress

from goldthread.config.serving import behind

Ask = Callable[[], list[str]]


def _tell(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    told = (environ["wsgi.url_scheme"], environ["REMOTE_ADDR"], environ.get("HTTP_X_FORWARDED_HOST", "none"))
    return [" ".join(told).encode()]


@pytest.fixture
def ask(settings: Any, request: pytest.FixtureRequest) -> Iterator[Ask]:
    settings.BEHIND_HTTPS = request.param
    server = waitress.create_server(_tell, host="127.0.0.1", port=0, threads=1, **behind())
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()

    def told() -> list[str]:
        visit = http.client.HTTPConnection("127.0.0.1", server.effective_port, timeout=5)
        headers = {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.7",
            "X-Forwarded-Host": "evil.example",
        }
        visit.request("GET", "/", headers=headers)
        words = visit.getresponse().read().decode().split()
        visit.close()
        return words

    yield told
    server.trigger.pull_trigger(server.close)  # by its own loop, which may be waiting on what close() ends
    thread.join(5)
    server.task_dispatcher.shutdown()
    assert not thread.is_alive()


@pytest.mark.parametrize("ask", [True], indirect=True)
def test_who_is_told_https_does_not_redirect_to_it_for_ever(ask: Ask) -> None:
    assert ask() == ["https", "192.0.2.7", "none"]


@pytest.mark.parametrize("ask", [False], indirect=True)
def test_without_such_a_server_nobody_is_believed(ask: Ask) -> None:
    assert ask() == ["http", "127.0.0.1", "none"]
