"""Where children in care lived: placements, the usual home on a day, and the time with one carer."""

from dataclasses import dataclass
from datetime import date

from insight.slow_counts.care_spells import Spell
from insight.slow_counts.cases import is_open_on, of_person
from insight.slow_counts.told import Row, Told

SHORT_STAYS = ("T0", "T1", "T2", "T3", "T4")


def _placements(told: Told) -> dict[str, list[Row]]:
    rows = [
        row
        for row in told.rows("ssd_cla_placement")
        if row["clap_cla_placement_start_date"]
        and (
            row["clap_cla_placement_end_date"] is None
            or row["clap_cla_placement_end_date"] > row["clap_cla_placement_start_date"]
        )
    ]
    rows.sort(key=lambda row: (row["clap_cla_placement_start_date"], row["clap_cla_placement_id"] or ""))
    return of_person(rows, "clap_cla_id")


def placements_of(told: Told, spell: Spell) -> list[Row]:
    """The placements of a time in care, in order, those that last no day left out.

    A child is in one at a time: one without an end lasts until the next, and none is longer than the time in
    care.
    """
    by_period = told.once(_placements)
    rows = [row for period in spell.periods for row in by_period.get(period, [])]
    found = []
    for at, row in enumerate(rows):
        end = row["clap_cla_placement_end_date"]
        if end is None and at + 1 < len(rows):
            end = rows[at + 1]["clap_cla_placement_start_date"]
        if spell.end is not None:
            end = min(end or spell.end, spell.end)
        start = max(row["clap_cla_placement_start_date"], spell.start)
        if end is None or end > start:
            found.append(row | {"clap_cla_placement_start_date": start, "clap_cla_placement_end_date": end})
    return found


def home_on(told: Told, spell: Spell, day: date) -> Row | None:
    """The placement on a day."""
    there = [
        row
        for row in placements_of(told, spell)
        if is_open_on(day, row["clap_cla_placement_start_date"], row["clap_cla_placement_end_date"])
    ]
    return there[-1] if there else None


def is_short_stay(row: Row) -> bool:
    """Whether a placement is for a while only, such as a hospital or a carer's holiday."""
    return row["clap_cla_placement_type"] in SHORT_STAYS


def usual_placement(told: Told, spell: Spell, day: date) -> Row | None:
    """The placement on a day; of a child away for a while, the one before, to which they will return."""
    there = home_on(told, spell, day)
    if there is None or not is_short_stay(there):
        return there
    before = [
        row
        for row in placements_of(told, spell)
        if not is_short_stay(row)
        and row["clap_cla_placement_start_date"] < there["clap_cla_placement_start_date"]
    ]
    return before[-1] if before else there


@dataclass(frozen=True)
class Run:
    """The time with one carer without a break, but for short stays elsewhere."""

    rows: tuple[Row, ...]

    @property
    def start(self) -> date:
        start: date = self.rows[0]["clap_cla_placement_start_date"]
        return start

    @property
    def end(self) -> date | None:
        end: date | None = self.rows[-1]["clap_cla_placement_end_date"]
        return end


def runs_of(rows: list[Row]) -> list[Run]:
    """Placements in order as runs by carer; short stays are left out, and without a carer each is its own."""
    runs: list[list[Row]] = []
    for row in rows:
        if is_short_stay(row):
            continue
        carer = row.get("kith_carer")
        if runs and carer and runs[-1][-1].get("kith_carer") == carer:
            runs[-1].append(row)
        else:
            runs.append([row])
    return [Run(tuple(rows)) for rows in runs]
