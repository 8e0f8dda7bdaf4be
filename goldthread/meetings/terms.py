"""Terms of reference as plain words: a paragraph a line, headings that begin with #."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _

from goldthread.core.text import Kind, Prose, Run, Section, Text, another_key, words_of
from goldthread.plans.texts import Flat, nest

DEEPEST = 2


def text_of_words(words: str, title: str) -> Text:
    """Plain words as a text; the same words always make the same text, keys and seal included."""
    seen: Counter[str] = Counter()

    def key(of: str) -> str:
        seen[of] += 1
        return another_key("terms", f"{of} {seen[of]}")

    flat: list[tuple[int, str, list[Prose]]] = [(0, "", [])]
    for line in (line.strip() for line in words.splitlines()):
        if line.startswith("#"):
            depth = min(len(line) - len(line.lstrip("#")) - 1, DEEPEST)
            flat.append((depth, line.lstrip("# "), []))
        elif line:
            flat[-1][2].append(Prose(key(line), Kind.PARAGRAPH, (Run(line),), numbered=True))
    kept = [(depth, heading or _("General"), blocks) for depth, heading, blocks in flat if heading or blocks]
    sections = [
        Flat(depth, Section(key(f"#{heading}"), heading, tuple(blocks))) for depth, heading, blocks in kept
    ]
    return nest(title, "en-GB", sections)


def words_of_text(text: Text) -> str:
    """A text as plain words, as `text_of_words` reads them."""
    parts: list[str] = []
    for depth, section in text.walk():
        parts.append(f"{'#' * (depth + 1)} {section.title}")
        parts.extend(" ".join(words_of(block).split()) for block in section.blocks)
    return "\n\n".join(part for part in parts if part)
