from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "kith.record.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(guard_the_audit, sender=self)


def guard_the_audit(using: str, **kwargs: Any) -> None:
    """After every migration the database refuses changes again: SQLite drops triggers as it rebuilds tables.

    Not in tests, which empty every table between them; the triggers have tests of their own.
    """
    if settings.TESTING:
        return
    from kith.record.audit import triggers

    triggers.install(connections[using])
