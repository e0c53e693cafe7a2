"""What follows a protection plan that a review ended: owed by who works with the child until it is on record.

A child in need plan, family help, care, another protection plan and the closing of the case each say it.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from kith.record.access.permissions import may_know
from kith.record.care.queries import open_period
from kith.record.facts import Version
from kith.record.help.queries import family_of as family_helped
from kith.record.owed import services as owed
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids, workers_of
from kith.record.protection.models import Conference

WHAT = "what_follows"


def ask_what_follows(*, held: Conference, children: Sequence[Person], on: date, by: User) -> None:
    """Leave owed what follows for those children with whom nothing else goes on that day.

    For the act that ends their plans, in its own transaction, which has checked who may.
    """
    for child in children:
        if not (family_helped(child.pk, on) or open_period(child)):
            worker = worker_or(by, child, on)
            owed.owe(what=WHAT, fact=held, persons=[child.pk], by=by, owed_by=worker)


def worker_or(by: User, child: Person, on: date) -> User:
    """Who works with a child on a day and may know of them; `by` where nobody does."""
    workers = may_know((one.worker for one in workers_of([child.pk], on=on)), [child])
    return [*workers, by][0]


def say_what_follows(*, children: Iterable[Person], done: Version, by: User) -> None:
    """What follows for these children is on record by the fact `done`; for the act that writes it."""
    ids = [pk for child in children for pk in same_person_ids(child)]
    owed.settle(what=WHAT, by=by, done=done, persons=ids)
