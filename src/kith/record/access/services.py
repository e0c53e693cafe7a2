"""Opening a record for a reason and a time, restricting one, and keeping a worker from their own.

Break-glass: a reason is needed, it ends by itself within 12 hours, a manager is told at once, and
it is reviewed by the end of the next working day.
"""

import logging
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kith.record.access import messages, own_ties, permissions, queries
from kith.record.access.models import BreakGlass, KeptApart, RestrictedMatch, Restriction
from kith.record.audit import services as audit
from kith.record.audit.queries import acts_on
from kith.record.people import queries as people
from kith.record.people import services as people_services
from kith.record.people.models import Person, Relationship, Role, User
from kith.record.people.permissions import can, check_can
from kith.record.people.policies import check_reason
from kith.record.refusals import NotAllowed, NotPossible
from kith.standards.dates import day_in_words
from kith.standards.working_days import add_working_days, legal_day

log = logging.getLogger("kith.access")

LONGEST_HOURS = 12
SHORTEST_REASON = 10  # letters: "x" is no reason that a manager could review
SEALED = Restriction.Kind.SEALED_ADOPTION
ORDER_MADE = "An adoption order ended their care; the file from before it is sealed"
TIE_TAKEN_BACK = "Opened through a tie that they wrote themselves, and then took back. Their reason:"
ALERT_AGAIN_AFTER = timedelta(minutes=30)  # search as you type meets the same record at every letter


def break_glass(person: Person, *, by: User, reason: str, hours: int) -> BreakGlass:
    """Return the glass broken: `by` may open the record of `person` for so many hours (1 to 12).

    A manager is told in the same transaction. Raises NotAllowed (role, restricted record) and
    NotPossible (no reason, too long).
    """
    check_can("break_glass", by)
    _check_glass(reason, hours)
    kept = people.survivor(person)
    if permissions.is_restricted(by, kept):
        alert_custodians(kept, searcher=by, searched_for=f"opening it: {reason}")  # told though it is refused
        raise NotAllowed("Kith cannot show you anything here.", permissions.A_MANAGER_WILL_CONFIRM)
    return _break(kept, by, reason.strip()[:500], hours)


@transaction.atomic
def break_glass_for_family(
    person: Person, *, by: User, reason: str, hours: int, others: Iterable[Person] = ()
) -> list[BreakGlass]:
    """Return the glass broken of `person`, and of those `others` of the family that are closed to `by`.

    Each is written down and reviewed as its own; each manager is told once, of all of them. One of the
    others who is kept from `by` is left out. Raises what `break_glass` raises.
    """
    first = break_glass(person, by=by, reason=reason, hours=hours)
    closed = [other for other in others if permissions.level(by, other) is permissions.Level.INDEX]
    told = {user.pk for user in who_is_told(first.person, by)}
    broken = [first]
    for other in closed:
        broken.append(_break(other, by, reason.strip()[:500], hours, but_not=told, of_family=True))
        told |= {user.pk for user in who_is_told(other, by)}
    return broken


@transaction.atomic
def _break(
    person: Person,
    by: User,
    reason: str,
    hours: int,
    *,
    but_not: Container[int] = (),
    of_family: bool = False,
) -> BreakGlass:
    """The glass broken; its managers are told, but for those told already of another of the family."""
    now = timezone.now()
    glass = BreakGlass.objects.create(
        person=person, user=by, reason=reason, started_at=now, ends_at=now + timedelta(hours=hours),
        review_due_on=add_working_days(timezone.localdate(now), 1),
    )  # fmt: skip
    about = {"glass": glass.pk, "why": reason, "hours": hours, **({"of_family": True} if of_family else {})}
    audit.record("glass_broken", by=by, person=person, about=about)
    messages.tell(
        [user for user in who_is_told(person, by) if user.pk not in but_not],
        f"{by} opened a record they do not work with, until {timezone.localtime(glass.ends_at):%H:%M}. "
        f"Their reason: {reason[:250]}. Review it by {day_in_words(glass.review_due_on)}.",
        link=messages.page("review_glass", glass.pk),
    )
    return glass


@transaction.atomic
def untie(
    ties: Sequence[Relationship],
    *,
    by: User,
    because: str,
    on: date | None = None,
    expected: Mapping[int, int | None] | None = None,
) -> list[Relationship]:
    """Return what was said of how two people are tied, ended on a day; or never true, if none.

    Whoever takes back a tie of their own, once it had opened a record to them, is reviewed for it.
    Raises what `people.services.untie` raises.
    """
    ended = people_services.untie(ties, by=by, because=because, on=on, expected=expected)
    for thread, since in own_ties.written_alone(by, ties).items():
        if on is None or on <= legal_day(since):
            both = {pk for tie in ties if tie.thread == thread for pk in (tie.person_id, tie.other_id)}
            for pk in sorted(both):
                have_looks_reviewed(
                    pk, by=by, since=since, opened_by={queries.WITH_THE_FAMILY},
                    reason=f"{TIE_TAKEN_BACK} {because}", through="a tie of their own",
                )  # fmt: skip
    return ended


def have_looks_reviewed(
    person_id: int, *, by: User, since: datetime, opened_by: Container[str], reason: str, through: str
) -> BreakGlass | None:
    """Have a manager review that `by` opened a record since then for one of the reasons `opened_by`.

    None where they did not. `through` is what opened it, in words for the manager.
    """
    looks = [
        entry.at
        for entry in acts_on(people.same_person_ids(Person(pk=person_id)), "record_opened")
        if entry.actor_id == by.pk and entry.at >= since and entry.about.get("because") in opened_by
    ]
    person = Person(pk=person_id)
    return (
        have_reviewed(person, by=by, opened_at=min(looks), reason=reason, through=through) if looks else None
    )


@transaction.atomic
def have_reviewed(person: Person, *, by: User, opened_at: datetime, reason: str, through: str) -> BreakGlass:
    """Return what a manager has to review afterwards, as glass that was broken then: it opens nothing now.

    For the act that ended what had opened the record to `by`, in its own transaction.
    """
    now = timezone.now()
    glass = BreakGlass.objects.create(
        person=people.survivor(person), user=by, reason=reason[:500], started_at=opened_at, ended_at=now,
        ends_at=max(now, opened_at + timedelta(seconds=1)),
        review_due_on=add_working_days(timezone.localdate(now), 1),
    )  # fmt: skip
    audit.record("look_to_review", by=by, person=glass.person_id, about={"glass": glass.pk, "why": reason})
    messages.tell(
        who_is_told(glass.person, by),
        f"{by} opened a record through {through}. Review it by {day_in_words(glass.review_due_on)}.",
        link=messages.page("review_glass", glass.pk),
    )
    return glass


@transaction.atomic
def give_back(glass: BreakGlass, *, by: User) -> BreakGlass:
    """Return the glass, given back before its time by the one who broke it."""
    if glass.user_id != by.pk:
        raise NotAllowed("Somebody else opened this record.", "Only they can give it back early.")
    if glass.ended_at is None:
        glass.ended_at = timezone.now()
        glass.save(update_fields=["ended_at"])
        audit.record("glass_given_back", by=by, person=glass.person_id, about={"glass": glass.pk})
    return glass


@transaction.atomic
def review_glass(glass: BreakGlass, *, by: User, was_right: bool, note: str) -> BreakGlass:
    """Return the glass, reviewed. One found wrong ends, and is told to the data-protection officer.

    Raises NotAllowed (role, their own) and NotPossible (reviewed already, no note).
    """
    check_can("review_glass", by)
    if glass.user_id == by.pk:
        raise NotAllowed("You opened this record yourself.", "Another manager has to review it.")
    check_reason(note)
    held = BreakGlass.objects.select_for_update().get(pk=glass.pk)
    if held.reviewed_at is not None:
        raise NotPossible("This has been reviewed already.", "Open it to read the review.")
    held.reviewed_at, held.reviewed_by = timezone.now(), by
    held.was_right, held.review_note = was_right, note[:500]
    if not was_right and held.ended_at is None:
        held.ended_at = min(held.ends_at, held.reviewed_at)  # what was found wrong is over now
    held.save(update_fields=["reviewed_at", "reviewed_by", "was_right", "review_note", "ended_at"])
    audit.record(
        "glass_reviewed", by=by, person=held.person_id, about={"glass": held.pk, "was_right": was_right}
    )
    if not was_right:
        text = f"{by} found that a record was opened without good reason by {held.user}: {note[:250]}"
        review = messages.page("review_glass", held.pk)
        messages.tell(people.holders_of([Role.DATA_PROTECTION]), text, link=review)
    return held


@transaction.atomic
def place_restriction(
    person: Person,
    *,
    by: User,
    kind: str,
    reason: str,
    custodian: User,
    allowed: Iterable[User] = (),
    ends_on: date | None = None,
) -> Restriction:
    """Return the restriction: from now, only `custodian` and those `allowed` see anything of `person`.

    From `ends_on` it is no longer in force; left out, it is until its custodian lifts it. A sealed
    adoption file is never proposed as a match to anybody again. Raises NotAllowed, NotPossible.
    """
    check_can("place_restriction", by)
    check_reason(reason)
    if Role.CUSTODIAN not in people.roles_of(custodian):
        raise NotPossible(f"{custodian} is not a custodian.", "Choose a custodian of restricted records.")
    _check_end(ends_on, is_seal=kind == SEALED)
    kept = people.survivor(person)
    placed = Restriction.objects.create(
        person=kept, kind=Restriction.Kind(kind), reason=reason[:300], custodian=custodian, placed_by=by,
        ends_on=ends_on,
    )  # fmt: skip
    placed.allowed.set(allowed)
    if placed.kind == SEALED:
        Person.objects.filter(pk__in=people.same_person_ids(kept)).update(is_never_proposed=True)
    audit.record(
        "restriction_placed", by=by, person=kept, about={"restriction": placed.pk, "kind": placed.kind}
    )
    return placed


@transaction.atomic
def seal_adopted(persons: Iterable[int], *, by: User | None) -> list[Restriction]:
    """Return the seals placed on the files of these people, adopted out of care; not on one sealed already.

    Every custodian keeps them, nobody is allowed, and they are proposed as a match to nobody again. Each
    is written to the audit, and custodians are told how many. `by` recorded the adoption; None: an import.
    """
    under = people.merged_under(people.kept_ids(persons).values())
    before = queries.restrictions_on(pk for ids in under.values() for pk in ids)
    is_sealed = {pk for pk, found in before.items() for one in found if one.kind == SEALED}
    placed = [
        Restriction.objects.create(person_id=kept, kind=SEALED, reason=ORDER_MADE, placed_by=by)
        for kept, ids in under.items()
        if not is_sealed.intersection(ids)
    ]
    sealed = [pk for one in placed for pk in under[one.person_id]]
    Person.objects.filter(pk__in=sealed).update(is_never_proposed=True)
    audit.record_many("adoption_sealed", by=by, persons=[one.person_id for one in placed])
    if placed:
        messages.tell(people.holders_of([Role.CUSTODIAN]), _sealed_in_words(len(placed)))
    return placed


def _sealed_in_words(files: int) -> str:
    what = "A child’s file was" if files == 1 else f"{files:,} children’s files were"
    return (
        f"{what} sealed, because an adoption order ended their care. Nobody but custodians can find them. "
        "Where somebody has to finish the work on one, allow them by name."
    )


@transaction.atomic
def allow(restriction: Restriction, user: User, *, by: User) -> Restriction:
    """Return the restriction, with `user` among those who may see the record."""
    _check_is_custodian(restriction, by)
    restriction.allowed.add(user)
    _audit_named(restriction, user, "restriction_allows", by)
    return restriction


@transaction.atomic
def no_longer_allow(restriction: Restriction, user: User, *, by: User) -> Restriction:
    """Return the restriction, with `user` no longer among those who may see the record."""
    _check_is_custodian(restriction, by)
    restriction.allowed.remove(user)
    _audit_named(restriction, user, "restriction_no_longer_allows", by)
    return restriction


@transaction.atomic
def lift(restriction: Restriction, *, by: User, because: str) -> Restriction:
    """Return the restriction, lifted. A sealed adoption file stays sealed: it cannot be lifted."""
    if restriction.kind == SEALED:
        check_can("lift_restriction", by)
        _check_is_custodian(restriction, by)
        raise NotPossible("A sealed adoption file stays sealed.", "Allow the person who has to read it.")
    return _lift(restriction, by, because)


@transaction.atomic
def unseal(restriction: Restriction, *, by: User, because: str) -> Restriction:
    """Return a seal that was a mistake, lifted; the person may be proposed as a match again.

    Only for `care.services.unseal`, which sees first that the record tells of no adoption.
    """
    lifted = _lift(restriction, by, because)
    ids = people.same_person_ids(restriction.person)
    Person.objects.filter(pk__in=ids).update(is_never_proposed=False)
    return lifted


def _lift(restriction: Restriction, by: User, because: str) -> Restriction:
    check_can("lift_restriction", by)
    _check_is_custodian(restriction, by)
    check_reason(because)
    restriction.lifted_at, restriction.lifted_by = timezone.now(), by
    restriction.lifted_because = because[:300]
    restriction.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    audit.record(
        "restriction_lifted", by=by, person=restriction.person_id, about={"restriction": restriction.pk}
    )
    return restriction


@transaction.atomic
def keep_apart(
    user: User, person: Person, *, by: User, because: str, ends_on: date | None = None
) -> KeptApart:
    """Return that `user` may not see `person`: themselves, their family, a neighbour.

    From `ends_on` they may again; left out, when somebody ends it.
    """
    check_can("keep_apart", by)
    check_reason(because)
    _check_end(ends_on)
    kept = people.survivor(person)
    over = KeptApart.objects.filter(user=user, person=kept, ended_at=None, ends_on__lte=timezone.localdate())
    over.update(ended_at=timezone.now())
    apart, is_new = KeptApart.objects.get_or_create(
        user=user, person=kept, ended_at=None,
        defaults={"because": because[:300], "started_by": by, "ends_on": ends_on},
    )  # fmt: skip
    if is_new:
        audit.record("kept_apart", by=by, person=kept, about={"worker": user.pk})
    return apart


@transaction.atomic
def end_keep_apart(apart: KeptApart, *, by: User, because: str) -> KeptApart:
    """Return that the worker may see the person again, as far as their work lets them."""
    check_can("keep_apart", by)
    check_reason(because)
    if apart.user_id == by.pk:
        raise NotAllowed("This keeps you yourself from a record.", "Somebody else has to end it.")
    apart.ended_at, apart.ended_by = timezone.now(), by
    apart.save(update_fields=["ended_at", "ended_by"])
    audit.record("kept_apart_ended", by=by, person=apart.person_id, about={"because": because})
    return apart


@transaction.atomic
def alert_custodians(person: Person, *, searcher: User, searched_for: str) -> list[RestrictedMatch]:
    """Return the matches told of: each custodian learns at once who met which record, and how.

    The same searcher meeting the same record again within half an hour is one match. A record kept
    from this one worker alone (their own, their family's) is told to their managers.
    """
    ids = people.same_person_ids(person)
    restrictions = [one for found in queries.restrictions_on(ids).values() for one in found]
    audit.record("restricted_matched", by=searcher, person=person, about={"searched_for": searched_for[:200]})
    if not restrictions:
        text = f"{searcher} looked for somebody they are kept apart from: “{searched_for[:200]}”. Ring them."
        messages.tell(_managers_of_worker(searcher), text)
        return []
    return [match for one in restrictions if (match := _alert(one, searcher, searched_for))]


@transaction.atomic
def answer_match(match: RestrictedMatch, *, by: User, answer: str) -> RestrictedMatch:
    """Return the match, with what its custodian told the searcher; the searcher gets it as a message."""
    _check_is_custodian(match.restriction, by)
    check_reason(answer)
    match.answered_at, match.answer = timezone.now(), answer[:300]
    match.save(update_fields=["answered_at", "answer"])
    person_id = match.restriction.person_id
    audit.record("restricted_match_answered", by=by, person=person_id, about={"match": match.pk})
    messages.tell([match.searcher], f"About your search: {match.answer}")
    return match


def bring_in_journal() -> int:
    """Bring looks made while the audit was down into it; administrators are told. Returns how many (D9)."""
    brought = audit.replay_journal()
    if brought:
        text = f"The audit was down. {brought} looks made meanwhile by duty staff have now been brought in."
        messages.tell_administrators(text)
    return brought


def who_is_told(person: Person, breaker: User) -> list[User]:
    """Whom broken glass is told to: the person's team managers, else the breaker's, else senior managers.

    Never the breaker alone; somebody who may review it, and administrators when nobody is left.
    """
    teams = [a.team_id for a in people.workers_of(people.same_person_ids(person)) if a.team_id]
    candidates = [people.managers_of(teams), _managers_of_worker(breaker)]
    for managers in candidates:
        if told := [user for user in managers if user.pk != breaker.pk and can("review_glass", user)]:
            return told
    senior = people.holders_of([Role.SENIOR_MANAGER]).exclude(pk=breaker.pk)
    fallback = senior or people.holders_of([Role.TEAM_MANAGER, Role.DATA_PROTECTION, Role.ADMINISTRATOR])
    told = list(fallback.exclude(pk=breaker.pk))
    if not told:
        log.critical("Glass was broken and there is no manager to tell: give somebody that role")
    return told


def _managers_of_worker(user: User) -> list[User]:
    teams = [member.team_id for member in people.memberships_of(user)]
    managers = list(people.managers_of(teams).exclude(pk=user.pk))
    return managers or list(people.holders_of([Role.SENIOR_MANAGER, Role.TEAM_MANAGER]).exclude(pk=user.pk))


def _check_glass(reason: str, hours: int) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotPossible(
            "Opening this record needs a reason that your manager can understand tomorrow.",
            "Say in a sentence why you need it now.",
        )
    if not 1 <= hours <= LONGEST_HOURS:
        raise NotPossible(
            f"A record can be opened for a reason for 1 to {LONGEST_HOURS} hours, not {hours}.",
            "Choose fewer hours; you can ask again.",
        )


def _check_end(ends_on: date | None, *, is_seal: bool = False) -> None:
    if ends_on is not None and is_seal:
        raise NotPossible("A sealed adoption file stays sealed.", "Leave its end empty.")
    if ends_on is not None and ends_on <= timezone.localdate():
        raise NotPossible(
            f"{day_in_words(ends_on)} is not still to come.", "Choose a later day, or leave it empty."
        )


def _check_is_custodian(restriction: Restriction, by: User) -> None:
    is_theirs = restriction.custodian_id in (None, by.pk)  # None: every custodian keeps it
    if not is_theirs or not can("lift_restriction", by):
        raise NotAllowed("You are not the custodian of this record.", "Ask its custodian.")


def _alert(restriction: Restriction, searcher: User, searched_for: str) -> RestrictedMatch | None:
    lately = RestrictedMatch.objects.filter(
        restriction=restriction, searcher=searcher, at__gt=timezone.now() - ALERT_AGAIN_AFTER
    )
    if lately.exists():
        return None
    match = RestrictedMatch.objects.create(
        restriction=restriction, searcher=searcher, searched_for=searched_for[:200]
    )
    text = f"{searcher} looked for “{searched_for[:200]}” and met a record you keep. Ring them now."
    messages.tell(_keepers_of(restriction), text, link=messages.page("restricted_matches"))
    return match


def _keepers_of(restriction: Restriction) -> list[User]:
    if restriction.custodian is not None:
        return [restriction.custodian]
    return list(people.holders_of([Role.CUSTODIAN]))


def _audit_named(restriction: Restriction, user: User, act: str, by: User) -> None:
    about = {"restriction": restriction.pk, "worker": user.pk}
    audit.record(act, by=by, person=restriction.person_id, about=about)
