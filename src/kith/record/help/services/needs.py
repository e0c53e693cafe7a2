"""What a family needs, what was found for it, and who is in the team around them."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from kith.record.chronology import policies as story
from kith.record.chronology.entering import carry_on_matter, enter_matter
from kith.record.help import permissions, policies, queries
from kith.record.help.models import FamilyHelp, FamilyNeed, TeamMember
from kith.record.people.models import Person, User
from kith.record.said import check_said


@transaction.atomic
def add_need(
    *,
    help: FamilyHelp,
    kind: str,
    by: User,
    in_words: str = "",
    only_for: Person | None = None,
    met_by: str = "",
    service_thread: int | None = None,
) -> FamilyNeed:
    """Return something that a family, or one child of it, needs; with the help offered where there is one.

    Raises NotAllowed, HelpEnded and WrongCode.
    """
    permissions.check_can_write(by, [only_for] if only_for else queries.people_helped(help))
    policies.check_open(queries.help_of(help.thread) or help)
    policies.check_need(kind, timezone.localdate())
    need = FamilyNeed(
        family_thread=help.thread,
        only_for=only_for,
        kind=kind,
        in_words=in_words.strip(),
        met_by=met_by.strip(),
        service_thread=service_thread,
        offered_on=timezone.localdate() if met_by.strip() else None,
    )
    return enter_matter(need, by=by, act="add_need", about=_for(help, only_for))


@transaction.atomic
def first_need(*, help: FamilyHelp, kind: str, by: User) -> FamilyNeed:
    """Return what a family needs above all, as it was said when help began. Raises NotAllowed, WrongCode."""
    permissions.check_can_begin(by, queries.people_helped(help))
    policies.check_need(kind, timezone.localdate())
    return enter_matter(
        FamilyNeed(family_thread=help.thread, kind=kind), by=by, act="add_need", about=_for(help, None)
    )


@transaction.atomic
def match_need(
    *,
    need: FamilyNeed,
    by: User,
    met_by: str,
    offered_on: date | None = None,
    was_taken_up: bool | None = None,
    has_helped: bool | None = None,
    service_thread: int | None = None,
    expected: int | None = None,
) -> FamilyNeed:
    """Return a need with the help that was found for it, whether it was taken up and whether it helped.

    Raises NotAllowed, HelpEnded, NotSaid and VersionClash.
    """
    help = _help_of(need)
    persons = [need.only_for] if need.only_for else queries.people_helped(help)
    permissions.check_can_write(by, persons)
    policies.check_open(help)
    return carry_on_matter(
        need,
        by=by,
        act="match_need",
        persons=[person.pk for person in persons],
        expected=expected,
        met_by=check_said(met_by, "Who or what helps"),
        offered_on=offered_on or need.offered_on or timezone.localdate(),
        was_taken_up=was_taken_up,
        has_helped=has_helped,
        service_thread=service_thread,
        nothing_found_on=None,
    )


@transaction.atomic
def nothing_meets(*, need: FamilyNeed, by: User, expected: int | None = None) -> FamilyNeed:
    """Return a need for which there is no help; `pathway.help_steps` keeps it for those who plan services.

    Raises NotAllowed, HelpEnded and VersionClash.
    """
    help = _help_of(need)
    persons = [need.only_for] if need.only_for else queries.people_helped(help)
    permissions.check_can_write(by, persons)
    policies.check_open(help)
    ids = [person.pk for person in persons]
    return carry_on_matter(
        need, by=by, act="nothing_meets_need", persons=ids, expected=expected,
        nothing_found_on=timezone.localdate(), met_by="", service_thread=None,
    )  # fmt: skip


@transaction.atomic
def add_team_member(
    *,
    help: FamilyHelp,
    name: str,
    by: User,
    does_what: str = "",
    phone: str = "",
    professional_thread: int | None = None,
) -> TeamMember:
    """Return somebody who is from now in the team around a family. Raises NotAllowed, HelpEnded, NotSaid."""
    permissions.check_can_write(by, queries.people_helped(help))
    policies.check_open(queries.help_of(help.thread) or help)
    member = TeamMember(
        family_thread=help.thread,
        name=check_said(name, "The name"),
        does_what=does_what.strip(),
        phone=phone.strip(),
        professional_thread=professional_thread,
        started_on=timezone.localdate(),
    )
    return enter_matter(member, by=by, act="add_team_member", about=_for(help, None))


@transaction.atomic
def end_team_member(*, member: TeamMember, on: date, by: User, expected: int | None = None) -> TeamMember:
    """Return somebody who left the team around a family on a day.

    Raises NotAllowed, HelpEnded, AlreadyLeft, WrongDate and VersionClash.
    """
    help = _help_of(member)
    people = queries.people_helped(help)
    permissions.check_can_write(by, people)
    policies.check_open(help)
    policies.check_in_team(queries.matter_of(TeamMember, member.thread) or member)
    for life in story.lives_of(people).values():
        story.check_day(on, life)
    story.check_not_before(on, member.started_on, "their part in the team")
    ids = [person.pk for person in people]
    return carry_on_matter(member, by=by, act="end_team_member", persons=ids, expected=expected, ended_on=on)


def _help_of(matter: FamilyNeed | TeamMember) -> FamilyHelp:
    help = queries.help_of(matter.family_thread)
    if help is None:
        raise policies.HelpEnded("This family’s help was taken out of the record.", "Look for it anew.")
    return help


def _for(help: FamilyHelp, only_for: Person | None) -> dict[str, list[int]]:
    ids = [only_for.pk] if only_for else queries.ids_helped([help.thread])[help.thread]
    return {"for": ids}
