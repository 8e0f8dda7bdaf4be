"""The mail app."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Registers what other rooms are to know of it when Django is ready."""

    name = "goldthread.mail"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Mail"
