"""Assessments, what they found, and help before an investigation."""

from datetime import date

from insight.slow_counts.care_spells import in_care
from insight.slow_counts.cases import (
    is_closed_as_not_in_need,
    is_in,
    is_open_on,
    is_sound,
    kept_assessments,
    kept_enquiries,
    kept_plans,
    latest_of_each,
    need_of_referral,
    of_person,
    referral_called,
)
from insight.slow_counts.counting import Unit, counts, in_words
from insight.slow_counts.days import ONE_DAY, months_before, working_days, working_days_on
from insight.slow_counts.told import Row, Told, flag, outcomes

_START, _END = "cina_assessment_start_date", "cina_assessment_auth_date"


def _finished(told: Told, first: date, last: date) -> list[Row]:
    return [row for row in kept_assessments(told) if is_in(row.get(_END), first, last)]


def _unit(told: Told, row: Row, day: date, **more: object) -> Unit:
    need = need_of_referral(told, row.get("cina_referral_id"))
    return Unit(row["cina_person_id"], day, need=need, **more)  # type: ignore[arg-type]


@counts("number")
def assessments(told: Told, first: date, last: date) -> list[Unit]:
    return [_unit(told, row, row[_END]) for row in _finished(told, first, last)]


@counts("median")
def assessment_length(told: Told, first: date, last: date) -> list[Unit]:
    return [
        _unit(told, row, row[_END], value=float(working_days(row[_START], row[_END])))
        for row in _finished(told, first, last)
        if row[_START]
    ]


@counts("share")
def assessments_within_45_working_days(told: Told, first: date, last: date) -> list[Unit]:
    return [
        _unit(told, row, row[_END], counts=working_days(row[_START], row[_END]) <= 45)
        for row in _finished(told, first, last)
        if row[_START]
    ]


@counts("share")
def assessments_within_45_working_days_of_the_referral(told: Told, first: date, last: date) -> list[Unit]:
    """The first assessment of a referral from the referral's day, a later one from its own start."""
    earliest: dict[str, tuple[date, str]] = {}
    for row in kept_assessments(told):
        referral = row.get("cina_referral_id")
        if referral and row[_START]:
            mine = (row[_START], row["cina_assessment_id"])
            earliest[referral] = min(earliest.get(referral, mine), mine)
    units = []
    for row in _finished(told, first, last):
        referral = referral_called(told, row.get("cina_referral_id"))
        if referral is None or row[_START] is None or referral["cine_referral_date"] is None:
            continue
        is_first = earliest[row["cina_referral_id"]] == (row[_START], row["cina_assessment_id"])
        since = referral["cine_referral_date"] if is_first else row[_START]
        units.append(_unit(told, row, row[_END], counts=working_days(since, row[_END]) <= 45))
    return units


@counts("number")
def assessments_open_and_late(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for row in kept_assessments(told):
        referral = referral_called(told, row.get("cina_referral_id"))
        is_case_open = referral is not None and is_open_on(
            last, referral["cine_referral_date"], referral.get("cine_close_date")
        )
        is_open = is_case_open and is_open_on(last, row[_START], row.get(_END))
        if is_open and working_days(row[_START], last) > 45:
            units.append(_unit(told, row, last))
    return units


ROLLED_UP = {
    "Any domestic abuse": "3A 3B 3C",
    "Any concern about mental health": "4A 4B 4C",
    "Any misuse of alcohol or drugs": "1A 1B 1C 2A 2B 2C",
    "Any harm outside the home": "10A 11A 12A 13A 24A",
    "Any physical abuse": "18A 18B 18C",
    "Any sexual abuse": "19A 19B 19C",
}


def _factors(told: Told) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in told.rows("ssd_assessment_factors"):
        codes = outcomes(row.get("cinf_assessment_factors_json"))
        if codes:
            found[row["cinf_assessment_id"]] = found.get(row["cinf_assessment_id"], set()) | codes
    return found


@counts("mix")
def assessment_factors(told: Told, first: date, last: date) -> list[Unit]:
    """Every finished assessment that found something, in each kind that it lists."""
    found = told.once(_factors)
    units = []
    for row in _finished(told, first, last):
        codes = found.get(row["cina_assessment_id"])
        if codes:
            told_codes = {code for code in codes if code != "21" or len(codes) == 1}
            words = [word for code in sorted(told_codes) for word in in_words("assessment_factors", code)]
            rolled = [words for words, some in ROLLED_UP.items() if codes & set(some.split())]
            units.append(_unit(told, row, row[_END], kinds=(*words, *rolled)))
    return units


def _tells_itself(row: Row) -> bool:
    """Whether an assessment has an outcome of its own."""
    has_outcome = outcomes(row.get("cina_assessment_outcome_json")) is not None
    return has_outcome or flag(row.get("cina_assessment_outcome_nfa")) is not None


def closed_without_more(told: Told, row: Row) -> bool | None:
    """Whether the case closed after a finished assessment; None where nothing tells."""
    codes = outcomes(row.get("cina_assessment_outcome_json"))
    said = flag(row.get("cina_assessment_outcome_nfa"))
    if said is not None or codes is not None:
        return said is True or "NFA_FLAG" in (codes or set())
    referral = referral_called(told, row.get("cina_referral_id"))
    if referral is None:
        return None
    closed = referral.get("cine_close_date")
    if closed is None or not is_closed_as_not_in_need(referral):
        return False
    return row[_END] <= closed and working_days(row[_END], closed) <= 10


@counts("share")
def assessments_with_no_further_action(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for row in _finished(told, first, last):
        is_so = closed_without_more(told, row)
        if not _tells_itself(row) and working_days_on(row[_END], 10) > told.until:
            continue
        if is_so is not None:
            units.append(_unit(told, row, row[_END], counts=is_so))
    return units


def _enquiries(told: Told, first: date, last: date) -> list[tuple[Row, date]]:
    return [
        (row, row["s47e_s47_start_date"])
        for row in kept_enquiries(told)
        if is_in(row["s47e_s47_start_date"], first, last)
    ]


def _enquiry(told: Told, row: Row, day: date, is_so: bool) -> Unit:
    need = need_of_referral(told, row.get("s47e_referral_id"))
    return Unit(row["s47e_person_id"], day, counts=is_so, need=need)


@counts("share")
def help_before_investigation(told: Told, first: date, last: date) -> list[Unit]:
    helped = of_person(told.rows("ssd_early_help_episodes"), "earl_person_id")
    units = []
    for row, day in _enquiries(told, first, last):
        is_so = any(
            is_sound(one["earl_episode_start_date"], one["earl_episode_end_date"], told.until)
            and one["earl_episode_start_date"] is not None
            and one["earl_episode_start_date"] < day
            and (
                one["earl_episode_end_date"] is None or one["earl_episode_end_date"] >= months_before(day, 12)
            )
            for one in helped.get(row["s47e_person_id"], [])
        )
        units.append(_enquiry(told, row, day, is_so))
    return units


@counts("share")
def children_in_need_plan_before_investigation(told: Told, first: date, last: date) -> list[Unit]:
    planned = of_person(told.rows("ssd_cin_plans"), "cinp_person_id")
    units = []
    for row, day in _enquiries(told, first, last):
        is_so = any(
            is_open_on(day - ONE_DAY, one["cinp_cin_plan_start_date"], one["cinp_cin_plan_end_date"])
            for one in planned.get(row["s47e_person_id"], [])
        )
        units.append(_enquiry(told, row, day, is_so))
    return units


@counts("number")
def children_on_child_in_need_plans(told: Told, first: date, last: date) -> list[Unit]:
    """Those with a plan in force, but for children on a protection plan or in care."""
    protected = {
        row["cppl_person_id"]
        for row in kept_plans(told)
        if is_open_on(last, row["cppl_cp_plan_start_date"], row["cppl_cp_plan_end_date"])
    }
    cared_for = {spell.person for spell in in_care(told, last)}
    open_ = [
        row
        for row in told.rows("ssd_cin_plans")
        if is_open_on(last, row["cinp_cin_plan_start_date"], row["cinp_cin_plan_end_date"])
        and row["cinp_person_id"] not in protected | cared_for
    ]
    return [
        Unit(row["cinp_person_id"], last, need=need_of_referral(told, row.get("cinp_referral_id")))
        for row in latest_of_each(open_, "cinp_person_id", "cinp_cin_plan_start_date")
    ]
