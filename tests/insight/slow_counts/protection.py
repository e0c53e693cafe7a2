"""Conferences, child protection plans and their reviews, and work before court."""

from datetime import date

from insight.slow_counts.cases import (
    is_in,
    is_open_on,
    kept_plans,
    latest_of_each,
    need_of_referral,
    of_person,
)
from insight.slow_counts.counting import Unit, counts, in_words
from insight.slow_counts.days import months_after, months_before, working_days
from insight.slow_counts.told import Row, Told, flag, outcomes

_START, _END = "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"


def _plan(told: Told, row: Row, day: date, **more: object) -> Unit:
    need = need_of_referral(told, row.get("cppl_referral_id"))
    return Unit(row["cppl_person_id"], day, need=need, **more)  # type: ignore[arg-type]


def _kinds(row: Row, which: str) -> tuple[str, ...]:
    return in_words("category_of_abuse", row.get(f"cppl_cp_plan_{which}_category"))


def _on_a_plan(told: Told, day: date) -> list[Row]:
    open_ = [row for row in kept_plans(told) if is_open_on(day, row[_START], row[_END])]
    return latest_of_each(open_, "cppl_person_id", _START)


@counts("number")
def children_on_a_child_protection_plan(told: Told, first: date, last: date) -> list[Unit]:
    return [_plan(told, row, last, kinds=_kinds(row, "latest")) for row in _on_a_plan(told, last)]


def _begun(told: Told, first: date, last: date) -> list[Row]:
    return [row for row in kept_plans(told) if is_in(row[_START], first, last)]


def _ended(told: Told, first: date, last: date) -> list[Row]:
    return [row for row in kept_plans(told) if is_in(row[_END], first, last)]


@counts("number")
def child_protection_plans_started(told: Told, first: date, last: date) -> list[Unit]:
    return [_plan(told, row, row[_START], kinds=_kinds(row, "initial")) for row in _begun(told, first, last)]


@counts("number")
def child_protection_plans_ended(told: Told, first: date, last: date) -> list[Unit]:
    return [_plan(told, row, row[_END], kinds=_kinds(row, "latest")) for row in _ended(told, first, last)]


def _earlier_ends(told: Told, row: Row) -> list[date]:
    """When the child's other plans ended that were over by the start of this one."""
    return [
        one[_END]
        for one in of_person(kept_plans(told), "cppl_person_id")[row["cppl_person_id"]]
        if one["cppl_cp_plan_id"] != row["cppl_cp_plan_id"] and one[_END] and one[_END] <= row[_START]
    ]


@counts("share")
def second_child_protection_plans(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for row in _begun(told, first, last):
        before = row.get("kith_previous_plans")
        is_so = before >= 1 if before is not None else bool(_earlier_ends(told, row))
        units.append(_plan(told, row, row[_START], counts=is_so, kinds=_kinds(row, "initial")))
    return units


@counts("share")
def second_child_protection_plans_within_two_years(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for row in _begun(told, first, last):
        since = months_before(row[_START], 24)
        is_so = any(end >= since for end in _earlier_ends(told, row))
        units.append(_plan(told, row, row[_START], counts=is_so, kinds=_kinds(row, "initial")))
    return units


@counts("median")
def length_of_child_protection_plans(told: Told, first: date, last: date) -> list[Unit]:
    return [
        _plan(told, row, row[_END], value=float((row[_END] - row[_START]).days), kinds=_kinds(row, "latest"))
        for row in _ended(told, first, last)
        if row[_START]
    ]


@counts("share")
def child_protection_plans_of_two_years_or_more(told: Told, first: date, last: date) -> list[Unit]:
    return [
        _plan(
            told,
            row,
            row[_END],
            counts=row[_END] >= months_after(row[_START], 24),
            kinds=_kinds(row, "latest"),
        )
        for row in _ended(told, first, last)
        if row[_START]
    ]


@counts("share")
def child_protection_plan_ended_within_three_months(told: Told, first: date, last: date) -> list[Unit]:
    return [
        _plan(
            told,
            row,
            row[_END],
            counts=row[_END] <= months_after(row[_START], 3),
            kinds=_kinds(row, "latest"),
        )
        for row in _ended(told, first, last)
        if row[_START]
    ]


def _were_in_time(reviews: list[date], start: date, last: date, since: date | None) -> bool:
    """Whether each review that was due by `last` was held by its day: the first three months after the start,
    each next six months after the one before. One that was due before `since`, from when reviews are told of,
    may have been held; the next is then due six months after it at the latest.
    """
    due = months_after(start, 3)
    for held in sorted({day for day in reviews if start < day <= last}):
        if held > _due_as_told(due, since):
            return False
        due = months_after(held, 6)
    return _due_as_told(due, since) >= last


def _due_as_told(due: date, since: date | None) -> date:
    return due if since is None or due >= since else months_after(since, 6)


@counts("share")
def plan_reviews_in_time(told: Told, first: date, last: date) -> list[Unit]:
    reviews = of_person(told.rows("ssd_cp_reviews"), "cppr_cp_plan_id")
    units = []
    for row in _on_a_plan(told, last):
        if row[_START] > months_before(last, 3):
            continue
        held = [
            one["cppr_cp_review_date"]
            for one in reviews.get(row["cppl_cp_plan_id"], [])
            if one["cppr_cp_review_date"]
        ]
        is_so = _were_in_time(held, row[_START], last, told.since.get("ssd_cp_reviews"))
        units.append(_plan(told, row, last, counts=is_so, kinds=_kinds(row, "latest")))
    return units


@counts("share")
def child_protection_visits_in_time(told: Told, first: date, last: date) -> list[Unit]:
    """Children on a plan for ten working days, and whether they were seen in the ten up to the last day."""
    seen: dict[str, list[date]] = {}
    for visit in told.rows("ssd_cp_visits"):
        if flag(visit.get("cppv_cp_visit_seen")) is True and visit["cppv_cp_visit_date"]:
            seen.setdefault(visit["cppv_person_id"], []).append(visit["cppv_cp_visit_date"])
    units = []
    for row in _on_a_plan(told, last):
        if working_days(row[_START], last) >= 10:
            days = seen.get(row["cppl_person_id"], [])
            is_so = any(day <= last and working_days(day, last) <= 10 for day in days)
            units.append(_plan(told, row, last, counts=is_so))
    return units


_DECIDED, _OVER = "prep_pre_pro_decision_date", "prep_agree_stepdown_issue_date"


def _work(told: Told, row: Row, day: date, **more: object) -> Unit:
    need = need_of_referral(told, row.get("kith_referral_id"))
    return Unit(row["prep_person_id"], day, need=need, **more)  # type: ignore[arg-type]


@counts("number")
def children_in_pre_proceedings(told: Told, first: date, last: date) -> list[Unit]:
    open_ = [row for row in told.rows("ssd_pre_proceedings") if is_open_on(last, row[_DECIDED], row[_OVER])]
    return [_work(told, row, last) for row in latest_of_each(open_, "prep_person_id", _DECIDED)]


@counts("share")
def family_group_meetings_offered(told: Told, first: date, last: date) -> list[Unit]:
    return [
        _work(told, row, row[_DECIDED], counts=flag(row["kith_fgdm_offered"]))
        for row in told.rows("ssd_pre_proceedings")
        if is_in(row[_DECIDED], first, last) and flag(row.get("kith_fgdm_offered")) is not None
    ]


@counts("share")
def pre_proceedings_that_led_to_court(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for row in told.rows("ssd_pre_proceedings"):
        codes = outcomes(row.get("prep_pre_pro_outcome"))
        if is_in(row[_OVER], first, last) and codes is not None:
            units.append(_work(told, row, row[_OVER], counts="ISSUE" in codes))
    return units
