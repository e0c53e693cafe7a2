"""An authority's own practice clocks, as dated rows (D10). The law's clocks live in kith.standards."""

from django.db import models


class LocalClock(models.Model):
    """A limit this authority sets for a practice clock, from a day, to a day."""

    clock = models.CharField(max_length=10)  # id in standards/data/clocks.csv
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=20)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    agreed_by = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.clock}: {self.amount} {self.unit} from {self.started_on}"
