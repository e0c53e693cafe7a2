"""Two records that may be one person: asked, decided, merged, and parted again.

Facts lie under the record they were written to; a merge moves nothing (D1).
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kith.record.audit import services as audit
from kith.record.people import permissions, policies, queries
from kith.record.people.models import MatchProposal, Person, PersonDetails, PersonMerge, Relationship, User
from kith.record.refusals import NotPossible


@transaction.atomic
def merge(kept: Person, merged: Person, *, by: User, reason: str) -> PersonMerge:
    """Return the merge of two records of one person. Facts stay where they are; it can be undone.

    What is told of a life is what the kept record says: a death on the other alone would be told no more.
    Raises NotAllowed, NotPossible.
    """
    permissions.check_can("decide_matches", by)
    policies.check_reason(reason)
    keep, lose = (_locked(queries.survivor(person)) for person in (kept, merged))
    policies.check_can_be_merged(keep, lose)
    policies.check_lives_agree([_is_life_over(keep), _is_life_over(lose)])
    made = PersonMerge.objects.create(kept=keep, merged=lose, reason=reason[:300], merged_by=by)
    lose.merged_into = keep
    lose.save(update_fields=["merged_into"])
    audit.record_many("person_merged", by=by, persons=[keep, lose], about={"merge": made.pk})
    return made


@transaction.atomic
def unmerge(made: PersonMerge, *, by: User, because: str) -> PersonMerge:
    """Return the merge, undone: both records are again what they were.

    What was written after the merge stays with the record it was written to.
    Raises NotAllowed, NotPossible (already undone).
    """
    permissions.check_can("unmerge", by)
    policies.check_reason(because)
    merge_ = PersonMerge.objects.select_for_update().get(pk=made.pk)
    if merge_.undone_at is not None:
        raise NotPossible("This merge has been undone already.", "Open either record to see it.")
    merge_.undone_at, merge_.undone_by, merge_.undone_because = timezone.now(), by, because[:300]
    merge_.save(update_fields=["undone_at", "undone_by", "undone_because"])
    Person.objects.filter(pk=merge_.merged_id).update(merged_into=None)
    persons = [merge_.kept_id, merge_.merged_id]
    audit.record_many("merge_undone", by=by, persons=persons, about={"merge": merge_.pk})
    return merge_


@transaction.atomic
def propose_match(first: Person, second: Person, *, because: str) -> MatchProposal | None:
    """Return the question put to somebody: are these one person? The same pair is asked once.

    Returns None, and asks nothing, when they are one already, when they were born together, or when
    either is an adopted child's old or new record: no link may be visible (D1).
    """
    one, two = sorted((queries.survivor(first), queries.survivor(second)), key=lambda person: person.pk)
    if one.pk == two.pk or one.is_never_proposed or two.is_never_proposed or _born_together(one, two):
        return None
    proposal, _ = MatchProposal.objects.get_or_create(
        first=one, second=two, defaults={"because": because[:300]}
    )
    return proposal


@transaction.atomic
def tell_apart(first: Person, second: Person, *, by: User) -> None:
    """Decide that two who were born together are two, where somebody was asked whether they are one."""
    one, two = sorted((first.pk, second.pk))
    asked = MatchProposal.objects.filter(first_id=one, second_id=two, state=MatchProposal.State.OPEN)
    if asked.update(state=MatchProposal.State.DIFFERENT, decided_at=timezone.now(), decided_by=by):
        about = {"same": False, "reason": "born together"}
        audit.record_many("match_decided", by=by, persons=[first, second], about=about)


def _born_together(one: Person, two: Person) -> bool:
    first, second = queries.same_person_ids(one), queries.same_person_ids(two)
    told = Relationship.current.filter(is_born_together=True)
    pairs = Q(person_id__in=first, other_id__in=second) | Q(person_id__in=second, other_id__in=first)
    return told.filter(pairs).exists()


@transaction.atomic
def decide_match(proposal: MatchProposal, *, by: User, same: bool, reason: str) -> PersonMerge | None:
    """Return the merge when they are the same person, or None when they are not.

    Raises NotAllowed, NotPossible (decided already).
    """
    permissions.check_can("decide_matches", by)
    policies.check_reason(reason)
    asked = MatchProposal.objects.select_for_update().get(pk=proposal.pk)
    if asked.state != MatchProposal.State.OPEN:
        raise NotPossible("Somebody has decided this already.", "Undo the merge if it is wrong.")
    asked.state = MatchProposal.State.SAME if same else MatchProposal.State.DIFFERENT
    asked.decided_at, asked.decided_by = timezone.now(), by
    asked.save(update_fields=["state", "decided_at", "decided_by"])
    persons = [asked.first_id, asked.second_id]
    audit.record_many("match_decided", by=by, persons=persons, about={"same": same, "reason": reason})
    return merge(asked.first, asked.second, by=by, reason=reason) if same else None


def _is_life_over(person: Person) -> bool:
    """Whether the record of a person holds their death, or that they are not expected any more."""
    over = Q(date_of_death__isnull=False) | Q(pregnancy_ended_on__isnull=False)
    return PersonDetails.current.filter(over, person=person).exists()


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)
