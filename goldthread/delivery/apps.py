"""The delivery app."""

from importlib import import_module

from django.apps import AppConfig

from goldthread.core.governance.abilities import Ability
from goldthread.web import rooms


class DeliveryConfig(AppConfig):
    """Registers what other rooms are to know of it when Django is ready."""

    name = "goldthread.delivery"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Delivery"

    def ready(self) -> None:
        import_module("goldthread.delivery.keeping").register_own()
        import_module("goldthread.delivery.freezing").register_own()
        import_module("goldthread.delivery.owed").register_own()
        import_module("goldthread.delivery.reminding").register_own()
        import_module("goldthread.delivery.placing").register_own()
        import_module("goldthread.delivery.priority_needs").register_own()
        import_module("goldthread.delivery.verify").register_own()
        rooms.register("desk", "What I owe", "delivery:desk-owe", 15, Ability.GIVE_UPDATE)
        rooms.register("desk", "Delivery", "delivery:desk-home", 35, Ability.READ_DRAFTS)
        rooms.register("public", "Delivery", "delivery:site-delivery", 35)
