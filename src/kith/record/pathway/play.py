"""Player 2 of an invented diary (D12): every act through the record's services, in the order of days.

Everyone here is invented. A decision is taken by whoever the diary names. Every other act is done by
somebody whose role lets them: the child's worker, the manager of their team, a chair, or, while nobody is
allocated, the head of service. Permissions are checked as for anybody else. One transaction a day keeps
it quick.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import attrgetter
from time import perf_counter
from typing import Any, Protocol

from django.contrib.auth.hashers import make_password
from django.db import transaction

from kith.record.assessment import services as assessment
from kith.record.care import services as care
from kith.record.chronology.permissions import Passed, checking_once
from kith.record.chronology.services import tell
from kith.record.frontdoor import services as frontdoor
from kith.record.leaving import services as leaving
from kith.record.pathway import services as pathway
from kith.record.pathway.closing import close_case
from kith.record.pathway.playing import Player as RoomsPlayer
from kith.record.pathway.playing import every_playing
from kith.record.people import services as people
from kith.record.people import staff
from kith.record.people.models import (
    Identifier,
    Membership,
    Person,
    PersonDetails,
    Relationship,
    Role,
    Team,
    User,
    UserRole,
)
from kith.record.people.permissions import powers
from kith.record.people.queries import remembering_roles
from kith.record.protection import services as protection
from kith.record.refusals import NotPossible, Refused

LAST_OF_THE_DAY = "end_care"  # what happened in care on its last day comes before


class Act(Protocol):
    """One act of a diary, as `kith.invented.diary` has it: rooms know no invented package."""

    @property
    def on(self) -> date: ...
    @property
    def person(self) -> str: ...
    @property
    def act(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...
    @property
    def by(self) -> str: ...
    @property
    def together(self) -> str: ...


class InventedTeam(Protocol):
    @property
    def name(self) -> str: ...


class Worker(Protocol):
    """Somebody who works there, from a day to a day (None: still); `role` is one of `people.Role`."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def registration(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def team(self) -> str: ...
    @property
    def is_manager(self) -> bool: ...
    @property
    def started_on(self) -> date: ...
    @property
    def ended_on(self) -> date | None: ...


@dataclass(frozen=True)
class FormerWorker:
    """A worker whom the diary allocates and the authority no longer lists."""

    key: str
    name: str
    registration: str
    role: str
    team: str
    started_on: date
    ended_on: date
    is_manager: bool = False


class Authority(Protocol):
    """What is played: an invented authority's code, staff and diary (`kith.invented.authority`)."""

    @property
    def code(self) -> str: ...
    @property
    def teams(self) -> Sequence[InventedTeam]: ...
    @property
    def workers(self) -> Sequence[Worker]: ...
    @property
    def diary(self) -> Sequence[Act]: ...


@dataclass
class Played:
    """What came of it: how many acts were done, and those that the record refused, each with why.

    `alone` are the acts done each in a transaction of its own, and `seconds` what they took.
    """

    acts: int = 0
    alone: int = 0
    seconds: float = 0.0
    refused: list[tuple[Act, str]] = field(default_factory=list)
    persons: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)


def play(
    authority: Authority, *, told: Callable[[int], None] | None = None, alone_from: date | None = None
) -> Played:
    """Play a whole diary into an empty record; what came of it, persons by the diary's keys.

    `told` is called after each day with the number of acts done so far. An act that the record
    refuses is left out and listed; the rest of its day goes on. From the day `alone_from` each act is in a
    transaction of its own, as when people do them, and is timed.
    """
    former = former_workers(authority.diary, {worker.key for worker in authority.workers})
    company = engage(authority.teams, [*authority.workers, *former])
    with checking_once() as passed, remembering_roles():
        player = _Player(authority.code, company, passed)
        for on, day in groupby(sorted(authority.diary, key=attrgetter("on")), key=attrgetter("on")):
            player.play_day_of(list(day), alone=alone_from is not None and on >= alone_from)
            if told:
                told(player.played.acts)
    company.leave()
    return player.played


class Company:
    """The invented staff as users, found by what they may do. Those who left stop when the play ends."""

    def __init__(self, workers: Sequence[Worker], users: dict[str, User], teams: dict[str, Team]) -> None:
        self.workers = {worker.key: worker for worker in workers}
        self.users = users
        self.teams = teams

    def may(self, user_key: str, power: str) -> bool:
        return self.workers[user_key].role in powers()[power].roles

    def who_may(self, power: str, on: date, *, first: str) -> str:
        """`first`, where they hold the power; else the key of somebody here who does, else `first` still."""
        if self.may(first, power):
            return first
        return next(
            (key for key, one in self.workers.items() if _is_here(one, on) and self.may(key, power)), first
        )

    def of_role(self, role: Role, on: date) -> str:
        """The key of somebody of a role, here on the day where there is one."""
        found = [w for w in self.workers.values() if w.role == role]
        here = [w for w in found if _is_here(w, on)] or found
        return here[0].key

    def manager_of(self, team: str, on: date) -> str:
        found = [w for w in self.workers.values() if w.is_manager and w.team == team]
        here = [w for w in found if _is_here(w, on)] or found
        return here[0].key if here else self.of_role(Role.SENIOR_MANAGER, on)

    def leave(self) -> None:
        """Those who have left can no longer sign in, and hold no role."""
        for worker in self.workers.values():
            if worker.ended_on is not None:
                user = self.users[worker.key]
                UserRole.objects.filter(user=user).update(ended_on=worker.ended_on)
                Membership.objects.filter(user=user).update(ended_on=worker.ended_on)
                User.objects.filter(pk=user.pk).update(is_active=False)


def _is_here(worker: Worker, on: date) -> bool:
    return worker.started_on <= on and (worker.ended_on is None or worker.ended_on > on)


def former_workers(diary: Iterable[Act], known: set[str]) -> list[FormerWorker]:
    """Workers whom the diary allocates and the authority no longer lists: gone before its first return."""
    found: dict[str, FormerWorker] = {}
    for act in diary:
        key = act.facts["worker"] if act.act == "allocate_worker" else ""
        if key and key not in known | set(found):
            number, team, role = act.facts["registration"], act.facts["team"], act.facts["role"]
            name = f"Former worker {key.lstrip('W0')}"
            found[key] = FormerWorker(key, name, number, role, team, act.on, act.on)
    return list(found.values())


def engage(teams: Iterable[InventedTeam], workers: Sequence[Worker]) -> Company:
    """Make the invented teams and workers; nobody can sign in until given a password."""
    made = {team.name: Team.objects.get_or_create(name=team.name)[0] for team in teams}
    nobody_knows = make_password(None)
    users = User.objects.bulk_create(
        User(
            email=f"{worker.key.lower()}@northbrook.example",
            name=worker.name,
            registration_number=worker.registration,
            password=nobody_knows,
        )
        for worker in workers
    )
    by_key = {worker.key: user for worker, user in zip(workers, users, strict=True)}
    UserRole.objects.bulk_create(
        UserRole(user=by_key[w.key], role=w.role, started_on=w.started_on) for w in workers
    )
    Membership.objects.bulk_create(
        Membership(user=by_key[w.key], team=made[w.team], is_manager=w.is_manager, started_on=w.started_on)
        for w in workers
    )
    return Company(workers, by_key, made)


# Acts whose `by` is who decided, which the record holds: it is not for the player to choose.
DECISIONS = frozenset(
    {
        "receive_referral",
        "close_referral",
        "authorise_assessment",
        "start_child_in_need_plan",
        "conclude_section_47",
        "hold_initial_conference",
    }
)
# The power that each other act asks for (people/data/powers.csv).
POWER_OF = {
    "receive_contact": "receive_referrals",
    "start_assessment": "assess",
    "end_child_in_need_plan": "assess",
    "start_section_47": "enquire",
    "start_protection_plan": "chair_conferences",
    "hold_plan_review": "chair_conferences",
    "end_protection_plan": "chair_conferences",
    "record_pre_proceedings": "prepare_for_court",
    "start_care": "look_after",
    "change_legal_status": "look_after",
    "end_care": "look_after",
    "place_child": "place_children",
    "hold_care_review": "review_care",
    "decide_adoption": "plan_adoption",
    "reverse_adoption_decision": "plan_adoption",
    "record_adoption": "plan_adoption",
    "go_missing": "record_in_care",
    "return_from_missing": "record_in_care",
    "record_health_year": "record_in_care",
    "record_motherhood": "record_in_care",
    "record_previous_permanence": "record_in_care",
    "record_unaccompanied": "record_in_care",
    "record_liberty_order": "record_in_care",
    "end_liberty_order": "record_in_care",
    "record_care_leaver_year": "record_after_care",
}
INDEPENDENT = frozenset({"chair_conferences", "review_care"})

# Acts done once for several children, and acts about one child with the facts as they are.
SHARED: dict[str, Callable[..., Any]] = {
    "start_assessment": pathway.start_assessment,
    "start_child_in_need_plan": pathway.start_child_in_need_plan,
    "start_section_47": pathway.start_section_47,
    "hold_initial_conference": pathway.hold_initial_conference,
    "receive_contact": frontdoor.receive_contact,
    "receive_referral": frontdoor.receive_referral,
}
OF_ONE: dict[str, Callable[..., Any]] = {
    "start_protection_plan": pathway.start_protection_plan,
    "record_pre_proceedings": pathway.record_pre_proceedings,
    "start_care": pathway.start_care,
    "change_legal_status": care.change_legal_status,
    "place_child": care.place_child,
    "end_care": care.end_care,
    "hold_care_review": care.hold_care_review,
    "go_missing": care.go_missing,
    "return_from_missing": care.return_from_missing,
    "record_health_year": care.record_health_year,
    "record_motherhood": care.record_motherhood,
    "decide_adoption": care.decide_adoption,
    "reverse_adoption_decision": care.reverse_adoption_decision,
    "record_adoption": care.record_adoption,
    "record_previous_permanence": care.record_previous_permanence,
    "record_unaccompanied": care.record_unaccompanied,
    "record_liberty_order": care.record_liberty_order,
    "end_liberty_order": care.end_liberty_order,
    "record_care_leaver_year": leaving.record_care_leaver_year,
}
# Acts that carry on an earlier fact: the service, the name of its argument, the diary's name for it.
CARRYING_ON: dict[str, tuple[Callable[..., Any], str, str]] = {
    "close_referral": (close_case, "referral", "referral"),
    "authorise_assessment": (assessment.authorise_assessment, "assessment", "assessment"),
    "end_child_in_need_plan": (assessment.end_child_in_need_plan, "plan", "plan"),
    "conclude_section_47": (protection.conclude_section_47, "enquiry", "enquiry"),
    "hold_plan_review": (protection.hold_plan_review, "plan", "plan"),
    "end_protection_plan": (protection.end_protection_plan, "plan", "plan"),
}
REFERENCES = frozenset({"reference", "referral", "contact", "enquiry", "conference", "order"})
BY_HAND: dict[str, Callable[[RoomsPlayer, Any], None]] = {}  # acts of a room that need more than a service

for _playing in every_playing():
    SHARED.update(_playing.shared)
    OF_ONE.update(_playing.of_one)
    CARRYING_ON.update(_playing.carrying_on)
    BY_HAND.update(_playing.by_hand)
    POWER_OF.update(_playing.power_of)
    DECISIONS |= _playing.decisions
    REFERENCES |= _playing.references


class _Player:
    """The state of a play: who is who, what each reference names, and who works with each child."""

    def __init__(self, authority_code: str, company: Company, passed: Passed) -> None:
        self.authority_code = authority_code
        self.company = company
        self.passed = passed
        self.played = Played(users=company.users)
        self.persons = self.played.persons
        self.facts: dict[str, Any] = {}  # the current version of what each reference names
        self.working: defaultdict[str, dict[str, tuple[str, str]]] = defaultdict(dict)

    def play_day_of(self, acts: Sequence[Act], *, alone: bool) -> None:
        """Play one day's acts in one transaction, or each act in its own, and time those."""
        if not alone:
            with transaction.atomic():
                return self.play_day(acts)
        before, began = self.played.acts, perf_counter()
        self.play_day(acts)
        self.played.seconds += perf_counter() - began
        self.played.alone += self.played.acts - before
        return None

    def play_day(self, acts: Sequence[Act]) -> None:
        """Play one day's acts, what was one event for several children as one."""
        for together in _events(sorted(acts, key=lambda act: act.act == LAST_OF_THE_DAY)):
            try:
                with transaction.atomic():
                    self._play(together)
            except Refused as refusal:
                self.played.refused += [(act, str(refusal)) for act in together]
            else:
                self.played.acts += len(together)

    def _play(self, acts: Sequence[Act]) -> None:
        act = acts[0]
        if act.act in SHARED:
            self._shared(acts)
        elif act.act in CARRYING_ON:
            self._carry_on(act)
        elif act.act in OF_ONE:
            self._of_one(act)
        elif act.act in BY_HAND:
            BY_HAND[act.act](self, act)
        else:
            getattr(self, f"_{act.act}")(act)

    # ---- who acts

    def actor(self, act: Act) -> User:
        """Who decided, as the diary says; for another act somebody who may do it for this child."""
        key = act.by if act.act in DECISIONS else self._actor_key(act, POWER_OF[act.act])
        return self.company.users[key]

    def _actor_key(self, act: Act, power: str) -> str:
        if power in INDEPENDENT:
            return self.company.of_role(Role.REVIEWING_OFFICER, act.on)
        if power == "receive_referrals":
            return self.company.of_role(Role.TEAM_MANAGER, act.on)
        working = self.working[act.person].values()
        for key, _ in working:
            if self.company.may(key, power):
                return key
        for _, team in working:
            return self.company.who_may(power, act.on, first=self.company.manager_of(team, act.on))
        return self.company.who_may(power, act.on, first=self.company.of_role(Role.SENIOR_MANAGER, act.on))

    def keeper(self, act: Act) -> User:
        """Somebody who may register people and allocate workers."""
        return self.company.users[self.company.of_role(Role.TEAM_MANAGER, act.on)]

    # ---- acts about facts

    def _shared(self, acts: Sequence[Act]) -> None:
        """One write for all the children whom the same person may act for."""
        by_actor: dict[User, list[Act]] = {}
        for act in acts:
            by_actor.setdefault(self.actor(act), []).append(act)
        for by, some in by_actor.items():
            self._together(some, by)

    def _together(self, acts: Sequence[Act], by: User) -> None:
        first, children = acts[0], [self.persons[act.person] for act in acts]
        facts = {name: value for name, value in first.facts.items() if name not in REFERENCES}
        if first.act == "receive_referral":
            named = [self.facts.get(act.facts["contact"]) for act in acts]
            facts["contacts"] = [contact for contact in named if contact]
        if "reference" in first.facts and first.act in ("receive_contact", "receive_referral"):
            facts["reference"] = first.facts["reference"]
        made = SHARED[first.act](children=children, on=first.on, by=by, **facts)
        for act, fact in zip(acts, made, strict=True):
            self.facts[act.facts["reference"]] = fact

    def _carry_on(self, act: Act) -> None:
        service, argument, name = CARRYING_ON[act.act]
        reference = act.facts[name]
        facts = {key: value for key, value in act.facts.items() if key != name}
        by = self.actor(act)
        if reference not in self.facts:
            raise NotPossible("It carries on what was refused before.", "See why that was refused.")
        made = service(**{argument: self.facts[reference]}, on=act.on, by=by, **facts)
        self.facts[reference] = made[1] if isinstance(made, tuple) else made

    def _of_one(self, act: Act) -> None:
        facts = {key: value for key, value in act.facts.items() if key not in REFERENCES}
        made = OF_ONE[act.act](child=self.persons[act.person], on=act.on, by=self.actor(act), **facts)
        if reference := act.facts.get("reference"):
            self.facts[reference] = made

    # ---- acts about people

    def _register_person(self, act: Act) -> None:
        facts, by = act.facts, self.keeper(act)
        names = ("given_names", "family_name", "sex", "ethnicity", "date_of_birth", "expected_date_of_birth")
        known = {name: facts[name] for name in names}
        person = people.register_person(by=by, first_language=facts["first_language"], **known)
        self.persons[act.person] = person
        if facts["is_child"]:
            self._identify(act, person, by)
            staff.leave_with_the_unallocated([person.pk], on=act.on)
        for code in facts["disabilities"]:
            people.record_disability(person, by=by, code=code)
        if facts["date_of_birth"]:
            tell(PersonDetails.current.get(person=person))

    def _identify(self, act: Act, person: Person, by: User) -> None:
        kinds = Identifier.Kind
        given = ((kinds.UPN, "upn"), (kinds.UPN_UNKNOWN, "upn_unknown"), (kinds.FORMER_UPN, "former_upn"))
        child_id, authority = kinds.CHILD_ID, self.authority_code
        people.add_identifier(person, by=by, kind=child_id, value=act.person, authority=authority)
        for kind, name in given:
            if act.facts[name]:
                people.add_identifier(person, by=by, kind=kind, value=act.facts[name])

    def _record_birth(self, act: Act) -> None:
        facts = {name: value for name, value in act.facts.items() if name != "date_of_birth"}
        child = self.persons[act.person]
        pathway.record_birth(child=child, on=act.facts["date_of_birth"], by=self.keeper(act), **facts)

    def _record_death(self, act: Act) -> None:
        on = act.facts["date_of_death"]
        pathway.record_death(person=self.persons[act.person], on=on, by=self.keeper(act))

    def _change_name(self, act: Act) -> None:
        person = self.persons[act.person]
        people.change_legal_name(person, by=self.keeper(act), on=act.on, **act.facts)

    def _record_identifier(self, act: Act) -> None:
        person, by, kind = self.persons[act.person], self.keeper(act), act.facts["kind"]
        if kind == Identifier.Kind.UPN:
            for unknown in Identifier.current.filter(person=person, kind=Identifier.Kind.UPN_UNKNOWN):
                people.enter_in_error(unknown, by=by, because="A number was given")
        people.add_identifier(person, by=by, kind=kind, value=act.facts["value"])

    def _relate(self, act: Act) -> None:
        facts: dict[str, Any] = dict(act.facts)
        other = self.persons[facts.pop("other")]
        people.relate(self.persons[act.person], other, by=self.keeper(act), **facts)

    def _end_relationship(self, act: Act) -> None:
        other, kind = self.persons[act.facts["other"]], act.facts["kind"]
        found = Relationship.current.filter(person=self.persons[act.person], other=other, kind=kind)
        for relationship in found.filter(ended_on=None):
            people.end_relationship(relationship, by=self.keeper(act), on=act.on)

    def _live_at(self, act: Act) -> None:
        people.live_at(self.persons[act.person], by=self.keeper(act), started_on=act.on, **act.facts)

    def _allocate_worker(self, act: Act) -> None:
        child, role, key = self.persons[act.person], act.facts["role"], act.facts["worker"]
        team = self.company.teams[act.facts["team"]]
        reason = act.facts["change_reason"]
        worker = self.company.users[key]
        pathway.allocate_worker(
            child=child,
            on=act.on,
            worker=worker,
            team=team,
            role=role,
            change_reason=reason,
            by=self.keeper(act),
        )
        self.working[act.person][role] = (key, act.facts["team"])
        self.passed.forget(child)

    def _end_allocation(self, act: Act) -> None:
        child, role = self.persons[act.person], act.facts["role"]
        pathway.end_allocation(child=child, on=act.on, by=self.keeper(act), role=role)
        self.working[act.person].pop(role, None)
        self.passed.forget(child)


def _events(acts: Sequence[Act]) -> Iterator[list[Act]]:
    """The day's acts, each alone but for those that are one act for several children."""
    groups: dict[Any, list[Act]] = {}
    for number, act in enumerate(acts):
        groups.setdefault(_event(act, number), []).append(act)
    yield from groups.values()


def _event(act: Act, number: int) -> Any:
    """What an act shares with the others of its event; itself alone where it shares nothing."""
    if act.act not in SHARED or not act.together:
        return number
    return act.act, act.together, *_shared_facts(act.facts)


def _shared_facts(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    return sorted((name, str(value)) for name, value in facts.items() if name not in REFERENCES)
