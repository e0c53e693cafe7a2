"""A figure as charts take it: a value with its range, or the reason why there is none."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kith.insight.figures_in_words import STATES, SUPPRESSED_SIGN, Measure, state_in_words

HELD = "held"


@dataclass(frozen=True)
class Figure:
    """A value from nothing upwards with its 95 % range, or a state that says why it is not there.

    A range is cut at nothing, below which no count, share or time lies. Raises ValueError for a held figure
    without a value, a value below nothing or without end, and an unknown state.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    state: str = HELD
    why_not: str = ""

    def __post_init__(self) -> None:
        if self.state != HELD and self.state not in STATES:
            raise ValueError(f"{self.state!r} is not a state of a figure")
        if self.state == HELD and (self.value is None or not 0 <= self.value < math.inf):
            raise ValueError(f"a figure that is held is nothing or more, and {self.value} is not")
        if self.low is not None:
            object.__setattr__(self, "low", max(0.0, self.low))

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Figure":
        """The figure of a row with the columns value, low, high, state and why_not; `marker` says kept back.

        Raises ValueError for a number below nothing, as a difference can be: say that in words.
        """
        if row.get("marker") == SUPPRESSED_SIGN:
            return cls(state="suppressed", why_not=row["why_not"] or "")
        return cls(row["value"], row["low"], row["high"], row["state"], row["why_not"] or "")

    @property
    def held(self) -> float | None:
        """The value, or None where it may not or cannot be shown."""
        return self.value if self.state == HELD else None

    @property
    def range(self) -> tuple[float, float] | None:
        """The two ends of its 95 % range, None where it has none or is not shown."""
        if self.held is None or self.low is None or self.high is None:
            return None
        return self.low, self.high


def not_held(why_not: str = "") -> Figure:
    """A figure that the source cannot tell."""
    return Figure(state="not_held", why_not=why_not)


def suppressed() -> Figure:
    """A figure kept back, as so few people lie behind it."""
    return Figure(state="suppressed")


@dataclass(frozen=True)
class Beside:
    """What stands beside the figures of a place: England's, a region's, one for each period or group."""

    name: str
    figures: tuple[Figure, ...]


def cell(figure: Figure, measure: Measure) -> str:
    """The figure as a table shows it: "38%", "c", "not held"."""
    if figure.held is not None:
        return measure.short(figure.held)
    return SUPPRESSED_SIGN if figure.state == "suppressed" else state_in_words(figure.state)


def range_cell(figure: Figure, measure: Measure) -> str:
    """Its range as a table shows it, "36% to 41%"; "" where it has none."""
    return measure.range(*figure.range, figure.held) if figure.range else ""


def said(figure: Figure, measure: Measure) -> str:
    """The figure after "the figure ...": "was 38% (95% range 36% to 41%)", "is not held"."""
    if figure.held is not None:
        return f"was {spoken(figure, measure)}"
    why = figure.why_not.rstrip(".")
    if figure.state == "not_held":
        return f"is not held: {_inside(why.partition('. ')[0])}" if why else "is not held"
    if figure.state == "none_to_count":
        return "cannot be worked out, as there was none to count"
    return f"is not shown: {_inside(why)}" if why else "is not shown, as too few children lie behind it"


def _inside(words: str) -> str:
    """The words as they stand inside a sentence; a name in capitals keeps them."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def reasons(figures: Iterable[Figure]) -> tuple[str, ...]:
    """What stands for each sign among the figures, and each reason why one is not there, once."""
    found: dict[str, None] = {}
    for figure in figures:
        why = figure.why_not.rstrip(".")
        if figure.state == "suppressed":
            found[f"{SUPPRESSED_SIGN}: {_inside(why) or state_in_words(figure.state)}"] = None
        elif figure.state == "not_held" and why:
            found[f"Not held: {_inside(why)}"] = None
    return tuple(sorted(found, key=lambda note: not note.startswith(SUPPRESSED_SIGN)))


def spoken(figure: Figure, measure: Measure) -> str:
    """A held figure with its unit and range: "38% (95% range 36% to 41%)"."""
    low, high = figure.range or (None, None)
    return measure.with_range(figure.held or 0.0, low, high)


def all_held(figures: Iterable[Figure]) -> list[float]:
    """The values of those that are held."""
    return [figure.held for figure in figures if figure.held is not None]


def listed(words: Iterable[str]) -> str:
    """The words as a sentence lists them: "one", "one and two", "one, two and three"."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} and {last}" if first else last
