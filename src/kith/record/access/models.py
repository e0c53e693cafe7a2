"""Who may see what: restricted records, and glass broken for a reason and a time (D8)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kith.record.people.models import Person


class Restriction(models.Model):
    """A person whose record only named people may open."""

    class Kind(models.TextChoices):
        STAFF_FAMILY = "staff_family", "Member of staff or their family"
        HIGH_PROFILE = "high_profile", "High profile"
        HIDDEN_ADDRESS = "hidden_address", "Hidden from someone"
        POLICE = "police", "Police operation"
        SEALED_ADOPTION = "sealed_adoption", "Sealed adoption file"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="restrictions")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    reason = models.CharField(max_length=300)
    custodian = models.ForeignKey(  # None: every custodian keeps it, as of a file that Kith sealed itself
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    allowed = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    placed_at = models.DateTimeField(default=timezone.now)
    placed_by = models.ForeignKey(  # None: Kith itself, where an import told of an adoption
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ends_on = models.DateField(null=True, blank=True)  # not in force from that day; None: until lifted
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_because = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"restriction {self.pk}"

    @property
    def is_in_force(self) -> bool:
        """Whether it keeps the record back today."""
        is_past = self.ends_on is not None and self.ends_on <= timezone.localdate()
        return self.lifted_at is None and not is_past


class KeptApart(models.Model):
    """A person whose record one worker may not see: their own, their family's, a neighbour's."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="kept_apart")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="kept_apart")
    because = models.CharField(max_length=300)
    started_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ends_on = models.DateField(null=True, blank=True)  # not in force from that day; None: until ended
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "person"], condition=Q(ended_at=None), name="kept_apart_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} kept from {self.person_id}"


class RestrictedMatch(models.Model):
    """Somebody's search met a restricted record: its custodian is told at once."""

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="matches")
    searcher = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    searched_for = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"restricted match {self.pk}"


class BreakGlass(models.Model):
    """A record opened for a reason by someone with no working relationship; it ends by itself."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="glass_broken")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="glass_broken")
    reason = models.CharField(max_length=500)
    started_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)  # given back early
    review_due_on = models.DateField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    was_right = models.BooleanField(null=True, blank=True)
    review_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="glass_is_broken_for_a_reason"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("started_at")), name="glass_ends_after_it_was_broken"
            ),
        ]

    def __str__(self) -> str:
        return f"glass {self.pk}, until {self.ends_at:%Y-%m-%d %H:%M}"


class Message(models.Model):
    """Something a worker has to know or decide: glass broken, a restricted match, an import done."""

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages_received"
    )
    text = models.CharField(max_length=500)
    link = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.text


class OneTimeLink(models.Model):
    """An address that lets somebody without an account answer once: a partner, a family after help ended.

    Only what the address ends in is secret, and that is nowhere kept: its hash is.
    """

    kind = models.CharField(
        max_length=40
    )  # what may be done with it: the rule `by_link` of the page names it
    about_table = models.CharField(max_length=60)
    about_thread = models.BigIntegerField()
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(  # None: Kith itself
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["about_table", "about_thread"], name="link_about")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="link_expires_after_it_was_made"
            )
        ]

    def __str__(self) -> str:
        return f"link {self.pk} to {self.kind}"
