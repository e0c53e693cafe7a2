from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "kith.record.sharing"
    label = "sharing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.record.clocks.running import told_of_matters
        from kith.record.sharing import clock_facts

        told_of_matters(clock_facts.TABLE, clock_facts.of_asks)
        told_of_matters("frontdoor.message", clock_facts.of_messages)
