"""The story of a person: one line for every event, in order, each opening its source."""

from django.db import models
from django.utils import timezone

from kith.record.people.models import Person


class Line(models.Model):
    """One event in a person's story, in plain words, pointing at the fact that tells it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="lines", db_index=False)
    on = models.DateField(null=True, blank=True)  # None: the source gives no date
    kind = models.CharField(max_length=40)  # such as `placement_started`; chronology/kinds.py
    text = models.CharField(max_length=500)
    fact_table = models.CharField(max_length=60)  # app label and model, such as `care.placement`
    fact_thread = models.BigIntegerField()
    recorded_at = models.DateTimeField(default=timezone.now)
    batch = models.ForeignKey(
        "audit.Batch", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    struck_at = models.DateTimeField(null=True, blank=True)  # no longer true; kept, and not shown by default

    class Meta:
        # The whole line, by person: a story's lines were written over years, each on another page of the
        # disk. From this index they are read in one piece.
        indexes = [
            models.Index(
                fields=[
                    *("person", "on", "id", "kind", "text", "fact_table", "fact_thread"),
                    *("recorded_at", "batch", "struck_at"),
                ],
                name="line_whole_by_person",
            ),
            models.Index(fields=["fact_thread"], name="line_fact_thread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
