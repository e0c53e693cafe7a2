"""Meetings to come go with the work: the next worker is asked, and tells the family if nobody has yet."""

from collections.abc import Iterable, Sequence

from kith.record.chronology.entering import carry_on_matter, enter_matter
from kith.record.people.models import User
from kith.record.protection.models import Conference, Invited
from kith.record.protection.queries import conference_parts, invited_to, meetings_of


def go_with_the_work(
    *, person_ids: Sequence[int], before: User, after: User, by: User, still_theirs: Iterable[int] = ()
) -> list[Invited]:
    """Return the invitations of `after` to the planned conferences about these people `before` was asked to.

    Where `before` still works with another child of the conference (`still_theirs`), or has sent their
    report, both are asked. Nobody is told by it: the invitation goes as any other. For handing over, in that
    act's own transaction, which has checked who may.
    """
    planned = {one.thread: one for _, one in meetings_of(person_ids) if one.state == Conference.State.PLANNED}
    moved = [_move(one, before, after, by, set(still_theirs)) for one in planned.values()]
    return [one for one in moved if one is not None]


def _move(
    conference: Conference, before: User, after: User, by: User, still_theirs: set[int]
) -> Invited | None:
    children = [part.person_id for part in conference_parts(conference.thread)]
    asked = {one.user_id: one for one in invited_to(conference.thread)}
    mine, stays = asked.get(before.pk), bool(still_theirs & {*children})
    if not stays and not any(one.told_on for one in asked.values() if one.is_family):
        _let_tell(conference, before, after, by, children)
    if mine is None or after.pk in asked:
        return None
    if stays or mine.report_received_on:
        also = Invited(
            conference_thread=conference.thread, user=after,
            name=after.name, job=mine.job, agency=mine.agency,
            is_report_wanted=mine.is_report_wanted and not mine.report_received_on,
        )  # fmt: skip
        return enter_matter(also, by=by, act="ask_to_conference", about={"for": children})
    return carry_on_matter(
        mine, by=by, act="hand_on_invitation", persons=children,
        user=after, name=after.name, invited_on=None, invited_how="",
    )  # fmt: skip


def _let_tell(conference: Conference, before: User, after: User, by: User, children: Sequence[int]) -> None:
    """Where `before` was to tell the family and has not yet, `after` is to."""
    if conference.family_told_by == before.name:
        carry_on_matter(
            conference, by=by, act="hand_on_conference", persons=children, family_told_by=after.name
        )
