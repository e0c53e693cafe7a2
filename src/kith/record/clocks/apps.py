from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "kith.record.clocks"
    label = "clocks"
    default_auto_field = "django.db.models.BigAutoField"
