"""The app: sign-ins are recorded, rooms ask it who may enter, and `goldthread verify` knows its offices."""

from importlib import import_module

from django.apps import AppConfig

from goldthread.core.governance.abilities import Ability
from goldthread.web import rooms


class PeopleConfig(AppConfig):
    name = "goldthread.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("goldthread.people.sign_in")
        import_module("goldthread.people.checks").register_own()
        rooms.permit_with(import_module("goldthread.people.queries").may_enter)
        rooms.register("desk", "People", "people", 80, Ability.READ_DESK)
        rooms.register("desk", "Record", "record", 90, Ability.READ_AUDIT)
