"""Codes and acts in plain English, from plain values.

A code with no plain words of ours (data/plain_words.csv) is told by its label in the standards' code
lists; one that no list knows is told as it came.
"""

from functools import cache
from pathlib import Path
from typing import Any

from kith.standards.codes import code_list
from kith.standards.tables import rows

_WORDS = Path(__file__).parent / "data" / "plain_words.csv"


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


def assessment_ended(*, factors: list[str], unfinished_because: str = "") -> str:
    if unfinished_because:
        return f"Assessment ended without being finished: {unfinished_because.lower()}"
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
        run_by(placement_type, provider),
    )


def run_by(placement_type: str, provider: str) -> str:
    """Who provides a placement, in words; "" with relatives, parents or adopters: nobody runs a family."""
    if placement_type[:1] in {"A", "P"} or placement_type in {"U1", "U2", "U3"}:
        return ""
    return (CARERS_OF if placement_type.startswith("U") else PROVIDERS).get(provider, "")


CARERS_OF = {
    "PR1": "with this authority's carers",
    "PR2": "with another authority's carers",
    "PR3": "with another public body's carers",
    "PR4": "with a private agency's carers",
    "PR5": "with a charity's carers",
}
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
    as_what = plain_words().get(("working_relationship_roles", role)) or role.replace("_", " ")
    return f"{who} began to work with the child" + (f" ({as_what})" if role else "")
