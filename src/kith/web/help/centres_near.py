"""What is open at family centres near somebody this week, where any centre says so."""

from datetime import date

from kith.record.centres.queries import Held, sessions_this_week


def near_this_week(where: str, today: date) -> list[Held]:
    """The open sessions of the next seven days near a district or the first half of a postcode; else all."""
    return sessions_this_week(today, where)
