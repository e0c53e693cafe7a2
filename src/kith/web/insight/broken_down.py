"""How a figure may be broken down on a page: never by who decided."""

from django.http import HttpRequest

from kith.insight.breakdowns import BREAKDOWNS
from kith.insight.indicator import Indicator
from kith.web.insight.reading import Reading, is_of_people_who_decide

NEVER_SHOWN = "worker"  # what became of somebody's decisions is theirs to see first
OF_TEAMS = ("team", NEVER_SHOWN)


def breakdowns_of(asked: Indicator, reading: Reading) -> list[str]:
    """How the figure may be broken down on this page: never by who decided."""
    kept = OF_TEAMS if is_of_people_who_decide(asked.id) else (NEVER_SHOWN,)
    allowed = reading.breakdowns
    return [name for name in asked.by if name not in kept and (allowed is None or name in allowed)]


def breakdown_asked(request: HttpRequest, asked: Indicator, reading: Reading) -> str:
    """The breakdown that the address asks for; of a ratio its own; "" for none."""
    possible = breakdowns_of(asked, reading)
    wanted = request.GET.get("by", "")
    if asked.measure == "ratio" or wanted not in possible:
        return possible[0] if possible and (asked.measure == "ratio" or not wanted) else ""
    return wanted


def breakdown_words(asked: Indicator, name: str) -> str:
    """A breakdown in words; kinds are called after what they are of."""
    return asked.kind if name == "kind" else BREAKDOWNS[name].words
