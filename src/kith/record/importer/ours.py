"""Which of our own users and teams an extract's ids name."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kith.record.extract.mapping import FactTable
from kith.record.people.models import Decided, User
from kith.record.people.queries import teams_of_staff


@dataclass(frozen=True)
class Ours:
    """Users by registration number, where only one has it, and teams by name."""

    workers: Mapping[str, int]
    teams: Mapping[str, int]

    def who_decided(self, table: FactTable, values: Mapping[str, Any]) -> dict[str, int | None]:
        """Our user and team, as columns of the database, for each id among a fact's values.

        Only for decisions: an allocation opens a record, and so is given by somebody here alone.
        """
        if not issubclass(table.model, Decided):
            return {}
        return {
            link.ours: (self.teams if link.is_team else self.workers).get(values[link.field])
            for link in table.staff
        }


def ours_now() -> Ours:
    """The users and teams that there are now."""
    users = list(User.objects.exclude(registration_number="").values_list("registration_number", "pk"))
    held = Counter(number for number, _ in users)
    return Ours(
        {number: pk for number, pk in users if held[number] == 1},
        dict(teams_of_staff().values_list("name", "pk")),
    )
