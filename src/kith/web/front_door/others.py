"""Who else is of the family whom a message is about."""

from kith.record.access import looking
from kith.record.access.looking import Together
from kith.record.frontdoor.models import Message
from kith.record.frontdoor.queries import concerned_by
from kith.record.people.models import Person, User
from kith.record.people.queries import Shown, kept_ids


def others_of_family(user: User, message: Message, together: Together) -> list[Shown]:
    """Who is of the family, born or not, and not in a message that waits; of those whose record is open."""
    rows = concerned_by([message.thread])[message.thread]
    told = {*kept_ids({row.person_id for row in rows if row.person_id}).values()}
    open_to = [pk for pk in together.people if pk not in together.closed]
    if not message.is_waiting or together.is_held_back or not open_to:
        return []
    found = looking.family_to_choose(user, Person(pk=open_to[0]), "whom a message is about")
    return [choice.person for pk, choice in found.items() if pk not in told]
