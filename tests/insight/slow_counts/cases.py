"""Referrals, assessments, enquiries, conferences and plans as they are counted: faults and doubles out."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from insight.slow_counts.told import Row, Told, flag, outcomes


def is_in(day: date | None, first: date, last: date) -> bool:
    """Whether something happened in the period, both its days counted; not where its day is not told."""
    return day is not None and first <= day <= last


def is_open_on(day: date, start: date | None, end: date | None) -> bool:
    """Whether something had begun by the day and not ended by it: what ends on a day is over on it."""
    return start is not None and start <= day and (end is None or end > day)


def is_open_in(first: date, last: date, start: date | None, end: date | None) -> bool:
    """Whether something was open at any time in the period, its last day counted."""
    return start is not None and start <= last and (end is None or end >= first)


def is_sound(start: date | None, end: date | None, until: date) -> bool:
    """Whether a span can be: it does not end before it begins, and does not begin after all that is told."""
    return not (start and end and end < start) and not (start and start > until)


def one_a_day(rows: Iterable[Row], person: str, start: str, id: str, ends: Iterable[str]) -> list[Row]:
    """Of a child's rows of one day one: that with an end or outcome if there is one, else the lowest id."""
    best: dict[tuple[Any, Any], Row] = {}
    kept: list[Row] = []
    for row in sorted(
        rows, key=lambda row: (all(row.get(end) is None for end in ends), str(row.get(id) or ""))
    ):
        key = (row[person], row[start])
        if row[start] is None:
            kept.append(row)
        elif key not in best:
            best[key] = row
            kept.append(row)
    return kept


def latest_of_each(rows: Iterable[Row], person: str, day: str) -> list[Row]:
    """Each child's latest row, so that children are counted and not rows."""
    latest: dict[str, Row] = {}
    for row in rows:
        if row[person] not in latest or latest[row[person]][day] < row[day]:
            latest[row[person]] = row
    return list(latest.values())


def _referrals(told: Told) -> list[Row]:
    rows = [
        row
        for row in told.rows("ssd_cin_episodes")
        if row.get("cine_referral_date")
        and is_sound(row["cine_referral_date"], row.get("cine_close_date"), told.until)
    ]
    return one_a_day(rows, "cine_person_id", "cine_referral_date", "cine_referral_id", ["cine_close_date"])


def kept_referrals(told: Told) -> list[Row]:
    """Referrals that count; one without a date is in no figure."""
    return told.once(_referrals)


def _assessments(told: Told) -> list[Row]:
    start, end = "cina_assessment_start_date", "cina_assessment_auth_date"
    rows = [
        row for row in told.rows("ssd_cin_assessments") if is_sound(row.get(start), row.get(end), told.until)
    ]
    return one_a_day(rows, "cina_person_id", start, "cina_assessment_id", [end])


def kept_assessments(told: Told) -> list[Row]:
    """Assessments that count."""
    return told.once(_assessments)


def _enquiries(told: Told) -> list[Row]:
    start, end = "s47e_s47_start_date", "s47e_s47_end_date"
    rows = [row for row in told.rows("ssd_s47_enquiry") if is_sound(row.get(start), row.get(end), told.until)]
    return one_a_day(rows, "s47e_person_id", start, "s47e_s47_enquiry_id", [end, "s47e_s47_outcome_json"])


def kept_enquiries(told: Told) -> list[Row]:
    """Section 47 enquiries that count."""
    return told.once(_enquiries)


def _conferences(told: Told) -> list[Row]:
    rows = [
        row
        for row in told.rows("ssd_initial_cp_conference")
        if is_sound(row.get("icpc_icpc_date"), None, told.until)
    ]
    ends = ["icpc_icpc_outcome_cp_flag", "icpc_icpc_outcome_json"]
    return one_a_day(rows, "icpc_person_id", "icpc_icpc_date", "icpc_icpc_id", ends)


def kept_conferences(told: Told) -> list[Row]:
    """Initial child protection conferences that count."""
    return told.once(_conferences)


def _sound_plans(told: Told) -> list[Row]:
    start, end = "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"
    return [
        row
        for row in told.rows("ssd_cp_plans")
        if is_sound(row.get(start), row.get(end), told.until) and row.get(start) != row.get(end)
    ]


def _once_each(rows: Iterable[Row]) -> list[Row]:
    end = "cppl_cp_plan_end_date"
    return one_a_day(rows, "cppl_person_id", "cppl_cp_plan_start_date", "cppl_cp_plan_id", [end])


def _every_plan(told: Told) -> list[Row]:
    return _once_each(_sound_plans(told))


def every_plan(told: Told) -> list[Row]:
    """Child protection plans, those that another authority's child has here for a time too."""
    return told.once(_every_plan)


def _plans(told: Told) -> list[Row]:
    return _once_each(row for row in _sound_plans(told) if flag(row.get("cppl_cp_plan_ola")) is not True)


def kept_plans(told: Told) -> list[Row]:
    """The authority's own child protection plans that count; begun and ended on one day is a fault."""
    return told.once(_plans)


def _referrals_by_id(told: Told) -> dict[str, Row]:
    return {row["cine_referral_id"]: row for row in kept_referrals(told)}


def referral_called(told: Told, id: str | None) -> Row | None:
    """The referral of this id, if it is one that counts."""
    return told.once(_referrals_by_id).get(id or "")


def need_of_referral(told: Told, id: str | None) -> str | None:
    """The main need that was found for the referral of this id."""
    row = referral_called(told, id)
    return row.get("cine_cin_primary_need_code") if row else None


def of_person(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Rows by person."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def is_closed_as_not_in_need(row: Row) -> bool:
    """Whether a case closed after assessment as not in need, or was passed to early help."""
    return row.get("cine_close_reason") in ("RC8", "RC9")


def is_no_further_action(row: Row) -> bool:
    """Whether nothing more was done about a referral; not told is not yes."""
    return flag(row.get("cine_referral_nfa")) is True


def outcome_of_enquiry(row: Row) -> set[str] | None:
    """The codes of an enquiry's outcome, if they are told."""
    return outcomes(row.get("s47e_s47_outcome_json"))


def days(count: int) -> timedelta:
    """So many days."""
    return timedelta(days=count)
