"""A message that opens a record, and who wrote it: nobody lets themselves in by a message of their own.

Source: docs/decisions/0034-own-messages.md.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from kith.record.access import services as access
from kith.record.access.queries import A_MESSAGE_WAITS, WAITS_FOR_A_WORKER
from kith.record.frontdoor.models import Concerned, Message, Way
from kith.record.frontdoor.queries import first_written_by
from kith.record.people.models import User
from kith.record.people.permissions import can

OPENED_BY_IT = frozenset({A_MESSAGE_WAITS, WAITS_FOR_A_WORKER})
TAKEN_BACK = "Opened through a message that they wrote themselves, and then took back. Their reason:"
MATCHED = "Opened as the child of a message, by their own word; then they took it back. Their reason:"
SOMEBODY_ELSE = (
    "Opened as the child of a message, by their own word; then they said that it is somebody else."
)


def opens_nothing_to(user: User, rows: Sequence[Concerned]) -> set[int]:
    """The ids of those waiting rows that open no record to `user`, as nobody but they stands behind them.

    They wrote the child down, or said who the child of a public page is, and nobody else has touched the
    message since. What is loud opens all the same: managers were told of it at once, or it is decided
    already. So does what is theirs to decide.
    """
    versions = _versions(rows)
    mine = [row for row in rows if row.decision_thread is None and _is_by(user, row, versions)]
    threads = {row.message_thread for row in mine}
    waiting = Message.current.filter(
        thread__in=threads, decided_at=None, withdrawn_at=None, managers_told_at=None
    )
    alone = {one.thread: one for one in waiting if not _is_to_decide(user, one)} if threads else {}
    others = _written_by_others(user, alone)
    return {
        row.pk
        for row in mine
        if row.message_thread in alone
        and not any(at > _put(row, versions).recorded_at for at in others.get(row.message_thread, ()))
    }


def have_withdrawal_reviewed(message: Message, rows: Iterable[Concerned], *, by: User) -> None:
    """Have a manager review that `by` took back a message, once their own word of it had opened a record.

    Their word is the message, or who a child of somebody else's message is.
    """
    wrote, rows = first_written_by(message) == by.pk, list(rows)
    versions = _versions(rows)
    for row in rows:
        put = _put(row, versions)
        if wrote:
            _have_reviewed(row, message.written_at, f"{TAKEN_BACK} {message.withdrawn_because}", by)
        elif put.recorded_by_id == by.pk:
            _have_reviewed(row, put.recorded_at, f"{MATCHED} {message.withdrawn_because}", by)


def have_rematch_reviewed(before: Concerned, after: Concerned, *, by: User) -> None:
    """Have a manager review that `by` says a child is somebody else, once their own word opened a record."""
    if before.person_id is None or before.person_id == after.person_id:
        return
    put = _put(before, _versions([before]))
    if put.recorded_by_id == by.pk:
        _have_reviewed(before, put.recorded_at, SOMEBODY_ELSE, by)


def _have_reviewed(row: Concerned, since: datetime, reason: str, by: User) -> None:
    if row.person_id is None:
        return
    access.have_looks_reviewed(
        row.person_id, by=by, since=since, opened_by=OPENED_BY_IT, reason=reason,
        through="a message of their own",
    )  # fmt: skip


def _versions(rows: Iterable[Concerned]) -> dict[int, list[Concerned]]:
    """Every version of these rows, by thread, the first first."""
    found: dict[int, list[Concerned]] = {row.thread: [] for row in rows}
    for each in Concerned.objects.filter(thread__in=[*found]).order_by("pk") if found else ():
        found[each.thread].append(each)
    return found


def _put(row: Concerned, versions: dict[int, list[Concerned]]) -> Concerned:
    """The version by which the row came to be about this person."""
    of_row = [each for each in versions[row.thread] if each.pk <= row.pk]
    others = [place for place, each in enumerate(of_row) if each.person_id != row.person_id]
    return of_row[max(others, default=-1) + 1]


def _is_by(user: User, row: Concerned, versions: dict[int, list[Concerned]]) -> bool:
    """Whether `user` said who that is, of a child whom they or nobody signed in wrote down.

    Whoever is curious may have filled in the public page as well.
    """
    wrote, put = versions[row.thread][0], _put(row, versions)
    return put.recorded_by_id == user.pk and wrote.recorded_by_id in {user.pk, None}


def _is_to_decide(user: User, message: Message) -> bool:
    """Whether the decision may be theirs: they wrote down what somebody else told."""
    return can("decide_contacts", user) and message.way != Way.WORKER


def _written_by_others(user: User, threads: Iterable[int]) -> dict[int, list[datetime]]:
    """When somebody else wrote anything of these messages, by the message's thread."""
    found: dict[int, list[datetime]] = {thread: [] for thread in threads}
    if found:
        of_message = Message.objects.filter(thread__in=[*found]).exclude(recorded_by=user)
        of_rows = Concerned.objects.filter(message_thread__in=[*found]).exclude(recorded_by=user)
        for thread, at in of_message.values_list("thread", "recorded_at"):
            found[thread].append(at)
        for thread, at in of_rows.values_list("message_thread", "recorded_at"):
            found[thread].append(at)
    return found
