"""Section 47 enquiries and what came of them."""

from datetime import date

from insight.slow_counts.cases import (
    every_plan,
    is_in,
    kept_conferences,
    kept_enquiries,
    kept_plans,
    latest_of_each,
    need_of_referral,
    of_person,
    outcome_of_enquiry,
)
from insight.slow_counts.counting import Unit, counts
from insight.slow_counts.days import months_after, months_before, working_days
from insight.slow_counts.told import Row, Told, flag

_START, _END = "s47e_s47_start_date", "s47e_s47_end_date"


def _begun(told: Told, first: date, last: date) -> list[Row]:
    return [row for row in kept_enquiries(told) if is_in(row[_START], first, last)]


def _unit(told: Told, row: Row, day: date, **more: object) -> Unit:
    need = need_of_referral(told, row.get("s47e_referral_id"))
    return Unit(row["s47e_person_id"], day, need=need, **more)  # type: ignore[arg-type]


@counts("number")
def section47_enquiries(told: Told, first: date, last: date) -> list[Unit]:
    return [_unit(told, row, row[_START]) for row in _begun(told, first, last)]


@counts("number")
def children_with_a_section47_enquiry(told: Told, first: date, last: date) -> list[Unit]:
    return [
        _unit(told, row, row[_START])
        for row in latest_of_each(_begun(told, first, last), "s47e_person_id", _START)
    ]


def _led_to_plan(told: Told) -> set[str]:
    """The enquiries that a plan belongs to: each plan to the latest one begun in the three months before."""
    begun = of_person(kept_enquiries(told), "s47e_person_id")
    led = set()
    for plan in kept_plans(told):
        start = plan["cppl_cp_plan_start_date"]
        if start is None:
            continue
        since = months_before(start, 3)
        before = [
            row
            for row in begun.get(plan["cppl_person_id"], [])
            if row[_START] and since <= row[_START] <= start
        ]
        if before:
            led.add(max(before, key=lambda row: row[_START])["s47e_s47_enquiry_id"])
    return led


def was_on_a_plan(told: Told, person: str, day: date) -> bool:
    """Whether a child was on a plan already on a day, another authority's among them."""
    return any(
        plan["cppl_cp_plan_start_date"] is not None
        and plan["cppl_cp_plan_start_date"] < day
        and (plan["cppl_cp_plan_end_date"] is None or plan["cppl_cp_plan_end_date"] > day)
        for plan in every_plan(told)
        if plan["cppl_person_id"] == person
    )


def led_to_no_plan(told: Told, row: Row) -> bool | None:
    """Whether an enquiry led to no plan; None for a child who was on one already."""
    if was_on_a_plan(told, row["s47e_person_id"], row[_START]):
        return None
    return row["s47e_s47_enquiry_id"] not in told.once(_led_to_plan)


@counts("share")
def section47_enquiries_with_no_plan(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for row in _begun(told, first, last):
        is_so = led_to_no_plan(told, row)
        if is_so is not None and months_after(row[_START], 3) <= told.until:
            units.append(_unit(told, row, row[_START], counts=is_so))
    return units


OUTCOMES = (
    ("Child protection conference", {"CP_CONFERENCE_FLAG"}),
    ("Legal action", {"LEGAL_ACTION_FLAG"}),
    ("Services", {"PROV_OF_SERVICES_FLAG", "PROV_OF_SB_CARE_FLAG"}),
    ("The assessment goes on", {"NFA_CONTINUE_SINGLE_FLAG"}),
    ("Watching", {"MONITOR_FLAG"}),
    ("No further action", {"NFA_FLAG"}),
)


@counts("mix")
def section47_outcomes(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for row in kept_enquiries(told):
        if not is_in(row.get(_END), first, last):
            continue
        codes = outcome_of_enquiry(row)
        if flag(row.get("s47e_s47_nfa")) is True:
            codes = (codes or set()) | {"NFA_FLAG"}
        if codes is not None:
            kind = next((words for words, some in OUTCOMES if codes & some), "Another outcome")
            units.append(_unit(told, row, row[_END], kinds=(kind,)))
    return units


def _had_conference(told: Told, row: Row) -> bool:
    """Whether a conference was held in the three months after an enquiry: one that names the enquiry, or
    names none and is of the same child. That of a child who moved here is none.
    """
    for one in kept_conferences(told):
        named = one.get("icpc_s47_enquiry_id")
        is_of_it = named == row["s47e_s47_enquiry_id"]
        is_of_child = not named and one["icpc_person_id"] == row["s47e_person_id"]
        is_in_time = is_in(one["icpc_icpc_date"], row[_START], months_after(row[_START], 3))
        is_transfer = flag(one.get("icpc_icpc_transfer_in")) is True
        if is_in_time and not is_transfer and (is_of_it or is_of_child):
            return True
    return False


@counts("share")
def section47_enquiries_to_conference(told: Told, first: date, last: date) -> list[Unit]:
    return [
        _unit(told, row, row[_START], counts=_had_conference(told, row))
        for row in _begun(told, first, last)
        if months_after(row[_START], 3) <= told.until
    ]


@counts("share")
def section47_enquiries_repeated(told: Told, first: date, last: date) -> list[Unit]:
    every = of_person(kept_enquiries(told), "s47e_person_id")
    units = []
    for row in _begun(told, first, last):
        since = months_before(row[_START], 12)
        earlier = [
            one for one in every[row["s47e_person_id"]] if one[_START] and since <= one[_START] < row[_START]
        ]
        units.append(_unit(told, row, row[_START], counts=bool(earlier)))
    return units


@counts("median")
def section47_length(told: Told, first: date, last: date) -> list[Unit]:
    return [
        _unit(told, row, row[_END], value=float(working_days(row[_START], row[_END])))
        for row in kept_enquiries(told)
        if is_in(row.get(_END), first, last) and row[_START]
    ]


@counts("difference")
def section47_enquiries_less_plans_started(told: Told, first: date, last: date) -> list[Unit]:
    """Enquiries begun in the period less plans begun in it: two flows, not linked."""
    enquiries = [_unit(told, row, row[_START], counts=True) for row in _begun(told, first, last)]
    plans = [
        Unit(plan["cppl_person_id"], plan["cppl_cp_plan_start_date"], counts=False)
        for plan in kept_plans(told)
        if is_in(plan["cppl_cp_plan_start_date"], first, last)
    ]
    return enquiries + plans
