from pathlib import Path

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "kith.record.protection"
    label = "protection"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.record.access import chairs
        from kith.record.chronology import kinds
        from kith.record.chronology.telling import tell_as
        from kith.record.clocks.running import told_by_room
        from kith.record.protection import clock_facts, queries, telling

        chairs.told_by(queries.chaired_by)
        told_by_room(clock_facts.running)
        kinds.also_in(Path(__file__).parent / "data" / "kinds.csv")
        for table, tell in telling.TELLS.items():
            tell_as(table, tell)
