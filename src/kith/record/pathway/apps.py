from django.apps import AppConfig


class PathwayConfig(AppConfig):
    name = "kith.record.pathway"
    label = "pathway"

    def ready(self) -> None:
        from kith.record.access import open_work
        from kith.record.clocks.running import told_by_room
        from kith.record.pathway import clock_facts, queries

        told_by_room(clock_facts.assessments)
        told_by_room(clock_facts.conferences)
        open_work.told_by(queries.among_in_open_work)
