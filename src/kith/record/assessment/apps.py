from pathlib import Path

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "kith.record.assessment"
    label = "assessment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.record.assessment import telling
        from kith.record.chronology import kinds
        from kith.record.chronology.telling import tell_as

        kinds.also_in(Path(__file__).parent / "data" / "kinds.csv")
        tell_as("assessment.childspart", telling.nothing)
        tell_as("assessment.assessmentshared", telling.shared)
        tell_as("assessment.needplanmeeting", telling.need_plan_meeting)
