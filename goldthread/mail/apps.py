"""The mail app."""

from django.apps import AppConfig

from goldthread.core.governance.abilities import Ability
from goldthread.web import rooms


class MailConfig(AppConfig):
    """Registers its room, for whoever manages people or writes about delivery."""

    name = "goldthread.mail"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Mail"

    def ready(self) -> None:
        readers = frozenset({Ability.MANAGE_PEOPLE, Ability.WRITE_DELIVERY})
        rooms.register("desk", "Letters", "mail:desk-outbox", 85, readers)
