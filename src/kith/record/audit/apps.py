from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "kith.record.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
