"""The meetings app."""

from importlib import import_module

from django.apps import AppConfig

from goldthread.core.governance.abilities import Ability
from goldthread.web import rooms


class MeetingsConfig(AppConfig):
    """Registers its rooms, its verifiers and what it keeps papers by when Django is ready."""

    name = "goldthread.meetings"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Boards"

    def ready(self) -> None:
        import_module("goldthread.meetings.keeping").register_own()
        import_module("goldthread.meetings.verify").register_own()
        rooms.register("desk", "Boards", "meetings:desk-home", 30, Ability.READ_DRAFTS)
        rooms.register("public", "Board meetings", "meetings:site-boards", 20)
        rooms.register("public", "Decisions", "meetings:site-decisions", 30)
