"""Search across everything that a reader may see."""
