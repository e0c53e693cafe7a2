"""A tie that opens a record, and who wrote it: nobody lets themselves in by a tie of their own.

Source: docs/decisions/0034-own-messages.md.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from kith.record.access.models import BreakGlass
from kith.record.facts import is_in_force
from kith.record.people import queries as people
from kith.record.people.models import Membership, PersonDetails, Relationship, User
from kith.standards.working_days import legal_day

WITH_IT = timedelta(days=1)  # from putting somebody on record to saying whose relative they are

Written = list[tuple[int, datetime]]  # whose record a tie would open, and when it was written


def opened(user: User, by_ties: Sequence[tuple[int, Relationship]]) -> set[int]:
    """The ids of those people whose record a tie opens to `user`, of (person, tie to whom `user` works with).

    Every tie does that somebody else stands behind. One that `user` wrote alone does where they had put the
    person on record for it, worked with the person as they wrote it, or opened the record for a reason that
    a manager found right.
    """
    alone = written_alone(user, [tie for _, tie in by_ties])
    found = {pk for pk, tie in by_ties if tie.thread not in alone}
    left = [(pk, alone[tie.thread]) for pk, tie in by_ties if pk not in found]
    for theirs in (_put_on_record, _worked_with, _found_right):
        found |= theirs(user, left) if left else set()
        left = [(pk, at) for pk, at in left if pk not in found]
    return found


def written_alone(user: User, ties: Iterable[Relationship]) -> dict[int, datetime]:
    """When `user` wrote each of these ties that nobody else has written of, by the tie's thread.

    What says who told us is left out: it came with a message that was decided.
    """
    own = [tie for tie in ties if tie.recorded_by_id == user.pk and not tie.said_by]
    written = {tie.thread: tie.recorded_at for tie in own}
    changed = {tie.thread for tie in own if tie.supersedes_id is not None}
    for version in Relationship.objects.filter(thread__in=changed).order_by("-pk") if changed else ():
        if version.recorded_by_id != user.pk:
            written.pop(version.thread, None)
        elif version.thread in written:
            written[version.thread] = version.recorded_at  # of the first, in the end
    return written


def _put_on_record(user: User, written: Written) -> set[int]:
    firsts = PersonDetails.objects.filter(
        person__in=[pk for pk, _ in written], supersedes=None, recorded_by=user
    )
    made = {first.person_id: first.person.created_at for first in firsts.select_related("person")}
    return {pk for pk, at in written if pk in made and at < made[pk] + WITH_IT}


def _worked_with(user: User, written: Written) -> set[int]:
    """Those who were allocated to `user`, or to a team that `user` was in, on the day."""
    allocations = people.allocations_of(pk for pk, _ in written)
    teams = list(Membership.objects.filter(user=user, team__is_unallocated=False)) if allocations else []
    found = set()
    for pk, at in written:
        on = legal_day(at)
        mine = {member.team_id for member in teams if is_in_force(member, on)}
        own = [one for one in allocations if one.person_id == pk and is_in_force(one, on)]
        if any(one.worker_id == user.pk or one.team_id in mine for one in own):
            found.add(pk)
    return found


def _found_right(user: User, written: Written) -> set[int]:
    """Those whose record `user` had open for a reason then or since, as a manager found right."""
    kept = people.kept_ids(pk for pk, _ in written)
    opened_for: dict[int, datetime] = {}
    for glass in BreakGlass.objects.filter(user=user, person__in=kept.values(), was_right=True):
        until = glass.ended_at or glass.ends_at
        opened_for[glass.person_id] = max(until, opened_for.get(glass.person_id, until))
    return {pk for pk, at in written if kept[pk] in opened_for and at <= opened_for[kept[pk]]}
