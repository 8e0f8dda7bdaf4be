"""The delivery app."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Registers what other rooms are to know of it when Django is ready."""

    name = "goldthread.delivery"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Delivery"
