"""What this authority is, and what it decides for itself, as dated rows (decision 0010)."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from kith.record.facts import in_order


class OwnAuthority(models.Model):
    """The authority whose record this is, from a day, to a day: an area may become another's."""

    code = models.CharField(max_length=20)  # as in child ids and returns
    name = models.CharField(max_length=100)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    last_child_number = models.PositiveIntegerField(default=0)  # of the child ids given here
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            in_order("started_on", "ended_on", "own_authority_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name


class LocalSetting(models.Model):
    """What this authority set, from a day, to a day; `data/local_settings.csv` says what may be set."""

    name = models.CharField(max_length=40)
    value = models.CharField(max_length=500)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    agreed_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(ended_on=None), name="one_local_setting_at_a_time"
            ),
            in_order("started_on", "ended_on", "local_setting_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value} from {self.started_on}"
