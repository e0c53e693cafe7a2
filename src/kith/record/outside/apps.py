from pathlib import Path

from django.apps import AppConfig


class OutsideConfig(AppConfig):
    name = "kith.record.outside"
    label = "outside"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.record.chronology import kinds
        from kith.record.chronology.telling import tell_as
        from kith.record.outside import telling

        kinds.also_in(Path(__file__).parent / "data" / "kinds.csv")
        tell_as("outside.screening", telling.screening)
        tell_as("outside.paneldecision", telling.panel_decision)
        tell_as("outside.nationalreferral", telling.national_referral)
        tell_as("outside.handedtoadults", telling.handed_to_adults)
