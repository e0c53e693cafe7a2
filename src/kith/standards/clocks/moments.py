"""Moments whose hour may not be known: which day they fall on, and which of two is the later."""

from datetime import date, datetime

from kith.standards.working_days import legal_day

Moment = date | datetime  # a datetime where the hour is known, else a date


def day_of(moment: Moment) -> date:
    """The day of a moment, in London where it has an hour."""
    return legal_day(moment) if isinstance(moment, datetime) else moment


def is_after(one: Moment, other: Moment) -> bool:
    """Whether `one` is later: by the moment where both have an hour, else by the day."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one > other
    return day_of(one) > day_of(other)


def sort_key(moment: Moment) -> tuple[date, float]:
    """Sorts moments by day, and within a day by hour; one with no hour comes first."""
    return day_of(moment), moment.timestamp() if isinstance(moment, datetime) else float("-inf")
