"""Time in care as it is counted: short breaks out, what touches put together, and where children lived."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from insight.slow_counts.cases import is_in, is_open_on, of_person
from insight.slow_counts.told import Row, Told

SHORT_BREAKS = ("V3", "V4")


@dataclass(frozen=True)
class Spell:
    """One time in care. `is_start_known` is False where it may have begun earlier; `went_on` where it went on
    after its end and the source does not tell how.
    """

    person: str
    start: date
    is_start_known: bool
    end: date | None
    reason: str | None
    need: str | None
    periods: tuple[str, ...]
    home: str | None

    @property
    def went_on(self) -> bool:
        return self.end is not None and self.reason == "X1"

    def is_open_on(self, day: date) -> bool:
        return is_open_on(day, self.start, self.end)


def _periods(told: Told) -> dict[str, list[Row]]:
    """The periods of care of each child, in order, without those that ended as they began or before."""
    rows = [
        row
        for row in told.rows("kith_periods_of_care")
        if row["kith_start_date"]
        and row["kith_start_date"] <= told.until
        and (row["kith_end_date"] is None or row["kith_end_date"] > row["kith_start_date"])
    ]
    rows.sort(key=lambda row: (row["kith_start_date"], row["kith_end_date"] or date.max))
    return of_person(rows, "kith_person_id")


def _put_together(rows: list[Row]) -> list[list[Row]]:
    """Periods that touch, where the first did not end care, as one."""
    chains: list[list[Row]] = []
    for row in rows:
        before = chains[-1][-1] if chains else None
        if (
            before
            and before["kith_end_date"] == row["kith_start_date"]
            and before.get("kith_end_reason") in ("X1", None)
        ):
            chains[-1].append(row)
        else:
            chains.append([row])
    return chains


def statuses(told: Told) -> dict[str, list[Row]]:
    """The legal statuses of each period of care, in order."""
    rows = [
        row
        for row in told.rows("ssd_legal_status")
        if row["lega_legal_status_start_date"]
        and (
            row["lega_legal_status_end_date"] is None
            or row["lega_legal_status_end_date"] >= row["lega_legal_status_start_date"]
        )
    ]
    rows.sort(key=lambda row: row["lega_legal_status_start_date"])
    return of_person(rows, "kith_period_id")


def _spell(told: Told, chain: list[Row]) -> Spell | None:
    by_period = told.once(statuses)
    held = [status for row in chain for status in by_period.get(row["kith_period_id"], [])]
    others = [status for status in held if status["lega_legal_status"] not in SHORT_BREAKS]
    first, last = chain[0], chain[-1]
    start, is_known = first["kith_start_date"], first.get("kith_start_known") is not False
    if held and not others:
        return None
    if held and held[0]["lega_legal_status"] in SHORT_BREAKS:
        start, is_known = max(start, others[0]["lega_legal_status_start_date"]), True
    end = last["kith_end_date"]
    if end is not None and end <= start:
        return None
    return Spell(
        first["kith_person_id"],
        start,
        is_known,
        end,
        last.get("kith_end_reason"),
        first.get("kith_need_code"),
        tuple(row["kith_period_id"] for row in chain),
        first.get("kith_home_postcode"),
    )


def _spells(told: Told) -> list[Spell]:
    found = []
    for rows in _periods(told).values():
        made = [_spell(told, chain) for chain in _put_together(rows)]
        found += [spell for spell in made if spell]
    return found


def spells(told: Told) -> list[Spell]:
    """Every time in care that is not short breaks."""
    return told.once(_spells)


def _by_child(told: Told) -> dict[str, list[Spell]]:
    found: dict[str, list[Spell]] = {}
    for spell in sorted(spells(told), key=lambda spell: spell.start):
        found.setdefault(spell.person, []).append(spell)
    return found


def spells_of(told: Told, person: str) -> list[Spell]:
    """A child's times in care, in order."""
    return told.once(_by_child).get(person, [])


def latest_of_each(found: list[Spell], day: Callable[[Spell], date]) -> list[Spell]:
    """Each child's latest."""
    latest: dict[str, Spell] = {}
    for spell in found:
        if spell.person not in latest or day(latest[spell.person]) < day(spell):
            latest[spell.person] = spell
    return list(latest.values())


def in_care(told: Told, day: date) -> list[Spell]:
    """The children in care on a day, each once."""
    return latest_of_each([one for one in spells(told) if one.is_open_on(day)], lambda one: one.start)


def starting(told: Told, first: date, last: date) -> list[Spell]:
    """The children who came into care in a period, each once, by their latest start."""
    began = [one for one in spells(told) if one.is_start_known and is_in(one.start, first, last)]
    return latest_of_each(began, lambda one: one.start)


def ceasing(told: Told, first: date, last: date) -> list[Spell]:
    """The children who left care in a period, each once, by their latest end."""
    ended = [one for one in spells(told) if is_in(one.end, first, last) and not one.went_on]
    return latest_of_each(ended, lambda one: one.end or date.min)


def status_on(told: Told, spell: Spell, day: date) -> str | None:
    """The legal status on a day."""
    by_period = told.once(statuses)
    held = [
        row
        for period in spell.periods
        for row in by_period.get(period, [])
        if is_open_on(day, row["lega_legal_status_start_date"], row["lega_legal_status_end_date"])
    ]
    return (
        max(held, key=lambda row: row["lega_legal_status_start_date"])["lega_legal_status"] if held else None
    )


def first_status(told: Told, spell: Spell) -> str | None:
    """The first legal status of a time in care that is not of short breaks."""
    by_period = told.once(statuses)
    for period in spell.periods:
        for row in by_period.get(period, []):
            never_held = row["lega_legal_status_end_date"] == row["lega_legal_status_start_date"]
            if row["lega_legal_status"] not in SHORT_BREAKS and not never_held:
                code: str | None = row["lega_legal_status"]
                return code
    return None


UNACCOMPANIED = ("uasc", "unaccompanied asylum-seeking child")


def was_unaccompanied(told: Told, person: str, first: date, last: date) -> bool:
    """Whether a child was here alone, seeking asylum, on any day from `first` to `last`.

    What ended on the first of them is over.
    """
    return any(
        row["immi_person_id"] == person
        and (row["immi_immigration_status"] or "").strip().lower() in UNACCOMPANIED
        and (
            row["immi_immigration_status_start_date"] is None
            or row["immi_immigration_status_start_date"] <= last
        )
        and (
            row["immi_immigration_status_end_date"] is None or row["immi_immigration_status_end_date"] > first
        )
        for row in told.rows("ssd_immigration_status")
    )
