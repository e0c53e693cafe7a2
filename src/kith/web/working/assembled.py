"""The story so far of one child, put together for whoever works with them next. Nothing is typed again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kith.record.access.permissions import Level
from kith.record.chronology.kinds import kinds
from kith.record.chronology.models import Line
from kith.record.clocks.queries import DueLine, clocks_for
from kith.record.drafts.models import Draft
from kith.record.owed.queries import OwedLine, owed_for
from kith.record.pathway.seen import last_seen, last_seen_alone
from kith.record.people.models import Person, PersonDetails, User
from kith.record.people.queries import Shown, same_person_ids, shown
from kith.record.planning.permissions import is_held_back
from kith.record.planning.queries import plans_of
from kith.record.planning.queries import shown as plan_shown
from kith.record.versions import current_facts
from kith.record.visits.queries import visits_of
from kith.standards.working_days import legal_day
from kith.web.drafts.forms import FORMS
from kith.web.story.family import Relatives, relatives_of
from kith.web.story.lines import lines_of
from kith.web.story.reaching import ToReach, ways_to_reach
from kith.web.story.working import Working, working_with
from kith.web.working.cards import AtAGlance

TURNS = 6  # the weight from which a line turns a story
LINES = 15
WORDS = 5


@dataclass(frozen=True)
class Assembled:
    """Everything a handover says that the record holds already."""

    shown: Shown
    before_ringing: str
    likes_to_be_called: str
    language: str
    reach: list[ToReach]
    relatives: list[tuple[Shown, str, bool]]  # who, what they are, with parental responsibility
    working: list[Working]
    story: list[Line]
    due: list[DueLine]
    owed: list[OwedLine]
    actions: list[tuple[str, str, str]]  # what, who, by when
    words: list[tuple[datetime | None, str]]
    glance: AtAGlance
    drafts: list[str]
    not_known: list[str]


def assembled(user: User, person: Person, now: datetime) -> Assembled:
    """What the record says of a child as `user` may read it, for their next worker."""
    ids, today = same_person_ids(person), legal_day(now)
    relatives = relatives_of(person, user)
    people = shown([person.pk, *relatives.seen])
    details = next(iter(current_facts(PersonDetails, ids)), None)
    seen, alone = last_seen(ids), last_seen_alone(ids)
    glance = AtAGlance(max(seen.values(), default=None), max(alone.values(), default=None))
    reach = ways_to_reach(person, relatives, people)
    return Assembled(
        shown=people[person.pk],
        before_ringing=details.know_before_ringing if details else "",
        likes_to_be_called=details.likes_to_be_called if details else "",
        language=details.first_language if details else "",
        reach=reach,
        relatives=_relatives(relatives, people),
        working=working_with(ids, today),
        story=_turning_points(lines_of(person)),
        due=[line for line in clocks_for(person, now) if line.is_open],
        owed=owed_for(ids, now),
        actions=_actions(user, person, ids),
        words=_words(ids),
        glance=glance,
        drafts=_drafts(user, ids),
        not_known=_not_known(details, reach, glance),
    )


def _relatives(relatives: Relatives, people: dict[int, Shown]) -> list[tuple[Shown, str, bool]]:
    """Who is who, of those whose name this reader may see."""
    return [
        (people[tie.person_id], tie.kind.replace("_", " "), bool(tie.holds_responsibility))
        for tie in relatives.ties
        if tie.person_id in people and relatives.seen[tie.person_id].level > Level.NOTHING
    ]


def _turning_points(lines: Sequence[Line]) -> list[Line]:
    turning = [line for line in lines if (known := kinds().get(line.kind)) and known.weight >= TURNS]
    return turning[-LINES:]


def _actions(user: User, person: Person, ids: Sequence[int]) -> list[tuple[str, str, str]]:
    """What is promised in open plans for this child and not yet done."""
    open_plans = [plan for plan in plans_of([person.pk])[person.pk] if plan.ended_on is None]
    actions = [
        action
        for plan in open_plans
        if not is_held_back(user, plan)
        for goal in plan_shown(plan, [person.pk]).goals
        for action in goal.actions
        if action.is_open and (action.only_for_id is None or action.only_for_id in ids)
    ]
    return [
        (one.what, str(one.owner or one.owner_in_words), f"{one.due_on:%d/%m/%Y}" if one.due_on else "")
        for one in actions
    ]


def _words(ids: Sequence[int]) -> list[tuple[datetime | None, str]]:
    said = [seen for seen in visits_of(ids) if seen.own_words]
    return [(seen.visited_at, seen.own_words) for seen in reversed(said[-WORDS:])]


def _drafts(user: User, ids: Sequence[int]) -> list[str]:
    """What colleagues began to write about this child and have not sent: by whom, never the words."""
    found = Draft.objects.filter(finished_at=None).select_related("user").defer("fields", "set_aside")
    about = [draft for draft in found.order_by("saved_at") if set(ids) & set(draft.children)]
    return [f"{draft.user} began and has not sent: {_title(draft)}" for draft in about if draft.user]


def _title(draft: Draft) -> str:
    """What the form is called in lists of drafts; a form that is there no more has no name."""
    of = FORMS.get(draft.form)
    return of.title if of else "something about this child"


def _not_known(details: PersonDetails | None, reach: Sequence[ToReach], glance: AtAGlance) -> list[str]:
    """What somebody who takes over has to find out."""
    is_unborn = bool(details and details.date_of_birth is None and details.expected_date_of_birth)
    is_born = not is_unborn
    return [
        words
        for words, is_missing in (
            ("How it is safe to reach the family", not reach),
            ("When the mother was last seen", is_unborn and glance.seen_on is None),
            ("What the child likes to be called", is_born and not (details and details.likes_to_be_called)),
            ("The child’s first language", is_born and not (details and details.first_language)),
            ("When the child was last seen", is_born and glance.seen_on is None),
            ("When the child was last seen alone", is_born and glance.seen_alone_on is None),
        )
        if is_missing
    ]
