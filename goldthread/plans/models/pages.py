"""Pages rendered once, at their seal."""

from __future__ import annotations

from django.db import models


class RenderedPage(models.Model):
    """The HTML of something sealed, rendered once. Safe to delete: it can be made again."""

    name = models.CharField(max_length=160, unique=True, help_text="What it shows, by seal and form.")
    html = models.TextField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
