from django.apps import AppConfig


class CentresConfig(AppConfig):
    name = "kith.record.centres"
    label = "centres"
    default_auto_field = "django.db.models.BigAutoField"
