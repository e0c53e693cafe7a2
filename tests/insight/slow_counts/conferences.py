"""Initial child protection conferences."""

from datetime import date, timedelta

from insight.slow_counts.cases import (
    is_in,
    is_open_on,
    kept_conferences,
    kept_enquiries,
    kept_plans,
    need_of_referral,
    outcome_of_enquiry,
    referral_called,
)
from insight.slow_counts.counting import Unit, counts
from insight.slow_counts.days import working_days
from insight.slow_counts.told import Row, Told, flag

_HELD, _START = "icpc_icpc_date", "cppl_cp_plan_start_date"


def _held(told: Told, first: date, last: date) -> list[Row]:
    return [row for row in kept_conferences(told) if is_in(row[_HELD], first, last)]


def _conference(told: Told, row: Row, **more: object) -> Unit:
    need = need_of_referral(told, row.get("icpc_referral_id"))
    return Unit(row["icpc_person_id"], row[_HELD], need=need, **more)  # type: ignore[arg-type]


@counts("number")
def initial_conferences(told: Told, first: date, last: date) -> list[Unit]:
    return [_conference(told, row) for row in _held(told, first, last)]


def _is_transfer(row: Row) -> bool:
    return flag(row.get("icpc_icpc_transfer_in")) is True


@counts("share")
def conferences_in_time(told: Told, first: date, last: date) -> list[Unit]:
    begun = {row["s47e_s47_enquiry_id"]: row["s47e_s47_start_date"] for row in kept_enquiries(told)}
    units = []
    for row in _held(told, first, last):
        start = begun.get(row.get("icpc_s47_enquiry_id"))
        if start is not None and start <= row[_HELD] and not _is_transfer(row):
            units.append(_conference(told, row, counts=working_days(start, row[_HELD]) <= 15))
    return units


def _had_conference(told: Told, row: Row, last: date) -> bool:
    """Whether by a day a conference was held by an enquiry: that names it, or none and is of the child."""
    return any(
        is_in(one[_HELD], row["s47e_s47_start_date"], last)
        and (
            one.get("icpc_s47_enquiry_id") == row["s47e_s47_enquiry_id"]
            or (not one.get("icpc_s47_enquiry_id") and one["icpc_person_id"] == row["s47e_person_id"])
        )
        for one in kept_conferences(told)
    )


@counts("number")
def conferences_overdue(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for row in kept_enquiries(told):
        start, id = row["s47e_s47_start_date"], row.get("s47e_referral_id")
        if start is None or start > last or _had_conference(told, row, last):
            continue
        if flag(row.get("kith_conference_not_required")) is True:
            continue
        is_due = "CP_CONFERENCE_FLAG" in (outcome_of_enquiry(row) or set())
        if row.get("s47e_s47_end_date") is not None and not is_due:
            continue
        referral = referral_called(told, id)
        if referral:
            is_case_open = is_open_on(last, referral["cine_referral_date"], referral.get("cine_close_date"))
        else:
            is_case_open = not id and (last - start).days <= 90
        if is_case_open and working_days(start, last) > 15:
            units.append(Unit(row["s47e_person_id"], last, need=need_of_referral(told, id)))
    return units


def made_no_plan(told: Told, row: Row) -> bool:
    """Whether no plan was made at a conference: as it says, or no plan begins in the five days after."""
    said = flag(row.get("icpc_icpc_outcome_cp_flag"))
    if said is not None:
        return not said
    day = row[_HELD]
    return not any(
        plan["cppl_person_id"] == row["icpc_person_id"] and is_in(plan[_START], day, day + timedelta(days=5))
        for plan in kept_plans(told)
    )


@counts("share")
def conferences_with_no_plan(told: Told, first: date, last: date) -> list[Unit]:
    return [
        _conference(told, row, counts=made_no_plan(told, row))
        for row in _held(told, first, last)
        if not _is_transfer(row)
    ]
