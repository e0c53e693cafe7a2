"""The lines that what protects a child gives their story. None repeats what somebody wrote in free words."""

from typing import Any

from kith.record.chronology.telling import Told, ended
from kith.record.chronology.words import sentence, words_for
from kith.record.protection.models import ConferenceOf, EmergencyStep, EnquiryFinding, LegalPlanningLook
from kith.standards.working_days import LONDON, legal_day

PLAN_ENDS = {ConferenceOf.Decision.END: "the plan ends", ConferenceOf.Decision.CONTINUE: "the plan goes on"}


def harm_suspected(fact: Any) -> list[Told]:
    """What is suspected stands in the enquiry; its line comes when more is told while one goes on."""
    if not fact.is_added:
        return []
    return [Told(legal_day(fact.suspected_at), "harm_suspected", "More was told while an enquiry went on")]


def strategy_discussion(fact: Any) -> list[Told]:
    where = "where the child sleeps was settled" if fact.sleeps_where else ""
    text = sentence("Strategy discussion between agencies", where)
    return [Told(legal_day(fact.held_at), "strategy_discussion_held", text)]


def finding(fact: Any) -> list[Told]:
    found = EnquiryFinding.Finding(fact.finding).label.lower()
    return [Told(fact.found_on, "enquiry_found", f"The enquiry found the worry {found}")]


def conference(fact: Any) -> list[Told]:
    if fact.decision not in PLAN_ENDS:
        return []  # the conference that makes a plan, or none, tells it itself
    text = f"Review conference decided: {PLAN_ENDS[fact.decision]}"
    return [Told(fact.held_on, "conference_decided", text)]


def dissent(fact: Any) -> list[Told]:
    who = words_for("agency_types", fact.agency) if fact.agency else "Somebody of the family"
    return [Told(fact.held_on, "dissent", f"{who} would have decided otherwise")]


def core_group(fact: Any) -> list[Told]:
    return [Told(fact.held_on, "core_group_held", "Core group met about the protection plan")]


def legal_look(fact: Any) -> list[Told]:
    decision = LegalPlanningLook.Decision(fact.decision).label.lower()
    return [Told(fact.looked_on, "legal_look", f"Legal planning look: {decision}")]


def transfer_in(fact: Any) -> list[Told]:
    text = f"Protection plan from {fact.from_authority}, kept here until a conference"
    over = f"Protection plan from {fact.from_authority} is no longer kept here"
    return [
        Told(fact.notified_on, "transfer_in", text),
        *ended(fact.ended_on, "transfer_in_ended", over),
    ]


def transfer_out(fact: Any) -> list[Told]:
    text = f"{fact.to_authority} was told of the move; the plan stays here until its conference"
    return [Told(fact.told_on, "transfer_out", text)]


def emergency_step(fact: Any) -> list[Told]:
    label = EmergencyStep.Kind(fact.kind).label
    hour = f"from {fact.began_at.astimezone(LONDON):%H:%M}" if fact.began_at else ""
    over = legal_day(fact.ended_at) if fact.ended_at else None
    return [
        Told(fact.began_on, "emergency_power", sentence(label, hour)),
        *ended(over, "emergency_power_ended", f"{label} ended"),
    ]


TELLS = {
    "protection.harmsuspectedof": harm_suspected,
    "protection.strategydiscussionof": strategy_discussion,
    "protection.enquiryfinding": finding,
    "protection.conferenceof": conference,
    "protection.dissent": dissent,
    "protection.coregroupof": core_group,
    "protection.legalplanninglook": legal_look,
    "protection.transferin": transfer_in,
    "protection.transferout": transfer_out,
    "protection.emergencystep": emergency_step,
}
