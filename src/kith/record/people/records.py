"""All the records of somebody: what was written before two of them were found to be one person counts too.

Acts that may be done once a person lock them first. Source: docs/decisions/0001-identity.md.
"""

from collections.abc import Iterable

from django.db import connection

from kith.record.people.models import Person
from kith.record.people.queries import kept_ids, merged_under


def records_of(people: Iterable[Person]) -> dict[int, list[int]]:
    """For each of these, by the id they were asked by, the ids of every record of that person."""
    kept = kept_ids(person.pk for person in people)
    under = merged_under(set(kept.values()))
    return {pk: under[top] for pk, top in kept.items()}


def lock_people(people: Iterable[Person]) -> list[Person]:
    """Every record of these people, held until the transaction ends.

    Of two who act at once about one of them, the second waits and sees what the first wrote. The order is
    that of the ids, so that two about the same family never wait for each other.
    """
    ids = sorted({pk for each in records_of(people).values() for pk in each})
    rows = Person.objects.filter(pk__in=ids).order_by("pk")
    return list(rows.select_for_update() if connection.features.has_select_for_update else rows)
