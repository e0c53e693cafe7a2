"""Which children a reader of a paper knows of anyhow."""

from collections.abc import Iterable

from kith.record.people.family import ties_of
from kith.record.people.models import Person
from kith.web.letters.kinds import Reader


def not_known_to(reader: Reader | None, person_ids: Iterable[int]) -> list[int]:
    """Those of these children for whom the reader has no parental responsibility; all, for the record.

    A copy for one child is made as for somebody who may open that child alone (decision 30).
    """
    return [pk for pk in person_ids if reader is None or not _is_responsible(reader, pk)]


def _is_responsible(reader: Reader, person_id: int) -> bool:
    ties = ties_of(Person(pk=person_id))
    return any(tie.person_id == reader.person_id and tie.holds_responsibility for tie in ties)
