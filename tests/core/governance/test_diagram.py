"""The manual shows the stages as the code has them."""

from pathlib import Path

from goldthread.core.governance.diagram import page

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "stages.md"


def test_the_manual_was_written_from_the_tables() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
