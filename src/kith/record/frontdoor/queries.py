"""Asking for messages and what was decided about them, for contacts and for referrals."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When

from kith.record.frontdoor.codes import teller_of
from kith.record.frontdoor.models import (
    Allegation,
    Concerned,
    Contact,
    DecidedFor,
    Decision,
    Message,
    Referral,
    Reply,
    Section17Help,
    SentElsewhere,
)
from kith.record.once import once, once_for_each
from kith.record.owed.models import Owed, OwedFor
from kith.record.people.models import Person, User
from kith.record.people.names import normalise
from kith.record.people.queries import merged_under
from kith.record.versions import current_facts, is_known_absent, parts_of
from kith.standards.dates import long_date
from kith.standards.working_days import add_months, legal_day

PROTECTS = ("strategy_discussion", "their_plan")  # what is owed of a decision to protect
WAITING = Q(decided_at=None, withdrawn_at=None)


def open_referrals(children: Iterable[Person], on: date) -> dict[int, Referral]:
    """The referral open on `on` for each child that has one, by person id; the latest where two are.

    What was written under a record that was merged into the child's is theirs.
    """
    under = merged_under(child.pk for child in children)
    whose = {pk: child for child, ids in under.items() for pk in ids}
    return {whose[one.person_id]: one for one in referrals_of(whose, on)}


def referrals_of(person_ids: Iterable[int], on: date) -> list[Referral]:
    """The referrals of these people that are open on `on`, the latest last."""
    found = [one for one in current_facts(Referral, person_ids) if is_open_on(one, on)]
    return sorted(found, key=lambda one: (one.received_on, one.pk))


def referrals_after(children: Iterable[Person], on: date) -> list[Referral]:
    """The referrals of these children that were received after `on` and acted on, the first first."""
    known = current_facts(Referral, (child.pk for child in children))
    found = [one for one in known if one.received_on > on and not one.is_no_further_action]
    return sorted(found, key=lambda one: (one.received_on, one.pk))


def is_open_on(referral: Referral, on: date) -> bool:
    """Whether a referral needs work on `on`: received by then, not closed before, not left with no action."""
    is_not_closed = referral.closed_on is None or referral.closed_on >= on
    return referral.received_on <= on and is_not_closed and not referral.is_no_further_action


def referrals_open_on(on: date) -> QuerySet[Referral]:
    """The same rule as `is_open_on`, as a query over everybody."""
    still_open = Q(closed_on=None) | Q(closed_on__gte=on)
    open_on: QuerySet[Referral] = Referral.current.filter(still_open, received_on__lte=on)
    return open_on.exclude(is_no_further_action=True)


def referral_threads(children: Iterable[Person], on: date) -> dict[int, int]:
    """The thread of the open referral of each child that has one: what other rooms' work hangs on."""
    return {pk: referral.thread for pk, referral in open_referrals(children, on).items()}


def waiting_messages() -> "QuerySet[Message]":
    """Messages that wait for a decision: those with somebody in danger now first, then the oldest."""
    urgent_first = Case(When(danger="now", then=Value(0)), default=Value(1))
    found: QuerySet[Message] = Message.current.filter(WAITING)
    return found.order_by(urgent_first, "received_at", "pk")


def message_of(thread: int) -> Message | None:
    """The message of a thread as it stands; None where there is none."""
    found: Message | None = Message.current.filter(thread=thread).first()
    return found


def concerned_by(threads: Iterable[int]) -> dict[int, list[Concerned]]:
    """The children that each of these messages names, by the message's thread, as they were written down."""
    found: dict[int, list[Concerned]] = {thread: [] for thread in threads}
    for child in Concerned.current.filter(message_thread__in=[*found]).order_by("place", "thread"):
        found[child.message_thread].append(child)
    return found


def concerned_waiting_on(on: date) -> "QuerySet[Concerned]":
    """Children about whom a message waits for a decision, as rows with a `person`.

    A decision taken in a hurry waits too, until a manager has agreed it; and one to protect, until what it
    asks for at once is written down: whoever took it has to go on.
    """
    waiting = Message.current.filter(WAITING, received_at__date__lte=on).values("thread")
    to_agree = Decision.current.filter(is_urgent=True, agreed_at=None).values("message_thread")
    rows: QuerySet[Concerned] = Concerned.current.filter(
        Q(message_thread__in=waiting)
        | Q(message_thread__in=to_agree)
        | Q(decision_thread__isnull=False, person__in=_to_protect())
    )
    return rows.exclude(person=None)


def _to_protect() -> "QuerySet[Any]":
    """The people of whom a decision about a message asked for protection that is not written down yet."""
    owed = Owed.current.filter(
        what__in=PROTECTS, fact_table="frontdoor.decision", done_at=None, not_needed_at=None
    )
    found: QuerySet[Any] = OwedFor.current.filter(matter_thread__in=owed.values("thread"))
    return found.values("person")


def to_protect(person_ids: Iterable[int]) -> Message | None:
    """The newest message about these people whose decision asked for protection not written down yet."""
    owed = Owed.current.filter(
        what__in=PROTECTS, fact_table="frontdoor.decision", done_at=None, not_needed_at=None,
        thread__in=OwedFor.current.filter(person_id__in=[*person_ids]).values("matter_thread"),
    )  # fmt: skip
    decided = Decision.current.filter(thread__in=owed.values("fact_thread")).order_by("-decided_at").first()
    return message_of(decided.message_thread) if decided else None


def messages_about(person_ids: Iterable[int]) -> list[Message]:
    """Every message that was matched to these people, the newest first."""
    threads = frozenset(row.message_thread for row in rows_about(person_ids))
    if not threads:
        return []
    found = Message.current.filter(thread__in=threads).order_by("-received_at", "-pk")
    return list(once(("messages", threads), lambda: list(found)))


def reply_of(thread: int) -> Reply | None:
    """A reply to whoever told us, with who sent it; None where there is none."""
    found: Reply | None = Reply.current.filter(thread=thread).select_related("recorded_by").first()
    return found


def rows_about(person_ids: Iterable[int]) -> list[Concerned]:
    """The rows of messages that name these people; read once a page, whatever is asked of them."""
    wanted = set(person_ids)
    return [row for row in named_with(wanted) if row.person_id in wanted]


def named_with(person_ids: Iterable[int]) -> list[Concerned]:
    """Every row of the messages that name these people: their own, and those of whom was named beside them.

    Read once a page, each row once, in the order in which they were written down.
    """

    def ask(wanted: list[int]) -> dict[int, list[Concerned]]:
        found: dict[int, list[Concerned]] = {pk: [] for pk in wanted}
        if is_known_absent(Concerned, wanted):
            return found
        naming = Concerned.current.filter(person_id__in=wanted).values("message_thread")
        rows = list(Concerned.current.filter(message_thread__in=naming))
        by_message: dict[int, list[Concerned]] = {}
        for row in rows:
            by_message.setdefault(row.message_thread, []).append(row)
        for row in rows:
            if row.person_id in found:
                found[row.person_id] += by_message[row.message_thread]
        return found

    held = once_for_each("messages about", person_ids, ask)
    each = {row.pk: row for rows in held.values() for row in rows}
    return [each[pk] for pk in sorted(each)]


def decisions_of(threads: Iterable[int]) -> dict[int, list[Decision]]:
    """What was decided about each of these messages, by the message's thread, the first first."""
    found: dict[int, list[Decision]] = {thread: [] for thread in threads}
    for decision in Decision.current.filter(message_thread__in=[*found]).order_by("decided_at", "pk"):
        found[decision.message_thread].append(decision)
    return found


def decided_for(person_ids: Iterable[int]) -> list[DecidedFor]:
    """What was decided for these children about messages, the latest last."""
    return sorted(current_facts(DecidedFor, person_ids), key=lambda one: (one.decided_on, one.pk))


def section_17_help_for(threads: Iterable[int]) -> dict[int, list[Section17Help]]:
    """What help was given for each of these messages, by the message's thread, the first first."""
    found: dict[int, list[Section17Help]] = {thread: [] for thread in threads}
    for given in Section17Help.current.filter(message_thread__in=[*found]).order_by("given_on", "pk"):
        found[given.message_thread].append(given)
    return found


def replies_to(threads: Iterable[int]) -> dict[int, list[Reply]]:
    """What was answered to each of these messages, by the message's thread, the first first."""
    found: dict[int, list[Reply]] = {thread: [] for thread in threads}
    for reply in Reply.current.filter(message_thread__in=[*found]).order_by("sent_at", "pk"):
        found[reply.message_thread].append(reply)
    return found


def sent_elsewhere(threads: Iterable[int]) -> dict[int, list[SentElsewhere]]:
    """To which other authorities each of these messages was sent, by the message's thread."""
    found: dict[int, list[SentElsewhere]] = {thread: [] for thread in threads}
    for sent in SentElsewhere.current.filter(message_thread__in=[*found]).order_by("sent_at", "pk"):
        found[sent.message_thread].append(sent)
    return found


def said_by(message: Message) -> str:
    """Who told us, in words that name nobody and may stand on a child's file; that it is not checked.

    Of the public nothing is said, not even that it was family: a family knows its neighbours.
    """
    day = legal_day(message.received_at)
    teller = teller_of(message.source, day) if message.source else None
    is_professional = teller is not None and teller.more["is_professional"] == "yes"
    who = teller.words if teller is not None and is_professional else "somebody who told us"
    return f"{who}, {long_date(day)}; not checked"


def first_written_by(message: Message) -> int | None:
    """The id of whoever wrote a message down; None where it came from nobody signed in."""
    first = Message.objects.filter(thread=message.thread, supersedes=None).values_list(
        "recorded_by_id", flat=True
    )
    return first.first()


def contacts_of(person_ids: Iterable[int]) -> list[Contact]:
    """Every contact about these people, the latest last."""
    return sorted(current_facts(Contact, person_ids), key=lambda one: (one.received_on, one.pk))


def contacts_by_message(message: Message, person_ids: Iterable[int]) -> dict[int, Contact]:
    """The contact that each of these people has of a message, by person id; none for those without one."""
    found = Contact.current.filter(message_thread=message.thread, person_id__in=[*person_ids])
    return {one.person_id: one for one in found.order_by("pk")}


def referrals_from(contacts: Iterable[Contact]) -> dict[int, Referral]:
    """The referral that each of these contacts became, by person id; none for those that became none."""
    threads = [one.thread for one in contacts]
    return {one.person_id: one for one in Referral.current.filter(contact_thread__in=threads)}


def parts_of_decision(decision: Decision) -> dict[int, DecidedFor]:
    """What a decision says for each child on record, by the thread of the child's row."""
    return {part.concerned_thread: part for part in parts_of(DecidedFor, [decision.thread])[decision.thread]}


def decision_of(thread: int) -> Decision | None:
    """The decision of a thread as it stands; None where there is none."""
    found: Decision | None = Decision.current.filter(thread=thread).first()
    return found


def decided_lately(since: datetime) -> list[Decision]:
    """What was decided about messages since a moment, the newest first."""
    rows = Decision.current.filter(decided_at__gte=since).select_related("decided_by")
    return list(rows.order_by("-decided_at", "-pk"))


def earlier_referrals(person_ids: Iterable[int], on: date) -> list[Referral]:
    """The referrals of these people before a day, those with no further action too, the latest last."""
    found = [one for one in current_facts(Referral, person_ids) if one.received_on < on]
    return sorted(found, key=lambda one: (one.received_on, one.pk))


def is_referred_again(earlier: Sequence[Referral], on: date) -> bool:
    """Whether a referral of a day comes within 12 months of an earlier one, from received to received.

    The DfE's exact count was not read at its source (knowledge).
    """
    return any(add_months(on, -12) <= one.received_on < on for one in earlier)


def allegations_for(user: User) -> list[Allegation]:
    """The allegations that a custodian may read, the newest first: none about themselves, by name too."""
    found = Allegation.current.order_by("-known_at", "-pk")
    return [one for one in found if not is_about(one.adult_name, user)]


def is_about(adult_name: str, user: User) -> bool:
    """Whether a name is that of this worker, in whatever order and case it was written."""
    return bool(adult_name.strip()) and sorted(normalise(adult_name).split()) == sorted(
        normalise(user.name).split()
    )
