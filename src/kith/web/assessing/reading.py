"""What the pages of an assessment show: its text, each child's part, who has been seen, and its clocks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kith.record.access.looking import Together
from kith.record.assessment import queries
from kith.record.assessment.form import CHILD, FAMILY, Section, next_steps, sections
from kith.record.assessment.models import AssessmentShared, ChildsPart, FamilyAssessment, Stage
from kith.record.chronology.words import words_for
from kith.record.clocks.queries import DueLine, due_for_people
from kith.record.pathway.assessment_clocks import CHECKPOINT, SEEN, SEEN_AT_ONCE
from kith.record.pathway.clock_facts import ASSESSMENT
from kith.record.pathway.seen import last_seen, last_seen_alone, was_seen_alone
from kith.record.people.queries import Shown, kept_ids, same_person_ids
from kith.record.versions import current_matters, history
from kith.record.visits.models import Seen
from kith.record.visits.queries import visits_of
from kith.standards.clocks import Moment
from kith.standards.dates import long_date

CLOCKS = {ASSESSMENT, CHECKPOINT, SEEN, SEEN_AT_ONCE}


@dataclass(frozen=True)
class Written:
    """One section as it stands."""

    section: Section
    text: str


@dataclass(frozen=True)
class Text:
    """What is written, section by section, and the headings under which nothing is."""

    written: list[Written]
    unwritten: list[str]


@dataclass(frozen=True)
class ChildRead:
    """One child's part as it stands, for a page."""

    part: ChildsPart
    shown: Shown
    text: Text
    next_step: str
    factors: list[str]
    seen_on: date | None
    seen_words: str  # with whether alone; of a child not yet born it is the mother who was seen


def load(thread: int) -> tuple[FamilyAssessment, list[int]] | None:
    """An assessment and the ids of the children it is about, or None where there is none."""
    family = current_matters(FamilyAssessment, [thread]).get(thread)
    return (family, [part.person_id for part in queries.parts(family)]) if family else None


def is_unborn(shown: Shown) -> bool:
    """Whether a child is expected and not yet born."""
    return shown.date_of_birth is None and shown.expected_date_of_birth is not None


def text_of(of: str, words: Mapping[str, str], *, is_of_unborn: bool = False) -> Text:
    """The text of the family or of a child, from its words by section; what nobody asks is not unwritten."""
    asked = {one.section: one for one in sections(of, is_unborn=is_of_unborn)}
    all_of = [
        Written(asked.get(one.section, one), words.get(one.section, "").strip()) for one in sections(of)
    ]
    return Text(
        [each for each in all_of if each.text],
        [each.section.heading for each in all_of if not each.text and each.section.section in asked],
    )


def children_read(family: FamilyAssessment, children: Together) -> list[ChildRead]:
    """The parts of those children whom the reader may open, each with when the child was seen last."""
    parts = queries.parts(family)
    kept = kept_ids([part.person_id for part in parts])
    seen, alone = last_seen(kept.values()), last_seen_alone(kept.values())
    return [
        _read(part, children.people[pk], _since(family, seen.get(pk)), _since(family, alone.get(pk)))
        for part in parts
        if (pk := kept[part.person_id]) in children.people
    ]


def _since(family: FamilyAssessment, seen_on: date | None) -> date | None:
    """The day a child was seen, if that was since the assessment began."""
    return seen_on if seen_on and seen_on >= family.started_on else None


def _seen_words(shown: Shown, seen_on: date, alone_on: date | None) -> str:
    if is_unborn(shown):
        return f"Mother seen on {long_date(seen_on)}"
    seen = f"Seen on {long_date(seen_on)}"
    if alone_on == seen_on:
        return f"{seen}, alone"
    if alone_on:
        return f"{seen}, not alone that day; alone on {long_date(alone_on)}"
    said = was_seen_alone([shown.person_id], seen_on)
    return f"{seen}, not alone" if said is False else f"{seen}; nobody said whether alone"


def _read(part: ChildsPart, shown: Shown, seen_on: date | None, alone_on: date | None) -> ChildRead:
    step = next_steps().get(part.next_step)
    return ChildRead(
        part,
        shown,
        text_of(CHILD, part.words, is_of_unborn=is_unborn(shown)),
        step.words if step else "",
        [words_for("assessment_factors", code) for code in part.factors],
        seen_on,
        _seen_words(shown, seen_on, alone_on) if seen_on else "",
    )


def words_since(child: ChildRead, started_on: date) -> list[Seen]:
    """What the child said at visits since the assessment began, in their own words, the first first."""
    visits = visits_of(same_person_ids(child.part.person))
    return [seen for seen in visits if seen.own_words.strip() and seen.visited_on >= started_on]


def clocks_of(children: Together, now: Moment) -> list[DueLine]:
    """The clocks of the assessment, the one due first at the top; one line for those that say the same."""
    lines = [line for line in due_for_people([*children.people], now) if line.clock in CLOCKS]
    return list({(line.what, line.words): line for line in lines}.values())


def sharings(family: FamilyAssessment, children: Sequence[ChildRead]) -> list[AssessmentShared]:
    """Who was given it to read, of the children shown; each person and day once."""
    shown = {child.part.person_id for child in children}
    held = [one for one in queries.shared_of(family) if one.person_id in shown]
    return list({(one.with_whom, one.on): one for one in held}.values())


@dataclass(frozen=True)
class Changed:
    """One section that reads otherwise than when the assessment was sent back."""

    whose: str
    heading: str
    before: str
    now: str


@dataclass(frozen=True)
class SentBack:
    """That an assessment was sent back: why, when, by whom, and what changed since."""

    because: str
    at: datetime
    by: str
    changed: list[Changed]


def sent_back(family: FamilyAssessment, children: Sequence[ChildRead]) -> SentBack | None:
    """The last time it was sent back, with what changed since of the family and of these children."""
    versions = history(family)
    back = next((one for one in versions if one.stage == Stage.SENT_BACK and one.sent_back_because), None)
    if back is None or back.recorded_at is None:
        return None
    changed = _changed("The family", FAMILY, back.words, family.words)
    for child in children:
        older = [one for one in history(child.part) if one.recorded_at <= back.recorded_at]
        changed += _changed(child.shown.name, CHILD, older[0].words if older else {}, child.part.words)
    return SentBack(back.sent_back_because, back.recorded_at, str(back.recorded_by or ""), changed)


def _changed(whose: str, of: str, before: Mapping[str, str], now: Mapping[str, str]) -> list[Changed]:
    said = [(one.heading, before.get(one.section, "").strip(), now.get(one.section, "").strip())
            for one in sections(of)]  # fmt: skip
    return [Changed(whose, heading, was, is_now) for heading, was, is_now in said if was != is_now]
