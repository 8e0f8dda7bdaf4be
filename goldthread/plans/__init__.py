"""Plans, sections, editions, and cross-references to other bodies' strategies."""
