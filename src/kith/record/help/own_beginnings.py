"""Help that opens a record, and who began it: nobody lets themselves in by beginning help.

Source: docs/decisions/0034-own-messages.md.
"""

from collections.abc import Sequence
from datetime import datetime

from kith.record.access.models import BreakGlass
from kith.record.help.models import FamilyHelp, HelpEpisode, HelpRequest
from kith.record.help.queries import ONE_ACT
from kith.record.people.models import User
from kith.record.people.queries import kept_ids


def opens_nothing_to(user: User, rows: Sequence[HelpEpisode]) -> set[int]:
    """The ids of those times of help that open no record to `user`, as nobody but they stands behind them.

    Somebody else does who wrote down what the family asked, who has written of this help since, or who
    reviewed the beginner's look and found it right. A child whom the beginning put on record is theirs.
    """
    firsts = HelpEpisode.objects.filter(
        thread__in=[row.thread for row in rows],
        family_thread__isnull=False,
        supersedes=None,
        recorded_by=user,
    )
    known = {first.thread: first for first in firsts.select_related("person") if not _is_new(first)}
    since = {thread: first.recorded_at for thread, first in known.items()}
    others = _written_by_others(user, {first.family_thread for first in known.values()}) if known else {}
    right = _found_right(user, [first.person_id for first in known.values()]) if known else {}
    return {
        row.pk
        for row in rows
        if row.thread in known
        and not any(at is None or at > since[row.thread] for at in others.get(row.family_thread, ()))
        and not any(at > since[row.thread] - ONE_ACT for at in right.get(row.person_id, ()))
    }


def _is_new(first: HelpEpisode) -> bool:
    """Whether the beginning put this child on record."""
    return first.recorded_at - first.person.created_at < ONE_ACT


def _written_by_others(user: User, families: set[int | None]) -> dict[int | None, list[datetime | None]]:
    """When somebody else wrote of each of these helps; None where somebody else asked for it."""
    found: dict[int | None, list[datetime | None]] = {family: [] for family in families}
    helps = FamilyHelp.objects.filter(thread__in=[*families])
    asked = {help.request_thread: help.thread for help in helps if help.request_thread}
    requests = HelpRequest.objects.filter(thread__in=[*asked]).exclude(recorded_by=user)
    for thread in requests.values_list("thread", flat=True):
        found[asked[thread]].append(None)
    for thread, at in helps.exclude(recorded_by=user).values_list("thread", "recorded_at"):
        found[thread].append(at)
    episodes = HelpEpisode.objects.filter(family_thread__in=[*families]).exclude(recorded_by=user)
    for family, at in episodes.values_list("family_thread", "recorded_at"):
        found[family].append(at)
    return found


def _found_right(user: User, person_ids: Sequence[int]) -> dict[int, list[datetime]]:
    """When `user` opened each of these records for a reason that a manager found right."""
    kept = kept_ids(person_ids)
    right = BreakGlass.objects.filter(user=user, person__in=kept.values(), was_right=True)
    opened: dict[int, list[datetime]] = {}
    for person, at in right.values_list("person_id", "started_at"):
        opened.setdefault(person, []).append(at)
    return {pk: opened[kept[pk]] for pk in person_ids if kept[pk] in opened}
