"""Messages, referrals and cases of need."""

from datetime import date

from insight.slow_counts.cases import (
    days,
    is_closed_as_not_in_need,
    is_in,
    is_no_further_action,
    is_open_in,
    is_open_on,
    kept_referrals,
    latest_of_each,
    of_person,
    one_a_day,
)
from insight.slow_counts.counting import Unit, counts, in_words
from insight.slow_counts.days import months_before
from insight.slow_counts.told import Row, Told, flag, outcomes

_DAY = "cine_referral_date"


def _contacts(told: Told, first: date, last: date) -> list[Row]:
    """Messages of the period: one a child, a day and a source."""
    rows = [row for row in told.rows("ssd_contacts") if is_in(row["cont_contact_date"], first, last)]
    by_source: dict[str | None, list[Row]] = {}
    for row in rows:
        by_source.setdefault(row.get("cont_contact_source_code"), []).append(row)
    kept = []
    for of_one in by_source.values():
        kept += one_a_day(
            of_one, "cont_person_id", "cont_contact_date", "cont_contact_id", ["cont_contact_outcome_json"]
        )
    return kept


@counts("number")
def contacts(told: Told, first: date, last: date) -> list[Unit]:
    return [
        Unit(row["cont_person_id"], row["cont_contact_date"], kinds=_source(row, "cont_contact_source_code"))
        for row in _contacts(told, first, last)
    ]


def _source(row: Row, column: str = "cine_referral_source_code") -> tuple[str, ...]:
    return in_words("referral_source", row.get(column))


def _why_closed(row: Row) -> tuple[str, ...]:
    return in_words("cin_closure_reason", row.get("cine_close_reason"))


@counts("share")
def contacts_that_became_referrals(told: Told, first: date, last: date) -> list[Unit]:
    referred = of_person(kept_referrals(told), "cine_person_id")
    units = []
    for row in _contacts(told, first, last):
        person, day = row["cont_person_id"], row["cont_contact_date"]
        codes = outcomes(row.get("cont_contact_outcome_json"))
        if codes is not None:
            became = "NEW_REFERRAL_FLAG" in codes
        else:
            became = any(is_in(one[_DAY], day, day + days(3)) for one in referred.get(person, []))
        units.append(Unit(person, day, counts=became, kinds=_source(row, "cont_contact_source_code")))
    return units


def _of_period(told: Told, first: date, last: date) -> list[Row]:
    return [row for row in kept_referrals(told) if is_in(row[_DAY], first, last)]


def _unit(row: Row, day: date, **more: object) -> Unit:
    return Unit(row["cine_person_id"], day, need=row.get("cine_cin_primary_need_code"), **more)  # type: ignore[arg-type]


@counts("number")
def referrals(told: Told, first: date, last: date) -> list[Unit]:
    return [_unit(row, row[_DAY], kinds=_source(row)) for row in _of_period(told, first, last)]


@counts("number")
def children_referred(told: Told, first: date, last: date) -> list[Unit]:
    return [
        _unit(row, row[_DAY], kinds=_source(row))
        for row in latest_of_each(_of_period(told, first, last), "cine_person_id", _DAY)
    ]


@counts("share")
def re_referrals(told: Told, first: date, last: date) -> list[Unit]:
    every = of_person(kept_referrals(told), "cine_person_id")
    units = []
    for row in _of_period(told, first, last):
        since = months_before(row[_DAY], 12)
        earlier = [
            one for one in every[row["cine_person_id"]] if one[_DAY] and since <= one[_DAY] < row[_DAY]
        ]
        kinds = _source(row)
        units.append(_unit(row, row[_DAY], counts=bool(earlier), kinds=kinds))
    return units


@counts("share")
def referrals_with_no_further_action(told: Told, first: date, last: date) -> list[Unit]:
    return [
        _unit(
            row,
            row[_DAY],
            counts=flag(row["cine_referral_nfa"]),
            kinds=_source(row),
        )
        for row in _of_period(told, first, last)
        if flag(row.get("cine_referral_nfa")) is not None
    ]


@counts("share")
def referrals_assessed_and_not_in_need(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for row in _of_period(told, first, last):
        closed = row.get("cine_close_date")
        is_one = not is_no_further_action(row) and is_closed_as_not_in_need(row)
        kinds = _source(row)
        units.append(
            _unit(row, row[_DAY], counts=is_one and closed is not None and closed <= last, kinds=kinds)
        )
    return units


@counts("number")
def children_in_need(told: Told, first: date, last: date) -> list[Unit]:
    open_ = [
        row
        for row in kept_referrals(told)
        if is_open_on(last, row[_DAY], row.get("cine_close_date")) and not is_no_further_action(row)
    ]
    return [_unit(row, last) for row in latest_of_each(open_, "cine_person_id", _DAY)]


@counts("number")
def children_in_need_any_point(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for row in kept_referrals(told):
        closed = row.get("cine_close_date")
        is_closed_so = is_closed_as_not_in_need(row) and closed is not None and closed <= last
        if is_open_in(first, last, row[_DAY], closed) and not is_no_further_action(row) and not is_closed_so:
            units.append(_unit(row, min(closed or last, last)))
    return units


@counts("number")
def children_becoming_in_need(told: Told, first: date, last: date) -> list[Unit]:
    units = []
    for row in _of_period(told, first, last):
        closed = row.get("cine_close_date")
        is_closed_so = is_closed_as_not_in_need(row) and closed is not None and closed <= last
        if not is_no_further_action(row) and not is_closed_so:
            units.append(_unit(row, row[_DAY], kinds=_source(row)))
    return units


def _ended(told: Told, first: date, last: date) -> list[Row]:
    return [
        row
        for row in kept_referrals(told)
        if is_in(row.get("cine_close_date"), first, last)
        and not is_no_further_action(row)
        and not is_closed_as_not_in_need(row)
    ]


@counts("number")
def children_no_longer_in_need(told: Told, first: date, last: date) -> list[Unit]:
    return [_unit(row, row["cine_close_date"], kinds=_why_closed(row)) for row in _ended(told, first, last)]


@counts("median")
def length_of_a_case(told: Told, first: date, last: date) -> list[Unit]:
    return [
        _unit(
            row,
            row["cine_close_date"],
            value=float((row["cine_close_date"] - row[_DAY]).days),
            kinds=_why_closed(row),
        )
        for row in _ended(told, first, last)
        if row[_DAY]
    ]
