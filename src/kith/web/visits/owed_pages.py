"""Where what a visit leaves owed is done."""

from collections.abc import Iterable

from django.urls import reverse

from kith.record.owed.models import Owed
from kith.record.visits.models import Seen


def _why_not_seen(owed: Owed, person_ids: Iterable[int]) -> str:
    """The page on which the child's part of the visit is put right."""
    seen = Seen.current.filter(thread=owed.fact_thread).first()
    return reverse("correct_visit", args=[seen.person_id, seen.matter_thread]) if seen else ""


PAGES = {"not_seen": _why_not_seen}
