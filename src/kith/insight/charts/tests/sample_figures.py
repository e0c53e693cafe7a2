"""Figures and words for the sample charts; every figure and place is invented."""

from kith.insight.charts.figure import Figure, not_held, suppressed
from kith.insight.figures_in_words import Measure

RATE = Measure("rate")
SHARE = Measure("share")
DAYS = Measure("median", "days")
NUMBER = Measure("number", "children")
HOSTILE = "\"><script>alert('x')</script> & \x00\x1b\u202e</svg><style>*{}</style>"
LONG = "Any other mixed or multiple ethnic background, described by the family in their own words"
WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
YEARS = tuple(f"20{year}-{year + 1}" for year in range(10, 20))


def ranged(*values: float, wide: float = 0.08) -> tuple[Figure, ...]:
    return tuple(Figure(value, value * (1 - wide), value * (1 + wide)) for value in values)


def plain(*values: float) -> tuple[Figure, ...]:
    return tuple(Figure(value) for value in values)


def with_gaps() -> tuple[Figure, ...]:
    held = list(ranged(58, 60, 57, 61, 63, 62, 66, 64, 69, 67))
    held[2] = not_held("a 903 holds no referrals")
    held[6] = suppressed()
    return tuple(held)


ENGLAND = plain(58, 59, 60, 60, 60, 60, 62, 64, 65, 67)
NORTH = plain(71, 74, 77, 79, 82, 86, 92, 95, 101, 107)
MONTHS = tuple(
    f"{month} {year}"
    for year in (2025, 2026)
    for month in ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
)
