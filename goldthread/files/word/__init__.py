"""Word files out: a text, or a comparison with genuine tracked changes."""
