"""The manual shows the stages of delivery as the code has them."""

from pathlib import Path

from goldthread.core.delivery.diagram import page

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "stages-of-delivery.md"


def test_the_manual_was_written_from_the_tables() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
