from django.apps import AppConfig


class PathwayConfig(AppConfig):
    name = "kith.record.pathway"
    label = "pathway"

    def ready(self) -> None:
        from kith.record.access import open_work
        from kith.record.care.queries import periods_open_on
        from kith.record.clocks.running import told_by_room
        from kith.record.frontdoor.queries import referrals_open_on
        from kith.record.pathway import assessment_clocks, clock_facts, queries, visit_clocks
        from kith.record.protection.queries import plans_open_on
        from kith.record.visits import plans

        told_by_room(clock_facts.assessments)
        told_by_room(clock_facts.conferences)
        told_by_room(assessment_clocks.running)
        told_by_room(visit_clocks.visits)
        plans.told_by_room(visit_clocks.plans_on)
        for rows in (referrals_open_on, plans_open_on, periods_open_on):
            open_work.rows_tell(rows)
        open_work.told_by(queries.care_leavers_among)
