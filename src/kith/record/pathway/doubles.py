"""Records that may be one person, where a life is over on one of them: the question cannot wait any more."""

from django.utils import timezone

from kith.record.access import messages
from kith.record.access.permissions import may_know
from kith.record.people import queries as people
from kith.record.people.models import Person, Role, User
from kith.record.people.permissions import can
from kith.record.protection.queries import managers_over

DECIDE = (
    "Somebody on whose record a life is over may have a second record, with which work goes on. "
    "Decide whether the two are one."
)


def ask_at_once(child: Person, by: User) -> None:
    """Tell managers of each record that may be this child's too that it waits for a decision.

    Whoever works with the other record is told nothing: it may be somebody else's. Where no manager of either
    may know of both, a head of service is told.
    """
    for proposal in people.proposals_about(people.same_person_ids(child)):
        both = [people.survivor(proposal.first), people.survivor(proposal.second)]
        managers = may_know(managers_over(both, timezone.localdate()), both)
        heads = may_know(people.holders_of([Role.SENIOR_MANAGER]), both)
        decide = [user for user in managers if can("decide_matches", user)] or heads
        told = [user for user in decide if user != by]
        messages.tell(told, DECIDE, link=messages.page("decide_match", proposal.pk))
