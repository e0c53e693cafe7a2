"""The page of every clock, `docs/clocks.md`, made from the table: `python -m kith.standards.clock_page`."""

import re
from functools import cache
from itertools import groupby
from pathlib import Path

from kith.standards import tables
from kith.standards.clocks import Clock, DayOne, Direction, Limit, Strength, Unit, Verified, clock_rows
from kith.standards.dates import long_date

PAGE = Path(__file__).parents[3] / "docs" / "clocks.md"
_WORDS = Path(__file__).parent / "data" / "clock_words.csv"

_STRENGTH = {
    Strength.LAW: "Law",
    Strength.STATUTORY_GUIDANCE: "Statutory guidance",
    Strength.STANDARD: "Standard",
    Strength.PRACTICE: "Practice, each authority's own to set",
}
_VERIFIED = {
    Verified.TEXT_SEEN: "Text read",
    Verified.SECONDARY_SEEN: "Seen second-hand",
    Verified.DATA_SEEN: "Seen in a return's rule",
    Verified.KNOWLEDGE: "**Not verified**",
}
_UNIT = {
    Unit.HOURS: "hour",
    Unit.CALENDAR_DAYS: "calendar day",
    Unit.WORKING_DAYS: "working day",
    Unit.WEEKS: "week",
    Unit.MONTHS: "month",
}
_HEAD = """# The clocks

Every time limit that Kith counts, in the order of the work. Made from `src/kith/standards/data/clocks.csv` by
`python -m kith.standards.clock_page`; change the table, not this page.

{rows} rows: {counts}.

A limit that is **not verified** was not seen at its source: check it before it decides a legal duty. "Seen
second-hand" was seen in a procedures page or the like, not in the law or guidance itself. Working days leave
out weekends and England's bank holidays. Where the law changed, what started under the old rule keeps it; "no
dates found" means that the day the rule began was not looked up.
"""
_COLUMNS = "| Clock | What, by when | Stands on | Checked | For what started |\n|---|---|---|---|---|\n"


def page() -> str:
    """The whole page in Markdown: a table of clocks for each stage of the work, in the order of the table."""
    counts = ", ".join(
        f"{sum(row.verified is verified for row in clock_rows())} {words.strip('*').lower()}"
        for verified, words in _VERIFIED.items()
    )
    parts = [_HEAD.format(rows=len(clock_rows()), counts=counts)]
    for stage, rows in groupby(clock_rows(), key=lambda row: row.stage):
        parts.append(f"## {sentence(stage)}\n\n{_COLUMNS}{''.join(map(_line, rows))}")
    return "\n".join(parts)


def in_words(clock: Clock) -> str:
    """What is due and by when, in one sentence without its full stop."""
    start = plain(clock.event_from)
    by_when = f"{_limit(clock)} {start}" if clock.limit is not Limit.NONE else f"{_measure(clock)}{start}"
    day_one = " (its day is day 1)" if clock.day_one is DayOne.SAME_DAY else ""
    again = ", and so again each time" if clock.repeats else ""
    return f"{sentence(clock.event_to_due)}: {by_when}{day_one}{again}"


def plain(name: str) -> str:
    """An event of the table in words: `icpc_held` is "initial child protection conference held"."""
    return _short_words().sub(lambda found: _words()[found[0]], name.replace("_", " "))


def sentence(name: str) -> str:
    """An event in words, with a capital to begin a line."""
    words = plain(name)
    return words[:1].upper() + words[1:]


def main() -> None:
    """Write the page, and say so."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Wrote {PAGE.name}: {len(clock_rows())} clocks")


def _line(clock: Clock) -> str:
    note = f". {clock.rule_note}" if clock.rule_note else ""
    cells = [
        clock.id,
        f"{in_words(clock)}{note}",
        f"{_STRENGTH[clock.strength]}: {clock.source}",
        _VERIFIED[clock.verified],
        _dates(clock),
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _limit(clock: Clock) -> str:
    amount = _amount(clock)
    if clock.limit is Limit.TOTAL:
        return f"no more than {amount} in all from"
    if clock.direction is Direction.BEFORE:
        return f"at least {amount} before" if clock.amount else "before, or on the day of,"
    return f"within {amount} of" if clock.limit is Limit.LATEST else f"not before {amount} after"


def _measure(clock: Clock) -> str:
    measured = f"measured against {_amount(clock)}" if clock.amount else "no limit in time"
    return f"{measured}, from "


def _amount(clock: Clock) -> str:
    amount, unit = clock.amount, _UNIT[clock.unit]
    if clock.unit is Unit.MONTHS and amount > 12 and amount % 12 == 0:
        amount, unit = amount // 12, "year"
    return f"{amount} {unit}" if amount == 1 else f"{amount} {unit}s"


def _dates(clock: Clock) -> str:
    began = f"from {long_date(clock.valid_from)}" if clock.valid_from else ""
    ended = f"to {long_date(clock.valid_to)}" if clock.valid_to else ""
    return " ".join(filter(None, (began, ended))) or "no dates found"


@cache
def _words() -> dict[str, str]:
    return {row["short"]: row["words"] for row in tables.rows(_WORDS)}


@cache
def _short_words() -> re.Pattern[str]:
    longest_first = sorted(_words(), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})\b")


if __name__ == "__main__":
    main()
