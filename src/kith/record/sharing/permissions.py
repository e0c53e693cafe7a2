"""Who may write down other agencies and who works with a person, and who may ask partners."""

from collections.abc import Iterable

from kith.record.chronology.permissions import check_can_act
from kith.record.people.models import Person, User
from kith.record.people.permissions import check_can


def check_can_keep_agencies(by: User) -> None:
    """Anyone who may ask a partner may write down which agencies and professionals there are."""
    check_can("ask_partners", by)


def check_can_name_professional(by: User, person: Person) -> None:
    """Whoever may write notes on a record they may open may say who else works with the person."""
    check_can_act("record_visits", by, [person])


def check_can_ask(by: User, children: Iterable[Person] = ()) -> None:
    """Whoever has to know what partners know asks them, but about nobody who is kept from them."""
    check_can_act("ask_partners", by, children, is_independent=True)
