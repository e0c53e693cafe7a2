"""Whether somebody may be reached in one way without danger: asked before anything is sent to anybody.

A leaked line may injure. Where nobody said, only a call that leaves no message is safe.
"""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from kith.record.facts import is_in_force
from kith.record.people.models import Person, SafeContact
from kith.record.people.queries import name_of, same_person_ids
from kith.record.refusals import NotPossible
from kith.record.versions import current_facts

Way = SafeContact.Way
WITHOUT_BEING_TOLD = frozenset({Way.CALL, Way.IN_PERSON})
UNKNOWN = "Nobody has said how it is safe to be in touch: ring only, leave no message, send nothing."


class NotSafe(NotPossible):
    """Sending this may put somebody in danger; a reason lets it through."""


def safe_contacts_of(person_ids: Iterable[int], on: date | None = None) -> list[SafeContact]:
    """What is said of reaching these records on a day (today when left out), what is not safe first."""
    day = on or timezone.localdate()
    found = [each for each in current_facts(SafeContact, person_ids) if is_in_force(each, day)]
    return sorted(found, key=lambda each: (each.is_safe, list(Way.values).index(each.way), each.pk))


def check_safe_to_send(
    person: Person, way: str, *, where: str = "", because: str = "", on: date | None = None
) -> list[SafeContact]:
    """What to heed in reaching `person` in this way (may a message be left, who must not know).

    Raises NotSafe where it is said never to be used, or where nobody said and it is not a call or a visit;
    unless `because` says why it has to be, which the caller writes into its audit entry. `where` narrows it
    to one number or address.
    """
    said = [one for one in safe_contacts_of(same_person_ids(person), on) if one.way == way]
    said = [one for one in said if not (one.where and where) or _alike(one.where, where)]
    if because.strip():
        return said
    never = next((one for one in said if not one.is_safe), None)
    if never is not None:
        raise NotSafe(
            f"{name_of(person)} must not be reached by {_by(way)}: {in_words(never)}.",
            "Choose another way. If it has to be this one, say why.",
        )
    if not said and way not in WITHOUT_BEING_TOLD:
        raise NotSafe(
            f"Nobody has said whether a {_by(way)} is safe for {name_of(person)}.",
            "Ring, leave no message, and ask. If it has to be sent, say why.",
        )
    return said


def check_none_unsafe(
    person_ids: Iterable[int], ways: Iterable[str], *, because: str = "", on: date | None = None
) -> None:
    """Raise NotSafe where one of these people must never be reached in one of these ways.

    For what goes to a family and not to one of it by name; whose word it is is not told. `because` lets it
    through, which the caller writes into its audit entry.
    """
    meant = set(ways)
    never = [one for one in safe_contacts_of(person_ids, on) if not one.is_safe and one.way in meant]
    if never and not because.strip():
        raise NotSafe(
            f"Somebody of this family must never be reached by {_by(never[0].way)}.",
            "Choose another way. If it has to be this one, say why that puts nobody in danger.",
        )


def in_words(contact: SafeContact) -> str:
    """What is said of reaching somebody in one way, in a sentence without its full stop."""
    parts = [
        f"{contact.get_way_display()}{f' ({contact.where})' if contact.where else ''}: "
        f"{'safe' if contact.is_safe else 'never'}",
        contact.when,
        *(_of_messages(contact) if contact.is_safe else ()),
        f"{contact.who_must_not_know} must not know" if contact.who_must_not_know else "",
        f"said by {contact.said_by}",
    ]
    return ", ".join(filter(None, parts))


def _of_messages(contact: SafeContact) -> list[str]:
    said = []
    if contact.way == Way.CALL and contact.may_leave_message is not True:
        said.append("leave no message")
    if contact.may_say_who_we_are is not True:
        said.append("do not say who you are")
    return said


def _by(way: str) -> str:
    return str(Way(way).label).lower()


def _alike(one: str, other: str) -> bool:
    return "".join(one.casefold().split()) == "".join(other.casefold().split())
