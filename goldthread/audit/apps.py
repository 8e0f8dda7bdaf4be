"""The app: guards are made again after every `migrate`, and `goldthread verify` knows the chain."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


def restore_guards(using: str, **kwargs: Any) -> None:
    """Make every declared guard again, once all apps have migrated."""
    import_module("goldthread.audit.guards").restore(apps, using)


class AuditConfig(AppConfig):
    name = "goldthread.audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(restore_guards, sender=self)
        import_module("goldthread.audit.verify").register_own()
