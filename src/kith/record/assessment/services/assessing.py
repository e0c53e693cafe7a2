"""Starting an assessment under each child's referral, and ending it as a return tells it."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from kith.record.access.messages import settle
from kith.record.assessment import permissions, policies
from kith.record.assessment.models import Assessment, FamilyAssessment, Stage
from kith.record.assessment.queries import (
    assessments_of,
    family_of,
    hold,
    link_to,
    open_assessments,
    parts,
    parts_to_finish,
)
from kith.record.chronology import entering
from kith.record.chronology.entering import carry_on, carry_on_matter, enter_each
from kith.record.chronology.policies import check_day, life_of
from kith.record.facts import Ending
from kith.record.people.deciding import decided
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids
from kith.record.people.records import lock_people
from kith.record.versions import current_matters

SIGNED_WITHOUT = "It was signed off without this child"


@transaction.atomic
def start_assessment(
    *, children: Sequence[Person], on: date, referrals: Mapping[int, int], by: User
) -> list[Assessment]:
    """Begin one assessment of a family: one row a child, each under the child's open referral.

    `referrals` are the threads of open referrals, by person id.
    Raises NotAllowed, NoChildren, WrongDate, NoCaseOpen, AlreadyOpen.
    """
    permissions.check_can_assess(by, children)
    return _start(children, on, referrals, by, is_asked_for=False)


def start_with(
    *, children: Sequence[Person], on: date, referrals: Mapping[int, int], by: User
) -> list[Assessment]:
    """Begin an assessment as another act asks for it: a decision at the front door, an urgent enquiry.

    That act has checked who may: at night whoever protects a child need not be one who assesses. Whoever
    did it may authorise the assessment later: they wrote none of it.
    Raises NoChildren, WrongDate, NoCaseOpen, AlreadyOpen.
    """
    return _start(children, on, referrals, by, is_asked_for=True)


def _start(
    children: Sequence[Person], on: date, referrals: Mapping[int, int], by: User, *, is_asked_for: bool
) -> list[Assessment]:
    lock_people(children)
    policies.check_children_and_cases(children, on, referrals)
    policies.check_none_open(open_assessments(children).values())
    begun = [
        Assessment(
            person=child, referral_thread=referrals[child.pk], started_on=on, is_asked_for=is_asked_for
        )
        for child in children
    ]
    return enter_each(begun, by=by, act="start_assessment")


def take_back_with(*, assessment: Assessment, because: str, by: User) -> Assessment:
    """Return an assessment that no longer begins, as the decision that began it was changed.

    For that act, in its own transaction, which has checked who may and that nothing was written in it.
    """
    return entering.take_back(assessment, by=by, act="take_back_assessment", because=because)


def leave_unfinished(*, child: Person, on: date, because: str, by: User) -> list[Assessment]:
    """Return the assessments of a child for whom nothing goes on, ended that day without being authorised.

    A return is told of that day, and of no factor: nobody found any. A text about brothers and sisters too
    goes on for them; one that is left about nobody ends. The act that ends them has checked who may.
    """
    held = [one for one in assessments_of(same_person_ids(child)) if one.authorised_on is None]
    texts = set(family_of(held).values()) if held else set()
    ended = [
        carry_on(
            one, by=by, act="end_assessment_unfinished", because=because,
            authorised_on=max(on, one.started_on), unfinished_because=because,
        )
        for one in held
    ]  # fmt: skip
    for family in current_matters(FamilyAssessment, texts).values():
        if family.stage != Stage.AUTHORISED and not parts_to_finish(hold(family)):
            ids = [part.person_id for part in parts(family)]
            carry_on_matter(
                family, by=by, act="end_assessment_unfinished", persons=ids, because=because,
                stage=Stage.UNFINISHED,
            )  # fmt: skip
            settle(link_to(family))
    return ended


def open_again(*, assessment: Assessment, because: str, by: User) -> Assessment:
    """Return an assessment that a mistake had ended unfinished, open as it was.

    Where its text was signed off meanwhile for brothers and sisters, nobody could write it on: it stays
    ended, that is why, and a new one may begin. The act that takes the mistake back has checked who may.
    """
    texts = family_of([assessment]).values()
    if all(family.stage != Stage.AUTHORISED for family in current_matters(FamilyAssessment, texts).values()):
        return entering.as_before(assessment, by=by, act="opened_again", because=because)
    return carry_on(
        assessment, by=by, act="end_assessment_unfinished", ended_as=Ending.CORRECTED, because=because,
        unfinished_because=SIGNED_WITHOUT,
    )  # fmt: skip


@transaction.atomic
def authorise_assessment(
    *,
    assessment: Assessment,
    on: date,
    factors: Sequence[str],
    by: User,
    reviewed_on: date | None = None,
    is_no_further_action: bool | None = None,
) -> Assessment:
    """Sign an assessment off with its factors; its new version. Nobody authorises their own.

    `is_no_further_action` says whether social care stops with it; None while nobody has said.
    Raises NotAllowed, NotOpen, WrongDate, WrongCode, WrongFactors, VersionClash.
    """
    permissions.check_can_authorise(by, assessment)
    check_day(on, life_of(assessment.person), is_an_ending=True)
    policies.check_authorising(assessment, on, reviewed_on)
    policies.check_factors(factors, on)
    return carry_on(
        assessment,
        by=by,
        act="authorise_assessment",
        authorised_on=on,
        factors=list(factors),
        reviewed_on=reviewed_on,
        is_no_further_action=is_no_further_action,
        **decided(by, assessment.person, on),
    )


@transaction.atomic
def check_at_manager(*, assessments: Sequence[Assessment], on: date, by: User) -> list[Assessment]:
    """A manager has looked at how an assessment goes, on that day, and it carries on: its new versions.

    Raises NotAllowed, NotOpen, WrongDate, VersionClash.
    """
    for assessment in assessments:
        permissions.check_can_look_over(by, assessment)
        check_day(on, life_of(assessment.person), is_an_ending=True)
        policies.check_authorising(assessment, on, None)
    return [carry_on(one, by=by, act="look_over_assessment", reviewed_on=on) for one in assessments]
