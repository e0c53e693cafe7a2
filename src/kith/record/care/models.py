"""Care: three time lines (periods of care, legal statuses, placements) and what happens along them.

What happened is stored; SSDA903 episodes are unfolded from it (D5).
"""

from django.db import models

from kith.record.facts import Fact, in_order


class PeriodOfCare(Fact):
    """A child looked after from a day to a day."""

    started_on = models.DateField()
    is_start_known = models.BooleanField(default=True)  # False: the first file starts part-way
    first_reason = models.CharField(max_length=3, blank=True)  # then, the first episode's reason as given
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=4, blank=True)  # code list `reason_episode_ceased`
    need = models.CharField(max_length=3, blank=True)  # code list `need_codes`
    home_postcode = models.CharField(max_length=10, blank=True)

    class Meta(Fact.Meta):
        constraints = [*Fact.Meta.constraints, in_order("started_on", "ended_on", "care_ends_after_start")]


class LegalStatus(Fact):
    """The legal status under which a child is looked after."""

    period_thread = models.BigIntegerField()
    code = models.CharField(max_length=3)  # code list `legal_status`
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            in_order("started_on", "ended_on", "legal_status_ends_after_start"),
        ]


class Placement(Fact):
    """Where a looked-after child lives, and with whom."""

    period_thread = models.BigIntegerField()
    placement_type = models.CharField(max_length=4)  # code list `placement_type`
    provider = models.CharField(max_length=4, blank=True)  # code list `placement_provider`
    urn = models.CharField(max_length=10, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    home_postcode = models.CharField(max_length=10, blank=True)  # only where told otherwise than the period's
    carer = models.CharField(max_length=60, blank=True)  # the same text for the same carer or setting
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    change_reason = models.CharField(max_length=6, blank=True)  # code list `reason_placement_change`

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            in_order("started_on", "ended_on", "placement_ends_after_start"),
        ]


class CareReview(Fact):
    """A review of a looked-after child's care, as held."""

    held_on = models.DateField()
    participation = models.CharField(max_length=3, blank=True)  # code list `review_participation`


class RiskGrade(models.TextChoices):
    """How the police grade the risk to somebody missing (College of Policing, Missing persons)."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"
    NONE = "none", "No apparent risk"


class MissingEpisode(Fact):
    """A child missing, or away without permission."""

    kind = models.CharField(max_length=1)  # code list `missing_type`
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    # What a file does not carry. The moments are in UTC; None: nobody said the hour.
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    last_seen = models.CharField(max_length=300, blank=True, default="", db_default="")
    police_reference = models.CharField(max_length=50, blank=True, default="", db_default="")
    risk = models.CharField(max_length=6, choices=RiskGrade, blank=True, default="", db_default="")
    who_was_told = models.CharField(max_length=300, blank=True, default="", db_default="")
    found_where = models.CharField(max_length=300, blank=True, default="", db_default="")
    checked_at = models.DateTimeField(null=True, blank=True)  # somebody saw that the child is safe and well


class Reply(models.TextChoices):
    """What became of the offer of a return interview."""

    ACCEPTED = "accepted", "Yes, they will talk"
    REFUSED = "refused", "No, they do not want to"
    NOT_REACHED = "not_reached", "We could not reach them"


class ReturnInterview(Fact):
    """A talk with somebody independent, offered to a child who came back from being missing."""

    episode_thread = models.BigIntegerField(db_index=True)
    offered_at = models.DateTimeField()
    reply = models.CharField(max_length=12, choices=Reply.choices, blank=True)  # blank: no reply yet
    reply_because = models.CharField(max_length=300, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.CharField(max_length=200, blank=True)
    said = models.TextField(blank=True)  # the child's own words: for their own file alone
    shared_with = models.CharField(max_length=300, blank=True)


class HealthYear(Fact):
    """Health and wellbeing of a child looked after for a whole year to 31 March (SSDA903 OC2)."""

    year = models.PositiveIntegerField()
    sdq_score = models.PositiveIntegerField(null=True, blank=True)
    sdq_reason = models.CharField(max_length=4, blank=True)
    is_convicted = models.BooleanField(null=True, blank=True)
    is_health_check_up_to_date = models.BooleanField(null=True, blank=True)
    are_immunisations_up_to_date = models.BooleanField(null=True, blank=True)
    are_teeth_checked = models.BooleanField(null=True, blank=True)
    is_health_assessed = models.BooleanField(null=True, blank=True)
    is_misusing_substances = models.BooleanField(null=True, blank=True)
    is_intervention_received = models.BooleanField(null=True, blank=True)
    is_intervention_offered = models.BooleanField(null=True, blank=True)


class UnaccompaniedStatus(Fact):
    """A child seeking asylum without family; `ended_on` is when that status ended or will end."""

    ended_on = models.DateField(null=True, blank=True)


class LibertyOrder(Fact):
    """A High Court order that deprives a child of their liberty."""

    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)


class Motherhood(Fact):
    """A looked-after young person who is a mother; `child_born_on` where it is told."""

    year = models.PositiveIntegerField()  # the return year that told it
    is_mother = models.BooleanField(null=True, blank=True)  # None: only a birth date was told
    child_born_on = models.DateField(null=True, blank=True)


class AdoptionDecision(Fact):
    """The decision that a child should be placed for adoption, and its reversal."""

    decided_on = models.DateField()
    reversed_on = models.DateField(null=True, blank=True)
    reversal_reason = models.CharField(max_length=3, blank=True)


class Adoption(Fact):
    """An adoption, as the SSDA903 tells it (AD1)."""

    year = models.PositiveIntegerField(null=True, blank=True)  # the return year that told it
    decided_on = models.DateField(null=True, blank=True)
    matched_on = models.DateField(null=True, blank=True)
    is_by_foster_carer = models.BooleanField(null=True, blank=True)
    adopters = models.PositiveIntegerField(null=True, blank=True)
    adopters_sex = models.CharField(max_length=2, blank=True)
    adopters_legal_status = models.CharField(max_length=3, blank=True)


class PreviousPermanence(Fact):
    """A permanent home a child had before this period of care."""

    option = models.CharField(max_length=2)  # code list `previous_permanence`
    authority = models.CharField(max_length=3, blank=True)
    ordered_on = models.CharField(max_length=10, blank=True)  # dd/mm/yyyy, zz where a part is not known
