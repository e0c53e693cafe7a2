"""The steps of the pathway that are taken on the pages of help."""

from kith.record.help.permissions import can_begin, can_help
from kith.record.people.models import Person, User
from kith.web.acts import ActPage


def _helps(user: User, person: Person) -> bool:
    return can_help(user, [person])


PAGES = {
    "begin_help": ActPage("help_begin_for", lambda user, person: can_begin(user, [person])),
    "agree_help_plan": ActPage("help_of_child", _helps, takes_child=False),
    "review_help": ActPage("help_of_child", _helps, takes_child=False),
    "close_help": ActPage("help_of_child", _helps, takes_child=False),
}
