"""What a decision of the front door brings to the pages of protection, so that nothing is typed again."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kith.record.access.looking import Together, open_together
from kith.record.frontdoor.models import Message
from kith.record.frontdoor.queries import concerned_by, decided_for, to_protect
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids
from kith.record.sharing.models import Ask
from kith.record.sharing.queries import asks_about, in_words
from kith.standards.working_days import legal_day
from kith.web.protecting.family import Family

OTHER_AREA = "5C"  # code list `referral_source`


@dataclass(frozen=True)
class Brought:
    """A message whose decision asked for this page, with the children it was decided for.

    `asks` are what partners were asked, with what each said in a sentence. What was written of all of them
    is left out where one is kept from the reader.
    """

    message: Message
    children: Together
    asks: tuple[tuple[Ask, str], ...]

    @property
    def ids(self) -> list[int]:
        """Those children whom this reader may open, as a form ticks them."""
        return list(self.children.people)

    @property
    def names(self) -> str:
        """Those children in words."""
        return ", ".join(child.name for child in self.children.people.values())

    @property
    def of_transfer(self) -> dict[str, Any]:
        """What the message tells of a plan that moved here: who wrote to us, and on which day."""
        told: dict[str, date | str] = {"notified_on": legal_day(self.message.received_at)}
        if self.message.source == OTHER_AREA and self.message.teller_organisation:
            told["from_authority"] = self.message.teller_organisation[:100]
        return told


def brought_for(user: User, person: Person, code: str, why: str) -> Brought | None:
    """What a decision `code` of the front door about this person waits for here; None where none does."""
    ids = same_person_ids(person)
    message = to_protect(ids)
    if message is None:
        return None
    rows = concerned_by([message.thread])[message.thread]
    people = [row.person_id for row in rows if row.person_id]
    threads = {row.thread for row in rows}
    about = [
        one.person_id
        for one in decided_for(people)
        if one.concerned_thread in threads and one.decision == code
    ]
    if not set(about) & set(ids):
        return None
    together = open_together(user, about, why, power="enquire")
    asks = (
        ()
        if together.is_held_back
        else asks_about(message._meta.label_lower, [message.thread])[message.thread]
    )
    return Brought(message, together, tuple((ask, in_words(ask)) for ask in asks if not ask.is_taken_back))


def with_brought(family: Family, brought: Brought | None) -> Family:
    """The family, with the children that a message named beside them and nobody has tied to them yet."""
    more = brought.children.people if brought else {}
    return Family({**family.children, **more}, family.others)
