from pathlib import Path

from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "kith.record.care"
    label = "care"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.record.care import clock_facts, telling
        from kith.record.chronology import kinds
        from kith.record.chronology.telling import tell_as
        from kith.record.clocks.running import told_by_room

        told_by_room(clock_facts.running)
        kinds.also_in(Path(__file__).parent / "data" / "kinds.csv")
        tell_as("care.returninterview", telling.interview)
