"""Writing down what is of concern outside the home, whom it touches, and what is done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from kith.record.audit import services as audit
from kith.record.chronology import policies as story
from kith.record.chronology.entering import carry_on, carry_on_matter, enter, enter_matter, enter_part
from kith.record.outside import permissions, policies, queries
from kith.record.outside.models import (
    Answer,
    Between,
    Concern,
    Disruption,
    HandedToAdults,
    HowKnown,
    Kind,
    Linked,
    NationalReferral,
    Panel,
    PanelDecision,
    Screening,
    Step,
    Tie,
)
from kith.record.people.models import Person, User
from kith.record.people.records import lock_people
from kith.record.said import check_said


@transaction.atomic
def note_concern(
    *,
    kind: str,
    name: str,
    how_known: str,
    known_since: date,
    by: User,
    description: str = "",
    may_be_shared: bool | None = None,
) -> Concern:
    """Return a place, group, adult, vehicle, phone or account of concern, newly written down.

    Raises NotAllowed, NotSaid, WrongDate.
    """
    permissions.check_can_keep_concerns(by)
    policies.check_choice(kind, Kind, "what it is")
    policies.check_choice(how_known, HowKnown, "how it is known")
    policies.check_past(known_since, timezone.localdate())
    concern = Concern(
        kind=kind,
        name=check_said(name, "Its name")[:200],
        how_known=how_known,
        known_since=known_since,
        description=description,
        may_be_shared=may_be_shared,
    )
    return enter_matter(concern, by=by, act="note_concern")


@transaction.atomic
def change_concern(
    *,
    concern: Concern,
    name: str,
    how_known: str,
    by: User,
    description: str = "",
    may_be_shared: bool | None = None,
    expected: int | None = None,
) -> Concern:
    """Return it as it is known now. Raises NotAllowed, Ended, NotSaid, VersionClash."""
    permissions.check_can_keep_concerns(by)
    policies.check_open(concern)
    policies.check_choice(how_known, HowKnown, "how it is known")
    return carry_on_matter(
        concern,
        by=by,
        act="change_concern",
        expected=expected,
        how_known=how_known,
        name=check_said(name, "Its name")[:200],
        description=description,
        may_be_shared=may_be_shared,
    )


@transaction.atomic
def end_concern(
    *, concern: Concern, on: date, because: str, by: User, expected: int | None = None
) -> Concern:
    """Return it as no longer of concern; the links of young people to it end with it.

    Raises NotAllowed, Ended, NotSaid, WrongDate, VersionClash.
    """
    permissions.check_can_keep_concerns(by)
    policies.check_open(concern)
    policies.check_past(on, timezone.localdate())
    policies.check_not_before(on, concern.known_since, "the day it was known")
    why = check_said(because, "Why it is no longer of concern")
    for link in queries.links_to([concern.thread])[concern.thread]:
        if link.ended_on is None:
            carry_on(link, by=by, act="end_link", ended_on=max(on, link.started_on))
    return carry_on_matter(
        concern, by=by, act="end_concern", expected=expected, ended_on=on, over_because=why
    )


@transaction.atomic
def link_concerns(
    *, one: Concern, other: Concern, what: str, how_known: str, since: date, by: User
) -> Between:
    """Return that two of them have to do with each other. Raises NotAllowed, Ended, NotSaid, WrongDate."""
    permissions.check_can_keep_concerns(by)
    for concern in (one, other):
        policies.check_open(concern)
    policies.check_two(one, other)
    policies.check_choice(how_known, HowKnown, "how it is known")
    policies.check_past(since, timezone.localdate())
    between = Between(
        one_thread=one.thread,
        other_thread=other.thread,
        what=check_said(what, "What they have to do with each other")[:200],
        how_known=how_known,
        started_on=since,
    )
    return enter_matter(between, by=by, act="link_concerns")


@transaction.atomic
def end_between(*, between: Between, on: date, by: User, expected: int | None = None) -> Between:
    """Return that two of them have nothing to do with each other from that day.

    Raises NotAllowed, Ended, WrongDate, VersionClash.
    """
    permissions.check_can_keep_concerns(by)
    if between.ended_on is not None:
        raise policies.Ended("This link is over already.", "If it is again, link them anew.")
    policies.check_past(on, timezone.localdate())
    policies.check_not_before(on, between.started_on, "the day it began")
    return carry_on_matter(between, by=by, act="end_between", expected=expected, ended_on=on)


@transaction.atomic
def link_young_person(
    *, concern: Concern, child: Person, tie: str, how_known: str, since: date, by: User, what: str = ""
) -> Linked:
    """Return a young person's link to it; the one that says so already, where one does.

    Harmed and causing harm are two links of one person. Raises NotAllowed, Ended, NotSaid, WrongDate.
    """
    permissions.check_can_work(by, [child])
    policies.check_open(concern)
    policies.check_choice(tie, Tie, "what they have to do with it")
    policies.check_choice(how_known, HowKnown, "how it is known")
    records = lock_people([child])
    story.check_day(since, story.life_of(child))
    open_links = Linked.current.filter(matter_thread=concern.thread, person__in=records, ended_on=None)
    if already := open_links.filter(tie=tie).first():
        found: Linked = already
        return found
    link = Linked(
        person=child, kind=concern.kind, tie=tie, how_known=how_known, started_on=since, what=what.strip()
    )
    return enter_part(link, concern, by=by, act="link_young_person")


@transaction.atomic
def end_link(*, link: Linked, on: date, by: User, expected: int | None = None) -> Linked:
    """Return the link as over from that day. Raises NotAllowed, Ended, WrongDate, VersionClash."""
    permissions.check_can_work(by, [link.person])
    if link.ended_on is not None:
        raise policies.Ended("This link is over already.", "If it is again, link them anew.")
    policies.check_past(on, timezone.localdate())
    policies.check_not_before(on, link.started_on, "the day it began")
    return carry_on(link, by=by, act="end_link", expected=expected, ended_on=on)


@transaction.atomic
def screen(
    *, child: Person, tool: str, level: str, reason: str, on: date, by: User, review_on: date | None = None
) -> Screening:
    """Return how the local tool grades a young person's risk outside the home, with the reason.

    Raises NotAllowed, NotSaid, WrongDate.
    """
    permissions.check_can_work(by, [child])
    story.check_day(on, story.life_of(child))
    if review_on:
        policies.check_not_before(review_on, on, "the screening")
    screening = Screening(
        person=child,
        tool=check_said(tool, "The tool")[:100],
        level=check_said(level, "The level")[:100],
        reason=check_said(reason, "The reason"),
        screened_on=on,
        review_on=review_on,
    )
    return enter(screening, by=by, act="screen_harm_outside")


@dataclass(frozen=True)
class Decided:
    """What a panel decided for one young person."""

    decided: str
    why: str
    actions: str = ""
    own_words: str = ""


@transaction.atomic
def hold_panel(
    *,
    children: Sequence[Person],
    on: date,
    chaired_by: str,
    decisions: Mapping[int, Decided],
    by: User,
    who_came: str = "",
) -> Panel:
    """Return a panel as held; `decisions` has what it decided for each of the children, by id.

    Raises NotAllowed, NoChildren, NotSaid, WrongDate.
    """
    permissions.check_can_work(by, children)
    story.check_children(children)
    for life in story.lives_of(children).values():
        story.check_day(on, life)
    chair = check_said(chaired_by, "Who led the panel")[:200]
    parts = [_decided(child, decisions.get(child.pk), on) for child in children]
    return enter_matter(
        Panel(held_on=on, chaired_by=chair, who_came=who_came[:300]), parts, by=by, act="hold_panel"
    )


def _decided(child: Person, said: Decided | None, on: date) -> PanelDecision:
    return PanelDecision(
        person=child,
        held_on=on,
        decided=check_said(said.decided if said else "", "What was decided for each"),
        why=check_said(said.why if said else "", "Why it was decided"),
        actions=said.actions.strip() if said else "",
        own_words=said.own_words.strip() if said else "",
    )


@transaction.atomic
def refer_nationally(
    *,
    child: Person,
    on: date,
    referred_by: str,
    what: str,
    by: User,
    reference: str = "",
    consents: bool | None = None,
) -> NationalReferral:
    """Return a referral to the National Referral Mechanism. A child need not consent; from 18 they must.

    Raises NotAllowed, NotSaid, NotTheAge, WrongDate.
    """
    permissions.check_can_work(by, [child])
    life = story.life_of(child)
    story.check_day(on, life)
    policies.check_consent(consents, life, on)
    referral = NationalReferral(
        person=child,
        referred_on=on,
        referred_by=check_said(referred_by, "Who made the referral")[:200],
        what=check_said(what, "What it is about"),
        reference=reference[:50],
        consents=consents,
        asked_on=on if consents is not None else None,
    )
    return enter(referral, by=by, act="refer_nationally")


@transaction.atomic
def national_answer(
    *, referral: NationalReferral, answer: str, on: date, by: User, expected: int | None = None
) -> NationalReferral:
    """Return a referral with what was answered.

    Raises NotAllowed, NotSaid, Ended, WrongDate, VersionClash.
    """
    permissions.check_can_work(by, [referral.person])
    policies.check_choice(answer, Answer, "what was answered")
    policies.check_unanswered(referral, answer)
    policies.check_past(on, timezone.localdate())
    policies.check_not_before(on, referral.referred_on, "the referral")
    return carry_on(referral, by=by, act="national_answer", expected=expected, answer=answer, answered_on=on)


@transaction.atomic
def ask_grown_up(
    *, referral: NationalReferral, consents: bool, on: date, by: User, expected: int | None = None
) -> NationalReferral:
    """Return a referral with what somebody said who was asked again at 18.

    Raises NotAllowed, NotTheAge, WrongDate, VersionClash.
    """
    permissions.check_can_work(by, [referral.person])
    policies.check_past(on, timezone.localdate())
    policies.check_grown_up(story.life_of(referral.person), on)
    return carry_on(referral, by=by, act="ask_grown_up", expected=expected, consents=consents, asked_on=on)


@transaction.atomic
def disrupt(
    *,
    concern: Concern,
    kind: str,
    who: str,
    on: date,
    by: User,
    what: str = "",
    until: date | None = None,
) -> Disruption:
    """Return a step against what is of concern. Raises NotAllowed, Ended, NotSaid, WrongDate."""
    permissions.check_can_keep_concerns(by)
    policies.check_open(concern)
    policies.check_choice(kind, Step, "what kind of step it is")
    policies.check_past(on, timezone.localdate())
    if until:
        policies.check_not_before(until, on, "the day it began")
    step = Disruption(
        concern_thread=concern.thread,
        kind=kind,
        what=what[:300],
        who=check_said(who, "Who takes the step")[:200],
        started_on=on,
        until=until,
    )
    return enter_matter(step, by=by, act="disrupt")


@transaction.atomic
def change_step(
    *,
    step: Disruption,
    until: date | None,
    by: User,
    came_of_it: str = "",
    expected: int | None = None,
) -> Disruption:
    """Return a step with until when it lasts now, sooner or later than was meant, and what came of it.

    Raises NotAllowed, WrongDate, VersionClash.
    """
    permissions.check_can_keep_concerns(by)
    if until:
        policies.check_not_before(until, step.started_on, "the day it began")
    came = came_of_it.replace("\x00", "").strip()[:300]
    return carry_on_matter(step, by=by, act="change_step", expected=expected, until=until, came_of_it=came)


@transaction.atomic
def hand_to_adults(*, child: Person, to_whom: str, on: date, by: User, agreed: str = "") -> HandedToAdults:
    """Return who goes on with a young person as an adult.

    Raises NotAllowed, NotSaid, NotTheAge, WrongDate.
    """
    permissions.check_can_work(by, [child])
    life = story.life_of(child)
    story.check_day(on, life)
    policies.check_soon_grown_up(life, on)
    handed = HandedToAdults(
        person=child, to_whom=check_said(to_whom, "To whom")[:200], agreed=agreed, handed_on=on
    )
    return enter(handed, by=by, act="hand_to_adults")


@transaction.atomic
def open_map(*, by: User, whose: Person | None = None, of: Concern | None = None, on: date) -> queries.Ties:
    """The ties on a day around a young person, or around what is of concern, and who opened whose map.

    Raises NotAllowed, AuditUnavailable.
    """
    permissions.check_can_see_map(by, [whose] if whose else [])
    about = {"on": on.isoformat(), **({"fact": of._meta.label_lower, "thread": of.thread} if of else {})}
    audit.record("peer_map_opened", by=by, person=whose.pk if whose else None, about=about)
    if whose:
        return queries.ties_of_person(whose, on)
    return queries.ties_of_concern(of, on) if of else queries.Ties({})
