from pathlib import Path

from django.apps import AppConfig


class SchoolingConfig(AppConfig):
    name = "kith.record.schooling"
    label = "schooling"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.record.chronology import kinds
        from kith.record.chronology.telling import tell_as
        from kith.record.schooling import telling

        kinds.also_in(Path(__file__).parent / "data" / "kinds.csv")
        tell_as("schooling.schoolplace", telling.place)
        tell_as("schooling.attendance", telling.attendance)
        tell_as("schooling.exclusion", telling.exclusion)
        tell_as("schooling.specialneed", telling.special_need)
