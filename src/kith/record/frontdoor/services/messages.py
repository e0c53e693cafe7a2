"""Writing down what somebody told us, whom it is about, and who on record that is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone

from kith.record import versions
from kith.record.audit import services as audit
from kith.record.changes import NOTHING, Said, said
from kith.record.chronology.entering import add_part, carry_on_matter, enter_matter
from kith.record.chronology.policies import NoChildren, check_code
from kith.record.facts import Ending
from kith.record.frontdoor import own_messages, permissions, policies, queries
from kith.record.frontdoor.models import Concerned, Match, Message, MessageRead
from kith.record.owed.queries import open_of
from kith.record.owed.services import settle, settle_one
from kith.record.people.models import Person, User
from kith.record.people.queries import kept_ids, survivor
from kith.standards.working_days import legal_day

Unsaid = Literal[Said.NOTHING]


@dataclass(frozen=True)
class Named:
    """A child as a message names them. `person` where somebody chose who that is, `is_new` for nobody known.

    One thing has to be said of a child: a name, or words such as "a girl, about 4".
    """

    given_names: str = ""
    family_name: str = ""
    said_as: str = ""
    age_said: str = ""
    sex: str = ""
    date_of_birth: date | None = None
    expected_date_of_birth: date | None = None
    person: Person | None = None
    is_new: bool = False
    will_be_confirmed: bool = field(default=False)  # somebody is kept from the writer: a manager will say


@transaction.atomic
def write_message(
    *,
    children: Sequence[Named],
    what_was_said: str,
    way: str,
    by: User | None,
    received_at: datetime | None = None,
    source: str = "",
    **told: Any,
) -> Message:
    """Return the message, written down with the children it names; nobody is put on record by it.

    `by` is None for a public page. `source` may be left out only there: who told us then says it later.
    `told` are the other fields of `Message`.
    Raises NotAllowed, NoChildren, NothingSaid, TooMuch, WrongDate, WrongCode.
    """
    permissions.check_can_write_down(by)
    policies.check_how_much([what_was_said, *told.values()], len(children), is_public=by is None)
    now = timezone.now()
    received = received_at or now
    policies.check_received(received, now)
    if source or by is not None:
        check_code("referral_source", source, legal_day(received), "where the message came from")
    if not children:
        raise NoChildren("No child was named.", "Say which child this is about, as well as you can.")
    message = Message(
        received_at=received,
        written_at=now,
        way=way,
        source=source,
        what_was_said=policies.check_said(what_was_said),
        **told,
    )
    rows = [_concerned(child, place, by) for place, child in enumerate(children)]
    for child in rows:
        permissions.check_can_match(by, child.person) if by and child.person else None
    enter_matter(message, by=by, act="write_message", about={"children": len(rows)})
    for child in rows:
        _keep(child, message, by)
    return message


def _concerned(named: Named, place: int, by: User | None) -> Concerned:
    person = survivor(named.person) if named.person else None
    match = Match.KNOWN if person else Match.NEW if named.is_new else ""
    if named.will_be_confirmed and person is None:
        match = Match.CONFIRM
    child = Concerned(
        place=place,
        person=person,
        match=match,
        given_names=_clean(named.given_names, 200),
        family_name=_clean(named.family_name, 200),
        said_as=_clean(named.said_as, 200),
        age_said=_clean(named.age_said, 40),
        sex=named.sex,
        date_of_birth=named.date_of_birth,
        expected_date_of_birth=named.expected_date_of_birth,
    )
    policies.check_named(child)
    return child


def _keep(child: Concerned, message: Message, by: User | None) -> None:
    """Store a child that a message names; about somebody on record it is written down with them too."""
    child.message_thread = message.thread
    child.recorded_by = by
    child.save(force_insert=True)
    if child.person_id:
        audit.record("message_about", by=by, person=child.person_id, about={"thread": message.thread})


def _clean(words: str, longest: int) -> str:
    return " ".join(words.replace("\x00", "").split())[:longest]


@transaction.atomic
def add_child(*, message: Message, child: Named, by: User) -> Concerned:
    """Return one more child whom a waiting message is about.

    Raises NotAllowed, NothingSaid, AlreadyDecided.
    """
    permissions.check_can_write_down(by)
    policies.check_waiting(message)
    place = Concerned.current.filter(message_thread=message.thread).count()
    row = _concerned(child, place, by)
    if row.person is not None:
        permissions.check_can_match(by, row.person)
    _keep(row, message, by)
    return row


@transaction.atomic
def match_child(
    *,
    concerned: Concerned,
    by: User,
    person: Person | None = None,
    is_new: bool = False,
    nobody_can_tell: bool = False,
    will_be_confirmed: bool = False,
    expected: int | None = None,
) -> Concerned:
    """Return the child of a message, with who on record that is: somebody, somebody new, nobody can tell.

    What was said of the child stays as it was said. A record that was opened by this worker's word alone,
    and is somebody else's, is reviewed. Raises NotAllowed, NotMatched, VersionClash.
    """
    kept = survivor(person) if person else None
    permissions.check_can_match(by, kept)
    match = _match(kept, is_new, nobody_can_tell, will_be_confirmed)
    row = versions.supersede(
        concerned, by=by, ended_as=Ending.CONTINUED, expected=expected, person=kept, match=match
    )
    about = {"thread": concerned.message_thread, "match": match}
    for pk in {concerned.person_id, row.person_id} - {None} or {None}:
        audit.record("matched_child", by=by, person=pk, about=about)
    own_messages.have_rematch_reviewed(concerned, row, by=by)
    return row


def set_person(*, concerned: Concerned, person: Person, by: User) -> Concerned:
    """Return the child of a message, who is now on record as this new person.

    For the act that registers them, in its own transaction, which has checked who may.
    """
    return versions.supersede(concerned, by=by, ended_as=Ending.CONTINUED, person=person)


def _match(person: Person | None, is_new: bool, nobody_can_tell: bool, will_be_confirmed: bool) -> str:
    if person is not None:
        return Match.KNOWN
    for match, chosen in (
        (Match.NEW, is_new),
        (Match.NOBODY_CAN_TELL, nobody_can_tell),
        (Match.CONFIRM, will_be_confirmed),
    ):
        if chosen:
            return match
    raise policies.NotMatched("Nobody was chosen.", "Choose who that is, or “somebody new”.")


@transaction.atomic
def name_child(
    *,
    concerned: Concerned,
    by: User,
    because: str,
    expected: int | None = None,
    given_names: str | Unsaid = NOTHING,
    family_name: str | Unsaid = NOTHING,
    said_as: str | Unsaid = NOTHING,
    age_said: str | Unsaid = NOTHING,
    sex: str | Unsaid = NOTHING,
    date_of_birth: date | Unsaid | None = NOTHING,
    expected_date_of_birth: date | Unsaid | None = NOTHING,
) -> Concerned:
    """Return the child of a message with a name, an age or a birth date put right; the old stays readable.

    Raises NotAllowed, NothingSaid, VersionClash.
    """
    permissions.check_can_write_down(by)
    changes = said(
        given_names=given_names, family_name=family_name, said_as=said_as, age_said=age_said, sex=sex,
        date_of_birth=date_of_birth, expected_date_of_birth=expected_date_of_birth,
    )  # fmt: skip
    row = versions.supersede(concerned, by=by, because=because, expected=expected, **changes)
    policies.check_named(row)
    audit.record("named_child", by=by, person=row.person_id, about={"thread": row.message_thread})
    return row


@transaction.atomic
def complete_message(
    *,
    message: Message,
    by: User,
    expected: int | None = None,
    source: str | Unsaid = NOTHING,
    teller_name: str | Unsaid = NOTHING,
    teller_role: str | Unsaid = NOTHING,
    teller_organisation: str | Unsaid = NOTHING,
    teller_way_back: str | Unsaid = NOTHING,
    may_name_teller: bool | Unsaid | None = NOTHING,
    together: str | Unsaid = NOTHING,
    home: str | Unsaid = NOTHING,
    is_home_hidden: bool | Unsaid | None = NOTHING,
) -> Message:
    """Return the message with more of who told us and how things are; what was said stays as it was.

    What an urgent start left owed of it is settled. Raises NotAllowed, WrongCode, VersionClash.
    """
    permissions.check_can_write_down(by)
    told = said(
        source=source, teller_name=teller_name, teller_role=teller_role, together=together, home=home,
        teller_organisation=teller_organisation, teller_way_back=teller_way_back,
        may_name_teller=may_name_teller, is_home_hidden=is_home_hidden,
    )  # fmt: skip
    if source is not NOTHING:
        check_code("referral_source", source, legal_day(message.received_at), "where the message came from")
    whole = carry_on_matter(
        message, by=by, act="complete_message", ended_as=Ending.CORRECTED, expected=expected, **told
    )
    for decision in queries.decisions_of([message.thread])[message.thread]:
        settle(what="contact_details", of=decision, done=whole, by=by)
    return whole


@transaction.atomic
def see_urgent(*, message: Message, by: User) -> Message:
    """Return an urgent message, seen by a manager; seen twice, the first stands. Raises NotAllowed."""
    permissions.check_can_decide(by, message)
    if message.seen_at is not None:
        return message
    return carry_on_matter(message, by=by, act="saw_urgent_message", seen_at=timezone.now(), seen_by=by)


@transaction.atomic
def withdraw_message(*, message: Message, because: str, by: User, expected: int | None = None) -> Message:
    """Return a message that no decision is needed about: it came twice, or family help took back its ask.

    The words stay. Whoever takes back their own, once it had opened a record to them, is reviewed for it.
    Raises NotAllowed, AlreadyDecided, NothingSaid, VersionClash.
    """
    permissions.check_can_decide(by, message)
    policies.check_waiting(message)
    rows = queries.concerned_by([message.thread])[message.thread]
    withdrawn = carry_on_matter(
        message,
        by=by,
        act="withdraw_message",
        expected=expected,
        withdrawn_at=timezone.now(),
        withdrawn_because=policies.check_reasoned(because, is_without_agreement=False)[:300],
    )
    own_messages.have_withdrawal_reviewed(withdrawn, rows, by=by)
    return withdrawn


@transaction.atomic
def read_message(*, message: Message, child: Person, what_next: str, by: User) -> MessageRead:
    """Return that whoever works with a child read what was added to the open work, and will do what.

    Raises NotAllowed, NothingSaid.
    """
    permissions.check_can_read_for(by, child)
    part = MessageRead(
        person=survivor(child), read_on=legal_day(timezone.now()), what_next=policies.check_said(what_next)
    )
    read = add_part(part, message, by=by)
    audit.record("read_message", by=by, person=read.person_id, about={"message": message.thread})
    for decision in queries.decisions_of([message.thread])[message.thread]:
        for line in open_of("read_message", of=decision):
            if read.person_id in line.person_ids and _is_read_for_all(message, line.person_ids):
                settle_one(line.owed, done=read, by=by)
    return read


def _is_read_for_all(message: Message, person_ids: Sequence[int]) -> bool:
    """Whether somebody has read the message for each of these people, under whichever record."""
    parts = versions.parts_of(MessageRead, [message.thread])[message.thread]
    kept = kept_ids([*person_ids, *(part.person_id for part in parts)])
    return {kept[pk] for pk in person_ids} <= {kept[part.person_id] for part in parts}
