"""The plans app."""

from importlib import import_module

from django.apps import AppConfig

from goldthread.core.governance.abilities import Ability
from goldthread.web import rooms

OF_THE_PLAN = (
    "plans:desk-new-document",
    "plans:desk-import",
    "plans:desk-import-review",
    "plans:desk-compare-files",
    "plans:desk-conflict",
)


class PlansConfig(AppConfig):
    """Registers its rooms and its verifiers when Django is ready."""

    name = "goldthread.plans"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Plans"

    def ready(self) -> None:
        verify = import_module("goldthread.plans.verify")
        verify.register_own()
        rooms.register("desk", "Plan", "plans:desk-shelf", 20, Ability.READ_DESK, also=OF_THE_PLAN)
        rooms.register("public", "The plan", "plans:site-plan-list", 10)
