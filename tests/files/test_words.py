"""No word of a file is lost on the way into the tree, nor from the tree into a text."""

from collections import Counter
from pathlib import Path

import pytest

from goldthread.core.text import words_of
from goldthread.files.reading import read
from goldthread.files.sections import to_text
from goldthread.files.tree import View, walk
from tests.files.words import CORPUS, missing, raw_words

FILES = sorted(
    path for folder in ("real", "features", "tracked") for path in (CORPUS / folder).glob("*.docx")
)


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[-40:])
def test_every_word_is_in_the_tree_or_a_warning(path: Path) -> None:
    document = read(path, view=View.ALL)
    held = "\n".join((document.text(), *map(str, document.warnings)))
    assert missing(raw_words(path), held) == {}


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[-40:])
@pytest.mark.parametrize("view", [View.FINAL, View.ORIGINAL])
def test_every_word_of_the_tree_survives_into_the_text(path: Path, view: View) -> None:
    document = read(path, view=view)
    recognised = to_text(document)
    held = [recognised.text.title, *recognised.printed.values(), *map(str, recognised.left_out)]
    for _, section in recognised.text.walk():
        held.extend((section.title, *map(words_of, section.blocks)))
    bullets = {block.label for block in walk(document.blocks)}
    wanted = Counter(
        {word: count for word, count in Counter(document.text().split()).items() if word not in bullets}
    )
    assert missing(wanted, "\n".join(held)) == {}
