"""One family's help, from the day they accept it until it ends."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kith.record.chronology import policies as story
from kith.record.chronology.entering import carry_on, carry_on_matter, enter_each, enter_matter
from kith.record.facts import Matter
from kith.record.help import permissions, policies, queries
from kith.record.help.models import (
    Agreement,
    Answer,
    ChildsView,
    FamilyHelp,
    HelpEpisode,
    HelpRequest,
    HelpReview,
)
from kith.record.help.services.requests import answer_request
from kith.record.people.models import Person, User
from kith.record.people.queries import same_person_ids, survivor
from kith.record.planning import services as planning
from kith.record.planning.models import Plan, PlanKind
from kith.record.planning.queries import open_plan
from kith.record.said import check_said
from kith.standards.working_days import legal_day

OUR_OWN = "la_early_help"  # code list `agency_types`
LEADS = "family_help_lead"  # code list `working_relationship_roles`


@transaction.atomic
def begin_help(
    *,
    people: Sequence[Person],
    basis: str,
    agreed_by: str,
    agreed_how: str,
    by: User,
    agreed_words: str = "",
    request: HelpRequest | None = None,
    need: str = "",
    organisation: str = OUR_OWN,
    accepted_at: datetime | None = None,
) -> FamilyHelp:
    """Return a family's help, for these children, born or not, accepted now where no moment is said.

    One of the family has to agree. A request that led to it is answered by it, and nothing of it typed
    again. Raises NotAllowed, NoChildren, NotAChild, NotSaid, WrongDate, AlreadyHelped and AlreadyAnswered.
    """
    permissions.check_can_begin(by, people)
    story.check_children(people)
    policies.check_basis(basis)
    now = accepted_at or timezone.now()
    policies.check_not_ahead(now, timezone.now())
    today = legal_day(now)
    lives = story.lives_of(people).values()
    for life in lives:
        story.check_day(today, life)
    policies.check_are_children(lives, today)
    policies.check_none_helped(queries.open_episodes(people, today))
    if need:
        policies.check_need(need, today)
    what = request.what_would_help if request else ""
    help = enter_matter(
        FamilyHelp(accepted_at=now, what_would_help=what, request_thread=request.thread if request else None),
        by=by,
        act="accept_family_help",
    )
    episodes = [_episode(person, help, basis, need, organisation, today) for person in people]
    enter_each(episodes, by=by, act="begin_help")
    _agree(help, who=agreed_by, answer="yes", how=agreed_how, words=agreed_words, on=today, by=by)
    if request:
        answer_request(request=request, answer=Answer.FAMILY_HELP, by=by, family_thread=help.thread)
    return help


def _episode(
    person: Person, help: FamilyHelp, basis: str, need: str, organisation: str, on: date
) -> HelpEpisode:
    return HelpEpisode(
        person=person,
        family_thread=help.thread,
        basis=basis,
        started_on=on,
        reason=need,
        organisation=organisation,
        worker=help.lead,
    )


@transaction.atomic
def add_child(*, help: FamilyHelp, person: Person, on: date, by: User) -> HelpEpisode:
    """Return the help of one more child of the family: a baby, a brother who came home.

    Raises NotAllowed, HelpEnded, AlreadyHelped and WrongDate.
    """
    permissions.check_can_begin(by, [person])
    help = _open(help, by)
    story.check_day(on, story.life_of(person))
    story.check_not_before(on, legal_day(help.accepted_at), "the family’s help")
    policies.check_none_helped(queries.open_episodes([survivor(person)], on))
    first = queries.episodes_of_family(help.thread)[0]
    made = _episode(person, help, first.basis, first.reason, first.organisation, on)
    return enter_each([made], by=by, act="begin_help")[0]


@transaction.atomic
def describe_family(*, help: FamilyHelp, by: User, expected: int | None = None, **words: str) -> FamilyHelp:
    """Return a family's help with what goes well, what is hard and what would help, in the family's words.

    Raises NotAllowed, HelpEnded and VersionClash.
    """
    _open(help, by)
    return _carry(help, by=by, act="describe_family", expected=expected, **words)


@transaction.atomic
def write_agreement(
    *, help: FamilyHelp, who: str, answer: str, how: str, on: date, by: User, in_their_words: str = ""
) -> Agreement:
    """Return what somebody of the family said to being helped; no answer of theirs is a concern.

    Raises NotAllowed, HelpEnded, NotSaid and WrongDate.
    """
    _open(help, by)
    return _agree(help, who=who, answer=answer, how=how, words=in_their_words, on=on, by=by)


def _agree(help: FamilyHelp, *, who: str, answer: str, how: str, words: str, on: date, by: User) -> Agreement:
    said = Agreement(
        family_thread=help.thread,
        who=check_said(who, "Who was asked"),
        answer=answer,
        on=on,
        how=how,
        in_their_words=words.strip(),
    )
    return enter_matter(said, by=by, act="write_agreement")


@transaction.atomic
def write_childs_view(
    *,
    help: FamilyHelp,
    person: Person,
    on: date,
    by: User,
    own_words: str = "",
    not_asked_because: str = "",
    may_family_read: str = "",
) -> ChildsView:
    """Return what one child said, or why that is not known; it is this child's alone.

    Until somebody says that the family may read it, it stands on no family copy.
    Raises NotAllowed, HelpEnded, NotSaid and WrongDate.
    """
    help = _open(help, by)
    permissions.check_can_help(by, [person])
    story.check_day(on, story.life_of(person))
    check_said(own_words + not_asked_because, "What the child said, or why nobody has asked")
    view = ChildsView(
        person=person,
        matter_thread=help.thread,
        on=on,
        own_words=own_words.strip(),
        not_asked_because=not_asked_because.strip(),
        may_family_read=may_family_read,
    )
    return enter_each([view], by=by, act="write_childs_view")[0]


@transaction.atomic
def lead_named(*, help: FamilyHelp, worker: User, on: date, by: User) -> FamilyHelp:
    """Return a family's help with who leads it; `pathway.help_steps` allocates them too.

    The first who leads meets the clock. Raises NotAllowed, HelpEnded and WrongDate.
    """
    people = queries.people_helped(help)
    permissions.check_can_name_lead(by, people)
    policies.check_open(queries.help_of(help.thread) or help)
    story.check_not_before(on, legal_day(help.accepted_at), "the family’s help")
    for episode in queries.episodes_of_family(help.thread):
        if episode.ended_on is None:
            carry_on(episode, by=by, act="name_lead", worker=worker, worker_reference="")
    first_named = help.lead_named_on or on
    return _carry(help, by=by, act="name_lead", lead=worker, lead_named_on=first_named)


@transaction.atomic
def agree_plan(
    *,
    help: FamilyHelp,
    goal: str,
    action: str,
    due_on: date | None,
    by: User,
    agreed_with: str = "",
    owner: User | None = None,
    owner_in_words: str = "",
    review_on: date | None = None,
    on: date | None = None,
) -> Plan:
    """Return the family's plan with its first goal and first action, which are all that is asked at first.

    It begins today where no day is said.

    Raises NotAllowed, HelpEnded, NobodyAgreed, NotSaid and WrongDate.
    """
    help = _open(help, by)
    policies.check_agreed(queries.of_family(Agreement, help.thread))
    episodes = [one for one in queries.episodes_of_family(help.thread) if one.ended_on is None]
    plan = planning.start_plan(
        kind=PlanKind.FAMILY_HELP,
        basis=episodes[0].basis,
        people=queries.people_helped(help),
        on=on or timezone.localdate(),
        agreed_with=agreed_with,
        review_on=review_on,
        by=by,
    )
    first = planning.set_goal(plan=plan, what=goal, by=by)
    planning.add_action(
        plan=plan, goal=first, what=action, owner=owner, owner_in_words=owner_in_words, due_on=due_on, by=by
    )
    return plan


@transaction.atomic
def review_help(
    *,
    help: FamilyHelp,
    on: date,
    what_changed: str,
    by: User,
    who_was_there: str = "",
    next_on: date | None = None,
) -> HelpReview:
    """Return a review of a family's help, as held; the plan's next review day goes with it.

    Raises NotAllowed, HelpEnded, NotSaid and WrongDate.
    """
    help = _open(help, by)
    people = queries.people_helped(help)
    for life in story.lives_of(people).values():
        story.check_day(on, life)
    story.check_not_before(on, legal_day(help.accepted_at), "the family’s help")
    review = HelpReview(
        family_thread=help.thread,
        held_on=on,
        who_was_there=who_was_there.strip(),
        what_changed=check_said(what_changed, "What changed"),
        next_on=next_on,
    )
    _write(review, people, by=by, act="review_help")
    plan = plan_of(help)
    if plan and next_on:
        planning.change_plan(plan=plan, review_on=next_on, by=by)
    return review


@transaction.atomic
def close_help(
    *,
    help: FamilyHelp,
    on: date,
    reason: str,
    by: User,
    because: str = "",
    in_place_now: str = "",
    who_to_ring: str = "",
    expected: int | None = None,
) -> FamilyHelp:
    """Return a family's help, ended for every child with its plan; `pathway.help_steps` ends the rest.

    A family that chooses to stop owes nobody a reason. Help under section 17 is ended by a manager.
    Raises NotAllowed, HelpEnded, NotSaid, WrongCode, WrongDate and VersionClash.
    """
    help = _open(help, by)
    policies.check_end(reason, on)
    episodes = [one for one in queries.episodes_of_family(help.thread) if one.ended_on is None]
    permissions.check_can_close(by, episodes)
    for life in story.lives_of([one.person for one in episodes]).values():
        story.check_day(on, life, is_an_ending=True)
    story.check_not_before(on, legal_day(help.accepted_at), "the family’s help")
    if plan := plan_of(help):
        planning.end_plan(plan=plan, on=on, reason=because or "Family help ended", by=by)
    for episode in episodes:
        carry_on(episode, by=by, act="close_help", ended_on=on, end_reason=reason)
    return carry_on_matter(
        help,
        by=by,
        act="close_help",
        expected=expected,
        ended_on=on,
        end_reason=reason,
        why_ended=because.strip(),
        in_place_now=in_place_now.strip(),
        who_to_ring=who_to_ring.strip(),
    )


@transaction.atomic
def give_way(*, person: Person, on: date, reason: str, because: str, by: User) -> list[HelpEpisode]:
    """Return the help of this child, ended; the family's own goes on until whoever leads it closes it.

    The act that ends it has checked who may.
    """
    held = [one for one in queries.episodes_of(same_person_ids(person)) if one.ended_on is None]
    return [
        carry_on(
            one, by=by, act="close_help", because=because, ended_on=max(on, one.started_on),
            end_reason=reason,
        )
        for one in held
    ]  # fmt: skip


def plan_of(help: FamilyHelp) -> Plan | None:
    """The plan that is open for a family's help, or None."""
    ids = queries.ids_helped([help.thread])[help.thread]
    plans = [plan for pk in ids if (plan := open_plan(pk, PlanKind.FAMILY_HELP))]
    return plans[0] if plans else None


def _open(help: FamilyHelp, by: User) -> FamilyHelp:
    """The newest version of a family's help, where `by` may write in it and it is not over."""
    permissions.check_can_write(by, queries.people_helped(help))
    newest = queries.help_of(help.thread) or help
    policies.check_open(newest)
    return newest


def _carry(
    help: FamilyHelp, *, by: User, act: str, expected: int | None = None, **changes: Any
) -> FamilyHelp:
    ids = queries.ids_helped([help.thread])[help.thread]
    return carry_on_matter(help, by=by, act=act, persons=ids, expected=expected, **changes)


def _write(matter: Matter, people: Sequence[Person], *, by: User, act: str) -> None:
    enter_matter(matter, by=by, act=act, about={"for": [person.pk for person in people]})
