"""The performance app."""

from importlib import import_module

from django.apps import AppConfig

from goldthread.core.governance.abilities import Ability
from goldthread.web import rooms


class PerformanceConfig(AppConfig):
    """Registers its rooms, its verifiers and what it says waits for a person when Django is ready."""

    name = "goldthread.performance"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Measures"

    def ready(self) -> None:
        import_module("goldthread.performance.needs").register_own()
        import_module("goldthread.performance.verify").register_own()
        rooms.register("desk", "Measures", "performance:desk-home", 40, Ability.READ_DRAFTS)
        rooms.register("public", "Measures", "performance:site-measures", 40)
