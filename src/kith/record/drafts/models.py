"""What people have typed and not yet sent. No fact, no line of a story, and counted in no clock."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Draft(models.Model):
    """What one person typed into one form about one thing, as typed, until it is sent.

    Once sent, the words are gone from here; the key stays for a while, with what sending it made.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="drafts"
    )
    visitor = models.CharField(max_length=64, blank=True)  # of somebody who has not signed in: their visit
    form = models.CharField(max_length=60)
    about = models.CharField(max_length=80)
    children = models.JSONField(default=list, blank=True)  # ids of the persons it is about
    fields = models.JSONField(default=dict, blank=True)  # name -> every value under it, in order
    set_aside = models.JSONField(default=list, blank=True)  # what other tabs typed over an older revision
    revision = models.PositiveIntegerField(default=0)
    tab = models.CharField(max_length=40, blank=True)  # the tab that saved last, and its number of saves
    saves_of_tab = models.PositiveBigIntegerField(default=0)
    key = models.CharField(max_length=64, unique=True)
    saved_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    sent_as = models.CharField(max_length=64, blank=True)  # a hash of what was sent
    made = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "form", "about"],
                condition=Q(finished_at=None, user__isnull=False),
                name="one_unfinished_draft_a_form",
            ),
            models.UniqueConstraint(
                fields=["visitor", "form", "about"],
                condition=Q(finished_at=None) & ~Q(visitor=""),
                name="one_unfinished_draft_a_visit",
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, visitor="") | (Q(user=None) & ~Q(visitor="")),
                name="draft_is_a_users_or_a_visitors",
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"
