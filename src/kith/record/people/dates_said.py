"""Dates of birth as people type them."""

import re
from calendar import month_abbr, month_name, monthrange
from dataclasses import dataclass
from datetime import date

MONTHS = {
    name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name
}
MONTHS["sept"] = 9
MONTH = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"

FORMS = [
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<word>{MONTH})\.?,?\s+(?P<year>\d{{4}}|\d\d)\b"
    ),
    re.compile(rf"\b(?P<word>{MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b"),
    re.compile(rf"\b(?P<word>{MONTH})\.?\s+(?P<year>\d{{4}})\b"),
    re.compile(r"\b(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\b"),
    re.compile(r"\b(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4}|\d\d)\b"),
    re.compile(r"^\s*(?P<day>\d\d)(?P<month>\d\d)(?P<year>(?:19|20)\d\d)\s*$"),
    re.compile(r"^\s*(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)\s*$"),
]


@dataclass(frozen=True)
class Said:
    """A date somebody typed: the days it may mean, the likeliest first, and the words around it."""

    first: date
    last: date  # the same day, or the end of the month when no day was said
    swapped: date | None  # day and month the other way round, where that is a date
    rest: str


def date_in(text: str, today: date) -> Said | None:
    """The date of birth in `text`, or None: 3/2/2018, 3 Feb 18, 2018-02-03, Feb 2018, 03022018.

    Day comes before month, as in England. A two-figure year is the latest one not after `today`.
    """
    lower = text.lower()
    for form in FORMS:
        for match in form.finditer(lower):
            if said := _said(match.groupdict(), today):
                rest = f"{text[: match.start()]} {text[match.end() :]}"
                return Said(*said, rest=re.sub(r"\b(born|dob|on)\b", " ", rest, flags=re.I).strip())
    return None


def _said(parts: dict[str, str | None], today: date) -> tuple[date, date, date | None] | None:
    year = _year(parts["year"] or "", today)
    month = MONTHS[parts["word"] or ""] if parts.get("word") else int(parts.get("month") or 0)
    if not parts.get("day"):
        if not (1 <= month <= 12 and year >= 1):
            return None
        return date(year, month, 1), date(year, month, monthrange(year, month)[1]), None
    day = int(parts["day"] or 0)
    meant, swapped = _date(year, month, day), _date(year, day, month)
    if parts.get("word"):
        swapped = None
    first = meant or swapped
    return (first, first, swapped if meant and swapped != meant else None) if first else None


def _year(written: str, today: date) -> int:
    if len(written) == 4:
        return int(written)
    year = today.year // 100 * 100 + int(written)
    return year if year <= today.year else year - 100


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
