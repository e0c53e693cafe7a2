"""Each kind of fact in plain English: the lines it gives a person's story.

Everything here takes plain values and asks no database, so that a service writes one line and the
importer writes a hundred thousand with the same words. A code with no plain words of ours
(data/plain_words.csv) is told by its label in the standards' code lists; one that no list knows is
told as it came.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kith.standards.codes import code_list
from kith.standards.tables import rows

_WORDS = Path(__file__).parent / "data" / "plain_words.csv"


@dataclass(frozen=True)
class Told:
    """A line before it is anyone's: when, of what kind, in what words. `on` None: no date was given."""

    on: date | None
    kind: str
    text: str


@cache
def plain_words() -> dict[tuple[str, str], str]:
    """Our words for codes, by code list and code."""
    return {(row["list"], row["code"]): row["words"] for row in rows(_WORDS)}


@cache
def words_for(name: str, code: str) -> str:
    """A code in plain words; an unknown one says so and shows itself; empty for an empty code."""
    if not code:
        return ""
    return plain_words().get((name, code)) or label(name, code)


def label(name: str, code: str) -> str:
    """The label in the code list, or `a code that is not known (X9)`."""
    found = code_list(name).find(code)
    return found.label if found else f"a code that is not known ({code})"


def long_date(on: date) -> str:
    """A day as people write it: 3 March 2026."""
    return f"{on.day} {on:%B %Y}"


def sentence(start: str, *more: str) -> str:
    """`start`, then what more is told after a colon: `Came into care: neglect, by agreement`."""
    told = ", ".join(part for part in more if part)
    return f"{start}: {told}" if told else start


def contact(*, source: str = "", outcome: str = "") -> str:
    return sentence("Someone got in touch about the child", words_for("referral_source", source),
                    words_for("contact_outcome", outcome))  # fmt: skip


def referral(*, source: str = "", primary_need: str = "", is_no_further_action: bool | None = None) -> str:
    start = "Referred to children's social care"
    if source:
        start += f" by {_referrer(source)}"
    need = words_for("need_codes", primary_need).lower()
    return sentence(start, need, "no further action" if is_no_further_action else "")


def _referrer(source: str) -> str:
    words = words_for("referral_source", source)
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def referral_closed(*, closure_reason: str = "") -> str:
    return sentence("Case closed", words_for("cin_closure_reason", closure_reason))


def assessment_authorised(*, factors: list[str]) -> str:
    named = [words_for("assessment_factors", factor) for factor in factors]
    return sentence("Assessment finished and authorised", f"found {'; '.join(named)}" if named else "")


def section_47_ended(*, is_conference_not_required: bool | None, outcome: str = "") -> str:
    needed = {True: "no conference needed", False: "a conference is needed", None: ""}
    outcome_words = words_for("s47_outcome", outcome).lower()
    return sentence("Section 47 enquiry ended", needed[is_conference_not_required], outcome_words)


def conference(*, after_enquiry: bool, is_plan_made: bool | None = None) -> str:
    decided = {True: "a plan is needed", False: "no plan is needed", None: ""}
    no_enquiry = "" if after_enquiry else "no enquiry here led to it"
    return sentence("Initial child protection conference", decided[is_plan_made], no_enquiry)


def protection_plan(*, category: str = "", previous_plans: int | None = None) -> str:
    again = f"{previous_plans} before this one" if previous_plans else ""
    return sentence("Child protection plan began", words_for("category_of_abuse", category), again)


def care_started(*, need: str = "", is_start_known: bool = True) -> str:
    if not is_start_known:
        return "Already in care here: the source does not tell when or why it began"
    return sentence("Came into care", words_for("need_codes", need).lower())


def care_ended(*, end_reason: str = "") -> str:
    return sentence("Left care", words_for("reason_episode_ceased", end_reason))


def legal_status(*, code: str) -> str:
    return f"Looked after under {words_for('legal_status', code)}"


def placement(*, placement_type: str, provider: str = "", postcode: str = "") -> str:
    district = postcode.split()[0] if " " in postcode.strip() else ""
    return sentence(
        "Moved to " + words_for("placement_type", placement_type)
        if not placement_type.startswith("A")
        else words_for("placement_type", placement_type).capitalize(),
        f"in {district}" if district else "",
        PROVIDERS.get(provider, ""),
    )


PROVIDERS = {
    "PR1": "run by this authority",
    "PR2": "run by another authority",
    "PR3": "run by another public body",
    "PR4": "run privately",
    "PR5": "run by a charity",
}


def placement_ended(*, change_reason: str) -> str:
    return sentence("The move was because", words_for("reason_placement_change", change_reason).lower())


def care_review(*, participation: str = "") -> str:
    return sentence("Review of care held", words_for("review_participation", participation))


def missing(*, kind: str) -> str:
    return "Away without permission" if kind == "A" else "Missing"


def health_year(**values: Any) -> str:
    """What an OC2 year tells, in the order of a page: the score first, then what was done or not."""
    told = [] if values.get("sdq_score") is None else [f"wellbeing score (SDQ) {values['sdq_score']}"]
    told += [yes if values[name] else no for name, yes, no in HEALTH_WORDS if values.get(name) is not None]
    return sentence(f"Health in the year to 31 March {values['year']}", *[part for part in told if part])


HEALTH_WORDS = (
    ("is_health_assessed", "health assessment done", "no health assessment"),
    ("are_teeth_checked", "teeth checked", "teeth not checked"),
    ("are_immunisations_up_to_date", "immunisations up to date", "immunisations not up to date"),
    ("is_health_check_up_to_date", "health checks up to date", "health checks not up to date"),
    ("is_convicted", "convicted or cautioned", ""),
    ("is_misusing_substances", "substance misuse found", ""),
    ("is_intervention_received", "had help with substance misuse", ""),
    ("is_intervention_offered", "was offered help with substance misuse", ""),
)


def previous_permanence(*, option: str, ordered_on: str = "") -> str:
    if option == "Z1":
        return "No earlier permanent home is known"
    known = [part for part in ordered_on.split("/") if part.isdigit()]
    return sentence(
        f"Had a permanent home before: {words_for('previous_permanence', option)}",
        f"from {'/'.join(known)}" if known else "",
    )


def care_leaver_year(*, year: int, in_touch: str = "", activity: str = "", accommodation: str = "") -> str:
    return sentence(
        f"After care, in the year to 31 March {year}",
        words_for("care_leaver_in_touch", in_touch),
        "" if activity == "0" else words_for("care_leaver_activity", activity),
        "" if accommodation == "0" else words_for("care_leaver_accommodation", accommodation),
    )


def worker(*, name: str = "", role: str = "", team: str = "") -> str:
    who = name or team or "A worker who is not named"
    return f"{who} began to work with the child" + (f" ({role.replace('_', ' ')})" if role else "")


# What each kind of fact tells, from the fact's own fields.


def _contact(fact: Any) -> list[Told]:
    return [Told(fact.received_on, "contact_received", contact(source=fact.source, outcome=fact.outcome))]


def _referral(fact: Any) -> list[Told]:
    text = referral(
        source=fact.source,
        primary_need=fact.primary_need,
        is_no_further_action=fact.is_no_further_action,
    )
    return [
        Told(fact.received_on, "referral_received", text),
        *ended(fact.closed_on, "referral_closed", referral_closed(closure_reason=fact.closure_reason)),
    ]


def _assessment(fact: Any) -> list[Told]:
    return [
        Told(fact.started_on, "assessment_started", "Assessment of the child and family began"),
        *ended(
            fact.authorised_on, "assessment_authorised", assessment_authorised(factors=fact.factors or [])
        ),
    ]


def _need_plan(fact: Any) -> list[Told]:
    return [
        Told(fact.started_on, "need_plan_started", "Child in need plan began"),
        *ended(fact.ended_on, "need_plan_ended", "Child in need plan ended"),
    ]


def _section_47(fact: Any) -> list[Told]:
    started = "Section 47 enquiry began: was the child suffering, or likely to suffer, significant harm?"
    text = section_47_ended(is_conference_not_required=fact.is_conference_not_required, outcome=fact.outcome)
    if fact.ended_on is None and fact.is_conference_not_required:
        started += " No conference was needed"
    return [
        Told(fact.started_on, "section_47_started", started),
        *ended(fact.ended_on, "section_47_ended", text),
    ]


def _conference(fact: Any) -> list[Told]:
    text = conference(after_enquiry=fact.enquiry_thread is not None, is_plan_made=fact.is_plan_made)
    return [Told(fact.held_on, "conference_held", text)]


def _protection_plan(fact: Any) -> list[Told]:
    category = fact.initial_category or fact.latest_category
    lines = [
        Told(
            fact.started_on,
            "protection_plan_started",
            protection_plan(category=category, previous_plans=fact.previous_plans),
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
    text = care_started(need=fact.need, is_start_known=fact.is_start_known)
    return [
        Told(fact.started_on, "care_started", text),
        *ended(fact.ended_on, "care_ended", care_ended(end_reason=fact.end_reason)),
    ]


def _legal_status(fact: Any) -> list[Told]:
    return [Told(fact.started_on, "legal_status_started", legal_status(code=fact.code))]


def _placement(fact: Any) -> list[Told]:
    text = placement(placement_type=fact.placement_type, provider=fact.provider, postcode=fact.postcode)
    lines = [Told(fact.started_on, "placement_started", text)]
    if fact.change_reason:
        lines += ended(fact.ended_on, "placement_ended", placement_ended(change_reason=fact.change_reason))
    return lines


def _care_review(fact: Any) -> list[Told]:
    return [Told(fact.held_on, "care_review_held", care_review(participation=fact.participation))]


def _missing(fact: Any) -> list[Told]:
    return [
        Told(fact.started_on, "missing_started", missing(kind=fact.kind)),
        *ended(fact.ended_on, "missing_ended", "Came back or was found"),
    ]


def _health_year(fact: Any) -> list[Told]:
    values = {name: getattr(fact, name) for name, _, _ in HEALTH_WORDS}
    text = health_year(year=fact.year, sdq_score=fact.sdq_score, **values)
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
    text = previous_permanence(option=fact.option, ordered_on=fact.ordered_on)
    return [] if fact.option == "Z1" else [Told(None, "previous_permanence", text)]


def _care_leaver_year(fact: Any) -> list[Told]:
    text = care_leaver_year(
        year=fact.year, in_touch=fact.in_touch, activity=fact.activity, accommodation=fact.accommodation
    )
    return [Told(date(fact.year, 3, 31), "care_leaver_year", text)]


def _allocation(fact: Any) -> list[Told]:
    named = fact._state.fields_cache.get("worker")  # never asked of the database
    reference = f"Worker {fact.worker_reference}" if fact.worker_reference else ""
    text = worker(name=named.name if named else reference, role=fact.role)
    return [
        Told(fact.started_on, "worker_started", text),
        *ended(fact.ended_on, "worker_ended", "A worker stopped working with the child"),
    ]


def _details(fact: Any) -> list[Told]:
    return [
        *ended(fact.date_of_birth, "born", "Born"),
        *ended(fact.date_of_death, "died", "Died"),
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


def told_by(fact_table: str, fact: Any) -> list[Told]:
    """The lines a fact tells, oldest first as it has them; none for a table that tells no story.

    `fact` is anything with the fields of that table's model, stored or not. No query is made.
    """
    tell = TELL.get(fact_table)
    return tell(fact) if tell else []
