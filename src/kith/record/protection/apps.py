from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "kith.record.protection"
    label = "protection"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.record.clocks.running import told_by_room
        from kith.record.protection import clock_facts

        told_by_room(clock_facts.running)
