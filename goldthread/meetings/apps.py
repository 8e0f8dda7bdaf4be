"""The meetings app."""

from importlib import import_module

from django.apps import AppConfig

from goldthread.core.governance.abilities import Ability
from goldthread.web import rooms

OF_THE_BOARDS = (
    "meetings:desk-decisions",
    "meetings:desk-new-decision",
    "meetings:desk-decision",
    "meetings:desk-write-decision",
    "meetings:desk-drop-decision",
    "meetings:desk-mark-decision",
    "meetings:desk-correct-decision",
    "meetings:desk-withdraw-decision",
    "meetings:desk-decision-moved",
    "meetings:desk-new-register",
    "meetings:desk-register",
)


class MeetingsConfig(AppConfig):
    """Registers its rooms, its verifiers and what it keeps papers by when Django is ready."""

    name = "goldthread.meetings"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Boards"

    def ready(self) -> None:
        import_module("goldthread.meetings.keeping").register_own()
        import_module("goldthread.meetings.packs").register_own()
        import_module("goldthread.meetings.coming").register_own()
        import_module("goldthread.meetings.owed").register_own()
        import_module("goldthread.meetings.undecided").register_own()
        import_module("goldthread.meetings.verify").register_own()
        rooms.register("desk", "Boards", "meetings:desk-home", 30, Ability.READ_DRAFTS, also=OF_THE_BOARDS)
        rooms.register("public", "Board meetings", "meetings:site-boards", 20)
        rooms.register("public", "Decisions", "meetings:site-decisions", 30)
