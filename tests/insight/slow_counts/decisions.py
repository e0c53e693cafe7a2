"""What became of decisions: those of the twelve months before the period, looked at a year later."""

from datetime import date, timedelta

from insight.slow_counts.assessment import closed_without_more
from insight.slow_counts.care_spells import spells_of
from insight.slow_counts.cases import (
    is_closed_as_not_in_need,
    is_in,
    is_no_further_action,
    kept_assessments,
    kept_conferences,
    kept_enquiries,
    kept_plans,
    kept_referrals,
    need_of_referral,
    referral_called,
)
from insight.slow_counts.conferences import made_no_plan
from insight.slow_counts.counting import COUNTS, Unit, counts
from insight.slow_counts.days import age_on, months_after, months_before
from insight.slow_counts.investigation import led_to_no_plan
from insight.slow_counts.told import Row, Told, flag


def _is_made_in(day: date | None, first: date, last: date) -> bool:
    return is_in(day, months_before(first, 12), months_before(last, 12))


def _comes_within_a_year(rows: list[Row], person: str, column: str, whose: str, day: date) -> bool:
    """Whether another of these rows of a child is dated one day to twelve months after."""
    return any(
        row[whose] == person and is_in(row[column], day + timedelta(days=1), months_after(day, 12))
        for row in rows
    )


def _referred_again(told: Told, person: str, day: date) -> bool:
    return _comes_within_a_year(kept_referrals(told), person, "cine_referral_date", "cine_person_id", day)


@counts("share")
def referrals_closed_that_came_back(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for row in kept_referrals(told):
        day = None
        if is_no_further_action(row):
            day = row["cine_referral_date"]
        elif is_closed_as_not_in_need(row):
            day = row.get("cine_close_date")
        if day and _is_made_in(day, first, last):
            person, need = row["cine_person_id"], row.get("cine_cin_primary_need_code")
            units.append(Unit(person, day, counts=_referred_again(told, person, day), need=need))
    return units


@counts("share")
def assessments_closed_that_came_back(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for row in kept_assessments(told):
        day, person = row.get("cina_assessment_auth_date"), row["cina_person_id"]
        if day and _is_made_in(day, first, last) and closed_without_more(told, row):
            need = need_of_referral(told, row.get("cina_referral_id"))
            units.append(Unit(person, day, counts=_referred_again(told, person, day), need=need))
    return units


@counts("share")
def enquiries_with_no_plan_that_came_back(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for row in kept_enquiries(told):
        start, person = row["s47e_s47_start_date"], row["s47e_person_id"]
        if start is None or led_to_no_plan(told, row) is not True:
            continue
        day = row.get("s47e_s47_end_date") or months_after(start, 3)
        if _is_made_in(day, first, last):
            is_so = _comes_within_a_year(
                kept_enquiries(told), person, "s47e_s47_start_date", "s47e_person_id", day
            )
            need = need_of_referral(told, row.get("s47e_referral_id"))
            units.append(Unit(person, day, counts=is_so, need=need))
    return units


def _plan_begins_within_a_year(told: Told, person: str, day: date) -> bool:
    return _comes_within_a_year(kept_plans(told), person, "cppl_cp_plan_start_date", "cppl_person_id", day)


@counts("share")
def conferences_with_no_plan_and_a_plan_later(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for row in kept_conferences(told):
        day, person = row["icpc_icpc_date"], row["icpc_person_id"]
        is_transfer = flag(row.get("icpc_icpc_transfer_in")) is True
        if _is_made_in(day, first, last) and not is_transfer and made_no_plan(told, row):
            need = need_of_referral(told, row.get("icpc_referral_id"))
            is_so = _plan_begins_within_a_year(told, person, day)
            units.append(Unit(person, day, counts=is_so, need=need))
    return units


@counts("share")
def child_protection_plans_ended_that_were_followed_by_another(
    told: Told, first: date, last: date
) -> list[Unit]:
    """Plans that ended neither with care, nor at 18, nor with a move to another authority."""
    units = []
    for row in kept_plans(told):
        day, person = row["cppl_cp_plan_end_date"], row["cppl_person_id"]
        if day is None or not _is_made_in(day, first, last):
            continue
        week = timedelta(days=7)
        into_care = any(is_in(spell.start, day - week, day + week) for spell in spells_of(told, person))
        age = age_on(told.born(person), day)
        referral = referral_called(told, row.get("cppl_referral_id")) or {}
        if not into_care and (age is None or age < 18) and referral.get("cine_close_reason") != "RC5":
            is_so = any(
                one["cppl_person_id"] == person
                and one["cppl_cp_plan_id"] != row["cppl_cp_plan_id"]
                and is_in(one["cppl_cp_plan_start_date"], day, months_after(day, 12))
                for one in kept_plans(told)
            )
            need = need_of_referral(told, row.get("cppl_referral_id"))
            units.append(Unit(person, day, counts=is_so, need=need))
    return units


@counts("share")
def returns_home_that_broke_down(told: Told, first: date, last: date) -> list[Unit]:
    return COUNTS["children_back_in_care_within_a_year_of_going_home"](told, first, last)
