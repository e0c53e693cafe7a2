from django.apps import AppConfig


class PathwayConfig(AppConfig):
    name = "kith.record.pathway"
    label = "pathway"

    def ready(self) -> None:
        from kith.record.clocks.running import told_by_room
        from kith.record.pathway import clock_facts

        told_by_room(clock_facts.assessments)
        told_by_room(clock_facts.conferences)
