from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "kith.record.care"
    label = "care"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.record.care import clock_facts
        from kith.record.clocks.running import told_by_room

        told_by_room(clock_facts.running)
