from pathlib import Path

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "kith.record.planning"
    label = "planning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.record.chronology import kinds, telling
        from kith.record.planning.telling import planned

        telling.tell_as("planning.planned", planned)
        kinds.also_in(Path(__file__).parent / "data" / "kinds.csv")
