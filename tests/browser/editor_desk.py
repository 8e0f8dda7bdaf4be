"""A small server for the editor alone: the harness, the static files, and answers from a list."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from goldthread.web.policy import POLICY

HERE = Path(__file__).parent
ROOT = HERE.parents[1] / "goldthread" / "web"
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


def block(kind: str, words: str, **attrs: Any) -> dict[str, Any]:
    return {"type": kind, "attrs": attrs, "content": [{"type": "text", "text": words}]}


FORM = {
    "key": "k1",
    "title": "Visible policing",
    "numbered": True,
    "lang": "",
    "content": [
        block("paragraph", "Alpha beta", key="a", numbered=True),
        block("keyMeasure", "Calls answered", key="m", fields={"target": "90%"}),
        block("paragraph", "Omega", key="z"),
    ],
}


class Desk(ThreadingHTTPServer):
    """Serves the harness and the static files; keeps what is posted; answers from a list."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.posts: list[dict[str, Any]] = []
        self.answers: list[tuple[int, dict[str, Any]]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def last(self) -> list[dict[str, Any]]:
        return self.posts[-1]["content"]


class Answer(BaseHTTPRequestHandler):
    server: Desk

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def give(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/":
            page = (HERE / "editor_harness.html").read_text().replace("FORM", json.dumps(FORM))
            return self.give(200, "text/html; charset=utf-8", page.encode())
        found = ROOT / "static" / "web" / path.removeprefix("/static/")
        if not found.is_file():
            return self.give(404, "text/plain", b"")
        return self.give(200, TYPES.get(found.suffix, "text/plain"), found.read_bytes())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/upload":
            return self.give(200, "application/json", json.dumps({"image": "f" * 64}).encode())
        self.server.posts.append({**json.loads(body), "csrf": self.headers["X-CSRFToken"]})
        seal = f"s{len(self.server.posts)}"
        standard = (200, {"seal": seal, "saved_at": "2014-10-02T13:02:00Z", "problems": []})
        status, said = self.server.answers.pop(0) if self.server.answers else standard
        return self.give(status, "application/json", json.dumps(said).encode())


def caret(page: Page, words: str, offset: int = 0) -> None:
    """Put the caret before a word of the text, `offset` characters in."""
    page.evaluate(
        """([words, offset]) => {
            const text = document.querySelector('.ProseMirror');
            const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            let node;
            while ((node = walk.nextNode()) && !node.data.includes(words));
            text.focus();
            getSelection().collapse(node, node.data.indexOf(words) + offset);
        }""",
        [words, offset],
    )
    page.wait_for_timeout(30)  # the browser tells of a moved selection in its own time


def paste(page: Page, html: str) -> None:
    page.evaluate(
        """html => {
            const given = new DataTransfer();
            given.setData('text/html', html);
            given.setData('text/plain', 'plain');
            const about = {clipboardData: given, bubbles: true, cancelable: true};
            const event = new ClipboardEvent('paste', about);
            document.querySelector('.ProseMirror').dispatchEvent(event);
        }""",
        html,
    )
