from pathlib import Path

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "kith.record.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.record.chronology import kinds
        from kith.record.chronology.telling import tell_as
        from kith.record.documents import telling

        kinds.also_in(Path(__file__).parent / "data" / "kinds.csv")
        tell_as("documents.documentabout", telling.about)
