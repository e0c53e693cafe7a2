"""Having an assessment read: asked for, sent back or authorised, and shared with the family."""

from collections.abc import Container
from datetime import date

from django.db import transaction
from django.utils import timezone

from kith.record.access.messages import settle, tell
from kith.record.assessment import permissions, policies, queries
from kith.record.assessment.form import next_steps
from kith.record.assessment.models import Assessment, AssessmentShared, ChildsPart, FamilyAssessment, Stage
from kith.record.assessment.services.assessing import authorise_assessment
from kith.record.chronology.entering import carry_on_matter, enter_part
from kith.record.people.models import User
from kith.record.people.queries import managers_of, memberships_of


@transaction.atomic
def ask_for_sign_off(
    *, family: FamilyAssessment, seen: Container[int], by: User, expected: int | None = None
) -> FamilyAssessment:
    """Ask a manager to read an assessment; the managers of whoever asks are told.

    `seen` are the ids of the children whom somebody has seen; of any other it has to be written why not.
    Raises NotAllowed, NotOpen, NotReady (with what is missing for whom), VersionClash.
    """
    queries.hold(family)
    parts = queries.parts(family)
    permissions.check_can_assess(by, [part.person for part in parts])
    policies.check_can_be_written(family)
    policies.check_ready(queries.parts_to_finish(family), seen)
    asked = carry_on_matter(
        family,
        by=by,
        act="ask_for_sign_off",
        persons=[part.person_id for part in parts],
        expected=expected,
        stage=Stage.ASKED,
        asked_by=by,
        asked_at=timezone.now(),
        sent_back_because="",
    )
    settle(queries.link_to(asked))
    managers = managers_of({member.team_id for member in memberships_of(by)})
    tell(managers, "An assessment waits for you to read it.", link=queries.link_to(asked))
    return asked


@transaction.atomic
def send_back(
    *, family: FamilyAssessment, because: str, by: User, expected: int | None = None
) -> FamilyAssessment:
    """Return an assessment to whoever wrote it, with what is needed. No clock stops for it.

    Raises NotAllowed, NotOpen, NotReady without a reason, VersionClash.
    """
    parts = queries.parts(family)
    for part in parts:
        permissions.check_can_look_over(by, queries.assessment_of(part))
    policies.check_asked(family)
    needed = policies.check_because(because)
    back = carry_on_matter(
        family,
        by=by,
        act="send_back_assessment",
        persons=[part.person_id for part in parts],
        expected=expected,
        stage=Stage.SENT_BACK,
        sent_back_because=needed,
    )
    settle(queries.link_to(back))
    if family.asked_by:
        tell([family.asked_by], "Your assessment came back: see what is needed.", link=queries.link_to(back))
    return back


@transaction.atomic
def sign_off(
    *, family: FamilyAssessment, on: date, by: User, although: str = "", expected: int | None = None
) -> list[Assessment]:
    """Authorise an assessment for each child, with that child's own factors and outcome.

    `although` is why it is enough where a heading that is needed has nothing under it.
    Raises NotAllowed (also to anyone who wrote any of it), NotOpen, NotReady, VersionClash.
    """
    held = queries.hold(family)
    parts = queries.parts(family)
    permissions.check_wrote_none_of(by, family, parts)
    policies.check_asked(family)
    empty = [one.heading for one in queries.unwritten(held)]
    why = policies.check_although(empty, although)
    signed = [_authorise(part, on, by) for part in queries.parts_to_finish(family)]
    carry_on_matter(
        family,
        by=by,
        act="sign_off_assessment",
        persons=[part.person_id for part in parts],
        expected=expected,
        stage=Stage.AUTHORISED,
        signed_although=why,
    )
    settle(queries.link_to(family))
    return signed


def _authorise(part: ChildsPart, on: date, by: User) -> Assessment:
    return authorise_assessment(
        assessment=queries.assessment_of(part),
        on=on,
        factors=part.factors,
        is_no_further_action=next_steps()[part.next_step].is_no_further_action,
        by=by,
    )


@transaction.atomic
def share_assessment(
    *,
    part: ChildsPart,
    with_whom: str,
    on: date,
    by: User,
    way: str = "",
    held_back: str = "",
    their_words: str = "",
) -> AssessmentShared:
    """Write down that somebody in the family was given an assessment to read, and what they said.

    Raises NotAllowed, NotReady where nobody is named, WrongDate.
    """
    permissions.check_can_assess(by, [part.person])
    policies.check_shared(with_whom, on, part)
    family = queries.family_with(part)
    shared = AssessmentShared(
        person=part.person,
        on=on,
        with_whom=with_whom.strip(),
        way=way,
        held_back=held_back,
        their_words=their_words,
    )
    return enter_part(shared, family, by=by, act="share_assessment")
