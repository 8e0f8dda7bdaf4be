"""The plans app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Registers its rooms and its verifiers when Django is ready."""

    name = "goldthread.plans"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Plans"
