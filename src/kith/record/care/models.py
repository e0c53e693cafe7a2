"""Care: three time lines (periods of care, legal statuses, placements) and what happens along them.

What happened is stored; SSDA903 episodes are unfolded from it (D5).
"""

from django.db import models

from kith.record.facts import Fact, in_order


class PeriodOfCare(Fact):
    """A child looked after from a day to a day."""

    started_on = models.DateField()
    is_start_known = models.BooleanField(default=True)  # False: the first file starts part-way
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


class MissingEpisode(Fact):
    """A child missing, or away without permission."""

    kind = models.CharField(max_length=1)  # code list `missing_type`
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)


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
    is_mother = models.BooleanField()
    child_born_on = models.DateField(null=True, blank=True)


class AdoptionDecision(Fact):
    """The decision that a child should be placed for adoption, and its reversal."""

    decided_on = models.DateField()
    reversed_on = models.DateField(null=True, blank=True)
    reversal_reason = models.CharField(max_length=3, blank=True)


class Adoption(Fact):
    """An adoption, as the SSDA903 tells it (AD1)."""

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
