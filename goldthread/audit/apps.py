from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.apps.registry import apps as global_apps
from django.db.models.signals import post_migrate


def restore_guards(sender: AppConfig, using: str, apps: Apps = global_apps, **kwargs: Any) -> None:
    """Make every guard again once all apps have migrated; `sender` is this app, told last or not."""
    from goldthread.audit import guards  # noqa: PLC0415 - needs models, which load after this module

    guards.restore(global_apps, using)


class AuditConfig(AppConfig):
    name = "goldthread.audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(restore_guards, sender=self)
