from django.apps import AppConfig


class OwedConfig(AppConfig):
    name = "kith.record.owed"
    label = "owed"
    default_auto_field = "django.db.models.BigAutoField"
