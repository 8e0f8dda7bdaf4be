"""The thread app."""

from importlib import import_module

from django.apps import AppConfig

from goldthread.core.governance.abilities import Ability
from goldthread.web import rooms, threads


class ThreadConfig(AppConfig):
    """Registers what other rooms are to know of it when Django is ready."""

    name = "goldthread.thread"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "The thread"

    def ready(self) -> None:
        rooms.register("desk", "What needs me", "thread:desk-home", 10, Ability.READ_DESK)
        threads.answer_with(import_module("goldthread.thread.refs").address_of)
        import_module("goldthread.thread.search.beginning").register_own(self)
