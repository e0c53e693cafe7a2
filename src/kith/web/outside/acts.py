"""The page where a young person’s risk outside the home is looked at, as a step of the pathway."""

from kith.record.outside.permissions import can_work
from kith.record.people.models import Person, User
from kith.web.acts import ActPage


def _may_work(user: User, person: Person) -> bool:
    return can_work(user, [person])


PAGES = {"screen": ActPage("screen_outside", _may_work)}
