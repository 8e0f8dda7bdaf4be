"""The thread app."""

from django.apps import AppConfig


class ThreadConfig(AppConfig):
    """Registers what other rooms are to know of it when Django is ready."""

    name = "goldthread.thread"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "The thread"
