"""The people who work here: users, their roles and teams, and whom they are allocated to (D8)."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from kith.record.facts import Fact, in_order


class Role(models.TextChoices):
    """What a person is here to do; domain pack, section 4."""

    FAMILY_HELP_LEAD = "family_help_lead", "Family help lead practitioner"
    SOCIAL_WORKER = "social_worker", "Social worker"
    LEAD_PROTECTION_PRACTITIONER = "lead_protection_practitioner", "Lead child protection practitioner"
    DUTY_WORKER = "duty_worker", "Front door and duty worker"
    OUT_OF_HOURS = "out_of_hours", "Out-of-hours worker"
    TEAM_MANAGER = "team_manager", "Team manager"
    SENIOR_MANAGER = "senior_manager", "Head of service or director"
    REVIEWING_OFFICER = "reviewing_officer", "Conference chair or reviewing officer"
    PLACEMENT_OFFICER = "placement_officer", "Placement officer"
    PERSONAL_ADVISER = "personal_adviser", "Personal adviser"
    ANALYST = "analyst", "Data analyst"
    CUSTODIAN = "custodian", "Custodian of restricted records"
    DATA_PROTECTION = "data_protection", "Data-protection officer"
    ADMINISTRATOR = "administrator", "System administrator"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in, with their email address."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    registration_number = models.CharField(max_length=12, blank=True)  # Social Work England
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    has_given_password = models.BooleanField(default=False, db_default=False)  # somebody else knows it
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name


class UserRole(models.Model):
    """A role somebody holds, from a day, to a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="roles_held")
    role = models.CharField(max_length=40, choices=Role.choices)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.get_role_display()


class Team(models.Model):
    class Kind(models.TextChoices):
        FRONT_DOOR = "front_door", "Front door"
        FAMILY_HELP = "family_help", "Family help"
        ASSESSMENT = "assessment", "Assessment"
        PROTECTION = "protection", "Child protection"
        DISABLED_CHILDREN = "disabled_children", "Disabled children"
        CARE = "care", "Children in care"
        LEAVING = "leaving", "Leaving care"
        CONFERENCES = "conferences", "Conferences and reviews"
        OUT_OF_HOURS = "out_of_hours", "Out of hours"
        OTHER = "other", "Something else"

    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(  # to whom an alert goes; "" where nobody said
        max_length=20, choices=Kind.choices, blank=True, default="", db_default=""
    )
    is_unallocated = models.BooleanField(default=False)  # the team of imported people nobody has yet (D8)
    phone = models.CharField(max_length=30, blank=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody in a team, from a day, to a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    is_manager = models.BooleanField(default=False)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id} in {self.team_id}"


class Cover(models.Model):
    """Somebody who does another's work for some days and opens what the other opens; it ends by itself."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="covers")
    for_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="covered_by"
    )
    started_on = models.DateField()
    ended_on = models.DateField()  # not in force from that day
    arranged_at = models.DateTimeField(default=timezone.now, editable=False)
    arranged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on__gte=models.F("started_on")), name="cover_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~models.Q(user=models.F("for_user")), name="nobody_covers_for_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} for {self.for_user_id}"


class Decided(Fact):
    """A fact that somebody here decided, and the team they decided it in.

    Either our own user and team, or the ids that an extract named them by (and the user whose registration
    number the id is, the team whose name it is, where there is one). Kept so that people learn what became
    of what they decided; never to rank anybody.
    """

    # Asked for fact by fact and in figures, never user by user: an index would only slow an import.
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    decided_by_reference = models.CharField(
        max_length=100, blank=True, editable=False, default="", db_default=""
    )
    deciding_team = models.ForeignKey(
        Team, null=True, editable=False, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    deciding_team_reference = models.CharField(
        max_length=255, blank=True, editable=False, default="", db_default=""
    )

    class Meta(Fact.Meta):
        abstract = True


class Allocation(Fact):
    """A worker or a team working with a person; the 903's social worker spells are these too."""

    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="allocations"
    )
    worker_reference = models.CharField(max_length=20, blank=True)  # registration number in a return
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="allocations"
    )
    team_reference = models.CharField(  # a team's id in an extract
        max_length=255, blank=True, default="", db_default=""
    )
    role = models.CharField(max_length=40, default="social_worker")  # code list `working_relationship_roles`
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    change_reason = models.CharField(max_length=10, blank=True)  # code list `social_worker_change_reason`

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            in_order("started_on", "ended_on", "allocation_ends_after_start"),
        ]
