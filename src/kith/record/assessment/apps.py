from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "kith.record.assessment"
    label = "assessment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.record.assessment import clock_facts
        from kith.record.clocks.running import told_by_room

        told_by_room(clock_facts.running)
