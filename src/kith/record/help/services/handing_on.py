"""Whose a family's help is goes with the work: the next worker leads it, and its reviews to come."""

from collections.abc import Iterable, Sequence

from kith.record.chronology.entering import carry_on, carry_on_matter
from kith.record.help import queries
from kith.record.help.models import HelpEpisode
from kith.record.people.models import User


def go_with_the_work(
    *, person_ids: Sequence[int], before: User, after: User, by: User, still_theirs: Iterable[int] = ()
) -> list[HelpEpisode]:
    """Return the open help of these people that `before` gave, which `after` gives from now on.

    Who leads the family's help changes too, unless a child of it stays with `before` (`still_theirs`, kept
    ids). For handing over, in that act's own transaction, which has checked who may.
    """
    theirs = [one for one in queries.episodes_of(person_ids) if one.ended_on is None]
    moved = [
        carry_on(one, by=by, act="name_lead", worker=after, worker_reference="")
        for one in theirs
        if one.worker_id == before.pk
    ]
    for thread in dict.fromkeys(one.family_thread for one in theirs):
        _lead(thread, before, after, by, set(still_theirs))
    return moved


def _lead(thread: int | None, before: User, after: User, by: User, still_theirs: set[int]) -> None:
    help = queries.help_of(thread)
    if help is None or help.lead_id != before.pk or help.ended_on is not None:
        return
    ids = queries.ids_helped([help.thread])[help.thread]
    if not still_theirs & {*ids}:
        carry_on_matter(help, by=by, act="name_lead", persons=ids, lead=after)
