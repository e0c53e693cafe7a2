"""Who may say that something owed is not needed, or hand it on: who owes it or covers, and managers."""

from kith.record.chronology.permissions import allows
from kith.record.owed.models import Owed
from kith.record.people.models import User
from kith.record.people.queries import covers_for, memberships_of
from kith.record.refusals import NotAllowed


def check_can_answer_for(by: User, owed: Owed) -> None:
    """Raise NotAllowed unless `by` owes it, covers for whoever does, is in the team, or manages them."""
    if owed.owed_by_id == by.pk or covers_for(by).filter(for_user=owed.owed_by_id).exists():
        return
    mine = {member.team_id: member.is_manager for member in memberships_of(by)}
    theirs = {member.team_id for member in memberships_of(owed.owed_by)} if owed.owed_by else set()
    if owed.team_id in mine or any(mine.get(team) for team in theirs):
        return
    raise NotAllowed("This is owed by somebody else.", f"Ask {owed.owed_by or owed.team}, or their manager.")


def can_answer_for(by: User, owed: Owed) -> bool:
    return allows(check_can_answer_for, by, owed)
