"""On what ground a family is helped: section 17 only where social care has a case."""

from collections.abc import Sequence

from django.utils import timezone

from kith.record.frontdoor.queries import referral_threads
from kith.record.people.models import Person
from kith.record.planning.models import Basis
from kith.record.refusals import NotPossible


class NoCaseForSection17(NotPossible):
    """Help under section 17 for a child whom social care has no case for."""


def check_basis(children: Sequence[Person], basis: str) -> None:
    """Raise NoCaseForSection17 for section 17 where no case is open: the census would know of no plan."""
    if basis == Basis.SECTION_17:
        cases = referral_threads(children, timezone.localdate())
        if any(child.pk not in cases for child in children):
            raise NoCaseForSection17(
                "Not every one of these children has a case open, so this is not section 17 help.",
                "Choose that the family chose this help. If more is needed, ask for it: a manager decides.",
            )
