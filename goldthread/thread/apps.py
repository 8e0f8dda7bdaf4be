"""The thread app."""

from importlib import import_module

from django.apps import AppConfig

from goldthread.web import threads


class ThreadConfig(AppConfig):
    """Registers what other rooms are to know of it when Django is ready."""

    name = "goldthread.thread"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "The thread"

    def ready(self) -> None:
        threads.answer_with(import_module("goldthread.thread.refs").address_of)
        import_module("goldthread.thread.search.beginning").register_own(self)
