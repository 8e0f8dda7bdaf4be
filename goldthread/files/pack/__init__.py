"""Agenda packs: many papers as one tagged PDF, every tag kept, numbered through, the same bytes each time."""
