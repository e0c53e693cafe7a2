from django.apps import AppConfig


class WorkloadConfig(AppConfig):
    name = "kith.record.workload"
    label = "workload"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.record.clocks.running import put_aside_by
        from kith.record.workload.queries import not_needed

        put_aside_by(not_needed)
