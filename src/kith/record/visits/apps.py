from pathlib import Path

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "kith.record.visits"
    label = "visits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.record.chronology import kinds
        from kith.record.chronology.telling import tell_as
        from kith.record.visits import telling

        kinds.also_in(Path(__file__).parent / "data" / "kinds.csv")
        tell_as("visits.seen", telling.seen)
        tell_as("visits.noteabout", telling.note_about)
