"""How a figure is written, by its measure and its unit: one way for pages, charts, reports and workbooks.

A written figure never says more than it knows: what rounds to nothing but is not nothing is "under 0.1", and
nearly all is "over 99%".
"""

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

SUPPRESSED_SIGN = "c"  # the Government Statistical Service's sign for a figure kept back
STATES = {
    "not_held": "not held",
    "none_to_count": "none to count",
    "suppressed": "too few to show",
}
# A measure's figures under this many are written with one decimal place; over it, whole.
ONE_DECIMAL_UNDER = {"number": 0, "rate": 10, "share": 10, "mean": 10, "median": 100}
MEASURES = (*ONE_DECIMAL_UNDER, "ratio")
ONE_OF = {
    "children": "child",
    "people": "person",
    "families": "family",
    "enquiries": "enquiry",
    "days": "day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "contacts": "contact",
    "referrals": "referral",
    "assessments": "assessment",
    "conferences": "conference",
    "plans": "plan",
    "visits": "visit",
    "reviews": "review",
    "placements": "placement",
    "workers": "worker",
    "leavers": "leaver",
    "homes": "home",
    "episodes": "episode",
    "periods": "period",
    "decisions": "decision",
    "households": "household",
    "moves": "move",
}
_PLURAL = re.compile(r"\b(" + "|".join(ONE_OF) + r")\b")


def number_in_words(value: float, decimals: int = 0) -> str:
    """The number with thousands parted by commas, halves rounded up: 1234.5 is "1,235"."""
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{rounded:,}"


def count_in_words(value: float, unit: str) -> str:
    """The number and what was counted, "1,234 children", "1 child"; the unit is given for many."""
    written = number_in_words(value)
    return f"{written} {one_of(unit) if written == '1' else unit}"


def one_of(unit: str) -> str:
    """The unit for one: "children in care" becomes "child in care"; a word not known stays as it is."""
    return _PLURAL.sub(lambda found: ONE_OF[found.group()], unit, count=1)


def state_in_words(state: str) -> str:
    """What a figure that is not there says in its place; "" for one that is held."""
    return STATES.get(state, "")


@dataclass(frozen=True)
class Measure:
    """How one indicator is measured: number, rate, share, median, mean or ratio; `unit` is what is counted.

    The unit of a median or a mean is what it is measured in ("days"). A rate is for every 10,000 children.
    Raises ValueError for any other measure.
    """

    name: str
    unit: str = "children"

    def __post_init__(self) -> None:
        if self.name not in MEASURES:
            raise ValueError(f"{self.name!r} is not a measure; one of {', '.join(MEASURES)}")

    @property
    def is_whole(self) -> bool:
        """Whether every figure of it is a whole number, so that an axis has no halves."""
        return self.name == "number"

    def decimals(self, value: float) -> int:
        """How many decimal places a figure of this size is written with."""
        if self.name == "ratio":
            return 2 if value < 10 else int(value < 100)
        return int(value < ONE_DECIMAL_UNDER[self.name])

    def short(self, value: float, like: float | None = None) -> str:
        """The figure where room is short: "1,234", "52", "38%", "44", "1.81".

        `like` is another figure whose decimal places it takes, as an end of a range takes its figure's.
        """
        sign = "%" if self.name == "share" else ""
        own_places = like is None or self.name == "ratio"
        return self._exact(value, self.decimals(value if own_places else like or 0.0), sign)

    def _exact(self, value: float, decimals: int, sign: str) -> str:
        if value == 0 or (value == int(value) and self.name != "ratio"):
            return number_in_words(value) + sign
        written = number_in_words(value, decimals)
        if value > 0 and Decimal(written.replace(",", "")) == 0:
            return f"under {Decimal(1).scaleb(-decimals)}{sign}"
        if self.name == "share" and value < 100 and written == number_in_words(100, decimals):
            return "over 99%"
        return written + sign

    def long(self, value: float) -> str:
        """The figure with its unit: "1,234 children", "52 per 10,000 children", "38%", "44 days"."""
        written = self.short(value)
        if self.name == "share":
            return written
        if self.name == "rate":
            return f"{written} per 10,000 children"
        if self.name == "ratio":
            return f"{written} times"
        return f"{written} {one_of(self.unit) if written == '1' else self.unit}"

    def range(self, low: float, high: float, like: float | None = None) -> str:
        """The two ends, "36% to 41%", written as the figure `like` between them; one where they are alike."""
        ends = dict.fromkeys([self.short(low, like), self.short(high, like)])
        return " to ".join(ends)

    def with_range(self, value: float, low: float | None, high: float | None) -> str:
        """The figure with its unit and, where known, its range: "38% (95% range 36% to 41%)"."""
        if low is None or high is None:
            return self.long(value)
        return f"{self.long(value)} (95% range {self.range(low, high, value)})"

    def axis(self) -> str:
        """What an axis of this measure counts: "per 10,000 children", "days", "per cent", "times"."""
        return {"rate": "per 10,000 children", "share": "per cent", "ratio": "times"}.get(
            self.name, self.unit
        )

    def tick(self, value: float, step: float) -> str:
        """The figure beside an axis marked every `step`, a round one, with the places it needs."""
        places = max(0, -math.floor(math.log10(step)))
        return number_in_words(value, places) + ("%" if self.name == "share" else "")
