from pathlib import Path

from django.apps import AppConfig


class FrontdoorConfig(AppConfig):
    name = "kith.record.frontdoor"
    label = "frontdoor"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.record.access import open_work
        from kith.record.chronology import kinds
        from kith.record.chronology.telling import tell_as
        from kith.record.clocks.running import told_by_room, told_of_matters
        from kith.record.frontdoor import clock_facts, own_messages, queries, telling

        kinds.also_in(Path(__file__).parent / "data" / "kinds.csv")
        tell_as("frontdoor.decidedfor", telling.decided_for)
        tell_as("frontdoor.messageread", telling.message_read)
        tell_as("frontdoor.helpedunder17", telling.section_17_help)
        open_work.messages_tell(queries.concerned_waiting_on, but=own_messages.opens_nothing_to)
        told_by_room(clock_facts.of_people)
        told_of_matters(clock_facts.TABLE, clock_facts.of_messages)
        told_of_matters("frontdoor.allegation", clock_facts.of_allegations)
