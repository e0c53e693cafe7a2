from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "kith.record.figures"
    label = "figures"
    default_auto_field = "django.db.models.BigAutoField"
