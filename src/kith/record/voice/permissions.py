"""Who may ask a family how it felt, and say what a child's words led to: whoever may write notes there."""

from collections.abc import Iterable

from kith.record.access.permissions import accesses, can_open, is_restricted
from kith.record.chronology.permissions import allows, check_can_act
from kith.record.people.models import Person, User
from kith.record.people.queries import kept_ids
from kith.record.versions import parts_of
from kith.record.voice.models import FeltAbout, HowItFelt


def check_can_ask(by: User, children: Iterable[Person]) -> None:
    check_can_act("record_visits", by, children)


def check_can_stop_asking(by: User, children: Iterable[Person]) -> None:
    """Whoever may write notes on one of these children may take a question back; nobody kept from one."""
    everybody = list(children)
    kept = [child for child in everybody if is_restricted(by, child)]
    known = [child for child in everybody if can_open(by, child)]
    check_can_act("record_visits", by, kept or known or everybody)


def check_can_heed(by: User, child: Person) -> None:
    check_can_act("record_visits", by, [child])


def can_heed(by: User, child: Person) -> bool:
    return allows(check_can_heed, by, child)


def those_readable(user: User, asked: Iterable[HowItFelt]) -> list[HowItFelt]:
    """Of these, those that are about nobody who is kept from `user`: an answer speaks of the whole family."""
    held = list(asked)
    about = parts_of(FeltAbout, [felt.thread for felt in held])
    kept = kept_ids({part.person_id for parts in about.values() for part in parts})
    away = {pk for pk, access in accesses(user, set(kept.values())).items() if access.is_restricted}
    return [felt for felt in held if not away & {kept[part.person_id] for part in about[felt.thread]}]
