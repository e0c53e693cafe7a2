"""Help in kind or in money, given to a family at the front door."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from kith.record.chronology.entering import enter_matter
from kith.record.chronology.policies import check_not_before
from kith.record.frontdoor import permissions, policies
from kith.record.frontdoor.codes import SECTION_17_HELP, check_choice
from kith.record.frontdoor.models import HelpedUnder17, Message, Section17Help
from kith.record.frontdoor.queries import concerned_by
from kith.record.people.models import User
from kith.standards.working_days import legal_day


@transaction.atomic
def give_section_17_help(
    *,
    message: Message,
    kind: str,
    by: User,
    in_words: str = "",
    amount: Decimal | None = None,
    given_on: date | None = None,
) -> Section17Help:
    """Return help that was given to the family of a message, for each of its children who is on record.

    `amount` is in pounds and for all of them together; None where nothing was paid or nobody said. It is
    given today where no day is said. Nobody is put on record by it. Raises NotAllowed, WrongCode, WrongDate,
    NothingSaid (something else, without words), WrongAmount.
    """
    rows = concerned_by([message.thread])[message.thread]
    persons = {row.person.pk: row.person for row in rows if row.person is not None}
    permissions.check_can_give(by, persons.values())
    today = legal_day(timezone.now())
    on = given_on or today
    policies.check_given(on, today)
    check_not_before(on, legal_day(message.received_at), "the message")
    check_choice(SECTION_17_HELP, kind, on, "a kind of help")
    policies.check_amount(amount)
    said = policies.check_said(in_words) if kind == "other" else in_words.replace("\x00", "").strip()
    given = Section17Help(
        message_thread=message.thread, given_on=on, kind=kind, in_words=said[:300], amount=amount
    )
    parts = [HelpedUnder17(person_id=pk, given_on=on, kind=kind) for pk in persons]
    enter_matter(given, parts, by=by, act="give_section_17_help", about={"message": message.thread})
    return given
