"""How it is safe to be in touch with a family: seen on each page from which something goes to it."""

from collections.abc import Iterable

from kith.record.access.looking import show_names
from kith.record.access.permissions import Level, accesses
from kith.record.people.family import PARENTS, ties_of
from kith.record.people.models import Person, User
from kith.record.people.queries import merged_under
from kith.record.people.safe_contact import in_words, safe_contacts_of
from kith.web.story.reaching import ToReach, with_words_of_requests


def ways_to_reach_family(user: User, child_ids: Iterable[int]) -> list[ToReach]:
    """What is said of these children and of those parents whose record may be opened, children first.

    What the family said of it as it asked for help stands with it.
    """
    children = list(child_ids)
    parents = {
        tie.person_id for pk in children for tie in ties_of(Person(pk=pk)) if tie.kind in PARENTS
    } - set(children)
    seen = accesses(user, parents)
    ids = [*children, *(pk for pk in sorted(parents) if seen[pk].level is Level.RECORD)]
    under = merged_under(ids)
    root = {pk: kept for kept, same in under.items() for pk in same}
    said: dict[int, list[tuple[bool, str]]] = {kept: [] for kept in under}
    for contact in safe_contacts_of(root):
        said[root[contact.person_id]].append((contact.is_safe, in_words(contact)))
    told = [pk for pk, found in said.items() if found]
    named = show_names(user, told, where="how it is safe to be in touch") if told else {}
    known = [ToReach(named[pk].name, tuple(said[pk])) for pk in told if pk in named]
    return with_words_of_requests(known, children)
