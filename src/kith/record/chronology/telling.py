"""The lines that each kind of fact gives a person's story, from the fact's own fields.

Everything here takes plain values and asks no database, so that a service tells one fact and the importer
a hundred thousand with the same words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kith.record.chronology import words
from kith.record.chronology.words import sentence, words_for


@dataclass(frozen=True)
class Told:
    """A line before it is anyone's: when, of what kind, in what words. `on` None: no date was given."""

    on: date | None
    kind: str
    text: str


def _contact(fact: Any) -> list[Told]:
    return [
        Told(fact.received_on, "contact_received", words.contact(source=fact.source, outcome=fact.outcome))
    ]


def _referral(fact: Any) -> list[Told]:
    text = words.referral(
        source=fact.source,
        primary_need=fact.primary_need,
        is_no_further_action=fact.is_no_further_action,
    )
    return [
        Told(fact.received_on, "referral_received", text),
        *ended(fact.closed_on, "referral_closed", words.referral_closed(closure_reason=fact.closure_reason)),
    ]


def _assessment(fact: Any) -> list[Told]:
    return [
        Told(fact.started_on, "assessment_started", "Assessment of the child and family began"),
        *ended(
            fact.authorised_on,
            "assessment_authorised",
            words.assessment_ended(factors=fact.factors or [], unfinished_because=fact.unfinished_because),
        ),
    ]


def _need_plan(fact: Any) -> list[Told]:
    return [
        Told(fact.started_on, "need_plan_started", "Child in need plan began"),
        *ended(fact.ended_on, "need_plan_ended", "Child in need plan ended"),
    ]


def _section_47(fact: Any) -> list[Told]:
    started = "Section 47 enquiry began: was the child suffering, or likely to suffer, significant harm?"
    text = words.section_47_ended(
        is_conference_not_required=fact.is_conference_not_required, outcome=fact.outcome
    )
    if fact.ended_on is None and fact.is_conference_not_required:
        started += " No conference was needed"
    return [
        Told(fact.started_on, "section_47_started", started),
        *ended(fact.ended_on, "section_47_ended", text),
    ]


def _conference(fact: Any) -> list[Told]:
    text = words.conference(after_enquiry=fact.enquiry_thread is not None, is_plan_made=fact.is_plan_made)
    return [Told(fact.held_on, "conference_held", text)]


def _protection_plan(fact: Any) -> list[Told]:
    category = fact.initial_category or fact.latest_category
    lines = [
        Told(
            fact.started_on,
            "protection_plan_started",
            words.protection_plan(category=category, previous_plans=fact.previous_plans),
        )
    ]
    if fact.latest_category and fact.initial_category and fact.latest_category != fact.initial_category:
        changed = f"Category of harm is now {words_for('category_of_abuse', fact.latest_category)}"
        lines.append(Told(fact.ended_on or fact.started_on, "category_changed", changed))
    return [*lines, *ended(fact.ended_on, "protection_plan_ended", "Child protection plan ended")]


def _plan_review(fact: Any) -> list[Told]:
    return [Told(fact.held_on, "plan_review_held", "Review child protection conference")]


def _pre_proceedings(fact: Any) -> list[Told]:
    offered = "family group meeting offered" if fact.is_family_group_meeting_offered else ""
    held = "family group meeting held" if fact.is_family_group_meeting_held else ""
    started = sentence("Work with the family before going to court began", offered, held)
    decided = sentence("Work before court ended", words_for("pre_proceedings_outcome", fact.outcome).lower())
    return [
        *([] if fact.started_on is None else [Told(fact.started_on, "pre_proceedings_started", started)]),
        *ended(
            fact.letter_before_proceedings_on,
            "letter_before_proceedings",
            "Letter before proceedings sent to the parents",
        ),
        *ended(fact.decided_on, "pre_proceedings_decided", decided),
        *ended(fact.court_application_on, "court_application", "The authority applied to the court"),
    ]


def _period(fact: Any) -> list[Told]:
    text = words.care_started(need=fact.need, is_start_known=fact.is_start_known)
    return [
        Told(fact.started_on, "care_started", text),
        *ended(fact.ended_on, "care_ended", words.care_ended(end_reason=fact.end_reason)),
    ]


def _legal_status(fact: Any) -> list[Told]:
    return [Told(fact.started_on, "legal_status_started", words.legal_status(code=fact.code))]


def _placement(fact: Any) -> list[Told]:
    text = words.placement(placement_type=fact.placement_type, provider=fact.provider, postcode=fact.postcode)
    lines = [Told(fact.started_on, "placement_started", text)]
    if fact.change_reason:
        lines += ended(
            fact.ended_on, "placement_ended", words.placement_ended(change_reason=fact.change_reason)
        )
    return lines


def _care_review(fact: Any) -> list[Told]:
    return [Told(fact.held_on, "care_review_held", words.care_review(participation=fact.participation))]


def _missing(fact: Any) -> list[Told]:
    return [
        Told(fact.started_on, "missing_started", words.missing(kind=fact.kind)),
        *ended(fact.ended_on, "missing_ended", "Came back or was found"),
    ]


def _health_year(fact: Any) -> list[Told]:
    values = {name: getattr(fact, name) for name, _, _ in words.HEALTH_WORDS}
    text = words.health_year(year=fact.year, sdq_score=fact.sdq_score, **values)
    return [Told(date(fact.year, 3, 31), "health_year", text)]


def _unaccompanied(fact: Any) -> list[Told]:
    return [
        Told(None, "unaccompanied", "Came to the country alone, seeking asylum"),
        *ended(fact.ended_on, "unaccompanied_ended", "Stopped being an unaccompanied asylum-seeking child"),
    ]


def _liberty_order(fact: Any) -> list[Told]:
    return [
        Told(fact.started_on, "liberty_order_started", "The High Court allowed a deprivation of liberty"),
        *ended(fact.ended_on, "liberty_order_ended", "The deprivation of liberty order ended"),
    ]


def _motherhood(fact: Any) -> list[Told]:
    return [Told(fact.child_born_on, "mother", "Had a child of her own")] if fact.is_mother else []


def _adoption_decision(fact: Any) -> list[Told]:
    decided = "Decided that the child should be placed for adoption"
    reversed_text = sentence(
        "Decided that the child should no longer be placed for adoption",
        words_for("adoption_reason_no_longer_placed", fact.reversal_reason).lower(),
    )
    return [
        Told(fact.decided_on, "adoption_decided", decided),
        *ended(fact.reversed_on, "adoption_reversed", reversed_text),
    ]


def _adoption(fact: Any) -> list[Told]:
    if fact.matched_on:
        who = "with their foster carers" if fact.is_by_foster_carer else ""
        return [Told(fact.matched_on, "adoption_matched", f"Matched with adopters {who}".strip())]
    return [Told(fact.decided_on, "adopted", "Adopted; the source does not tell the day of the match")]


def _previous_permanence(fact: Any) -> list[Told]:
    text = words.previous_permanence(option=fact.option, ordered_on=fact.ordered_on)
    return [] if fact.option == "Z1" else [Told(None, "previous_permanence", text)]


def _care_leaver_year(fact: Any) -> list[Told]:
    text = words.care_leaver_year(
        year=fact.year, in_touch=fact.in_touch, activity=fact.activity, accommodation=fact.accommodation
    )
    return [Told(date(fact.year, 3, 31), "care_leaver_year", text)]


def _allocation(fact: Any) -> list[Told]:
    named = fact._state.fields_cache.get("worker")  # never asked of the database
    reference = f"Worker {fact.worker_reference}" if fact.worker_reference else ""
    text = words.worker(name=named.name if named else reference, role=fact.role)
    return [
        Told(fact.started_on, "worker_started", text),
        *ended(fact.ended_on, "worker_ended", "A worker stopped working with the child"),
    ]


def _details(fact: Any) -> list[Told]:
    return [
        *ended(fact.date_of_birth, "born", "Born"),
        *ended(fact.date_of_death, "died", "Died"),
        *ended(fact.pregnancy_ended_on, "pregnancy_ended", fact.get_pregnancy_ended_as_display()),
    ]


def ended(on: date | None, kind: str, text: str) -> list[Told]:
    """The line of something that has happened, or none where it has not."""
    return [] if on is None else [Told(on, kind, text)]


TELL: dict[str, Callable[[Any], list[Told]]] = {
    "people.persondetails": _details,
    "people.allocation": _allocation,
    "frontdoor.contact": _contact,
    "frontdoor.referral": _referral,
    "assessment.assessment": _assessment,
    "assessment.childinneedplan": _need_plan,
    "protection.section47enquiry": _section_47,
    "protection.initialconference": _conference,
    "protection.protectionplan": _protection_plan,
    "protection.planreview": _plan_review,
    "courts.preproceedings": _pre_proceedings,
    "care.periodofcare": _period,
    "care.legalstatus": _legal_status,
    "care.placement": _placement,
    "care.carereview": _care_review,
    "care.missingepisode": _missing,
    "care.healthyear": _health_year,
    "care.unaccompaniedstatus": _unaccompanied,
    "care.libertyorder": _liberty_order,
    "care.motherhood": _motherhood,
    "care.adoptiondecision": _adoption_decision,
    "care.adoption": _adoption,
    "care.previouspermanence": _previous_permanence,
    "leaving.careleaveryear": _care_leaver_year,
}


def tell_as(fact_table: str, tell: Callable[[Any], list[Told]]) -> None:
    """Have a room's own function tell its facts of a table; a room names it as it is made ready."""
    TELL[fact_table] = tell


def told_by(fact_table: str, fact: Any) -> list[Told]:
    """The lines a fact tells, oldest first as it has them; none for a table that tells no story.

    `fact` is anything with the fields of that table's model, stored or not. No query is made.
    """
    tell = TELL.get(fact_table)
    return tell(fact) if tell else []
