"""Where what a handover leaves owed is done."""

from collections.abc import Iterable

from django.urls import reverse

from kith.record.owed.models import Owed
from kith.record.pathway.handing_over import GOODBYE, TOLD


def _after_handover(owed: Owed, person_ids: Iterable[int]) -> str:
    return reverse("after_handover", args=[owed.thread])


PAGES = {TOLD: _after_handover, GOODBYE: _after_handover}
