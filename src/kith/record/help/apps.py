from pathlib import Path

from django.apps import AppConfig


class HelpConfig(AppConfig):
    name = "kith.record.help"
    label = "help"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.record.access import open_work
        from kith.record.chronology import kinds, telling
        from kith.record.clocks.running import told_by_room, told_of_matters
        from kith.record.help import clock_facts, own_beginnings, queries
        from kith.record.help.telling import help_episode, stepped_up

        telling.tell_as("help.helpepisode", help_episode)
        telling.tell_as("help.steppedup", stepped_up)
        kinds.also_in(Path(__file__).parent / "data" / "kinds.csv")
        told_of_matters("help.helprequest", clock_facts.requests)
        told_by_room(clock_facts.families)
        own = own_beginnings.opens_nothing_to
        open_work.rows_tell(queries.episodes_open_on, but=own)
        open_work.messages_tell(queries.episodes_without_lead_on, but=own)
