"""The mail app."""

from importlib import import_module

from django.apps import AppConfig

from goldthread.core.governance.abilities import Ability
from goldthread.web import rooms


class MailConfig(AppConfig):
    """Registers its room, which counts the letters that could not be sent."""

    name = "goldthread.mail"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Mail"

    def ready(self) -> None:
        given_up = import_module("goldthread.mail.desk").given_up
        rooms.register("desk", "Letters", "mail:desk-outbox", 85, Ability.WRITE_DELIVERY, count=given_up)
