"""Reading back what the audit tells of one person, for pages that say what was done before."""

from collections.abc import Iterable

from kith.record.audit.models import Entry


def acts_on(person_ids: Iterable[int], act: str) -> list[Entry]:
    """Each time that an act was done to one of these records, the latest first."""
    found = Entry.objects.filter(person_id__in=[*person_ids], act=act)
    return list(found.order_by("-at", "-pk"))
