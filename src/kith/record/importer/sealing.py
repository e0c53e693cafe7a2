"""Sealing the files of children whose adoption an import tells of."""

from collections.abc import Iterator, Mapping

from kith.record.access.models import Restriction
from kith.record.access.services import seal_adopted
from kith.record.care.models import PeriodOfCare
from kith.record.care.queries import ADOPTED
from kith.record.extract.mapping import FactTable
from kith.record.importer.compare import Changes
from kith.record.importer.told import ToldFact
from kith.record.people.models import User


def seal(changes: Mapping[FactTable, Changes], *, by: User | None) -> list[Restriction]:
    """Return the seals placed: on each child whose care, as now told anew, an adoption order ended.

    The order of the years cannot matter: an adoption seals whether or not a later year tells of more
    care. What was told before seals nothing again, so that a seal found to be a mistake stays lifted.
    """
    adopted = {fact.person for fact in _newly_told(changes) if fact.values["end_reason"] in ADOPTED}
    return seal_adopted(sorted(adopted), by=by)


def _newly_told(changes: Mapping[FactTable, Changes]) -> Iterator[ToldFact]:
    for table, change in changes.items():
        if table.model is PeriodOfCare:
            yield from change.new
            yield from (fact for fact, _, _ in change.next)
