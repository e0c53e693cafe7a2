"""How findings put figures into sentences: a figure that is not told is never said to be none."""

from collections.abc import Sequence

from kith.insight.case.look import Figure, Look
from kith.insight.figures_in_words import Measure as Written
from kith.insight.figures_in_words import count_in_words
from kith.insight.statistics.compare import Direction, change_in_words, compare

_LOWERED = {"The", "This", "It", "No", "How", "What", "There", "Of", "Every"}


def why_not(figures: Sequence[Figure]) -> tuple[str, ...]:
    """Why each figure that is not told is not, each reason once, as what a finding does not know."""
    reasons: dict[str, list[str]] = {}
    for figure in figures:
        if figure.is_told:
            continue
        reason = figure.why_not or "There are too few to say."
        reasons.setdefault(reason, []).append(figure.indicator.title)
    return tuple(f"{'; '.join(titles)}: {lower_first(reason)}" for reason, titles in reasons.items())


def number(figure: Figure, unit: str) -> str:
    """A number with what was counted, "1,234 children"."""
    return count_in_words(figure.value or 0, unit)


def rate(figure: Figure) -> str:
    """A rate as the middle of a sentence, ", 52 for every 10,000 children"; blank where it is not told."""
    if not figure.is_told or figure.value is None:
        return ""
    return f", {figure.written.short(figure.value)} for every 10,000 children who live here"


def ranged(figure: Figure) -> str:
    """The figure with its range: "38% (36% to 41%)"."""
    return f"{figure.words} ({figure.range_words})" if figure.range_words else figure.words


def short(figure: Figure) -> str:
    """The figure without its unit: "0.6"."""
    return figure.written.short(figure.value or 0)


def of_whom(figure: Figure, look: Look, who: str) -> str:
    """ "Of those", or of an earlier year's where this period's cannot be told yet: "Of the enquiries of
    2024-25".
    """
    return "Of those" if figure.period == look.period else f"Of the {who} of {figure.period}"


def beside(look: Look, name: str, measure: str | None = None) -> str:
    """England's figure in a sentence that names what it is; blank where none is published."""
    england = look.england(name, measure)
    if england is None:
        return ""
    return f"{look.of(name, measure).indicator.title}, England {england.year}: {england.words}."


def since(look: Look, name: str, measure: str | None = None) -> str:
    """Whether the figure has changed since the period a year or so before, as a sentence; blank where neither
    can be told."""
    now, before = look.of(name, measure), look.before(name, measure)
    if before is None or not now.is_told:
        return ""
    comparison = compare(now.interval, before.interval)
    if comparison.direction is Direction.CANNOT_TELL:
        return ""
    told = change_in_words(comparison, before.period)
    verb = "This is" if comparison.direction in (Direction.HIGHER, Direction.LOWER) else "There is"
    return f"{verb} {told}."


def multiple(figure: Figure) -> str:
    """A ratio in words: "1.8 times"."""
    return Written("ratio").long(figure.value or 0)


def some(*sentences: str) -> tuple[str, ...]:
    """Those of the sentences that say anything."""
    return tuple(sentence for sentence in sentences if sentence)


def lower_first(text: str) -> str:
    """The words as they go on after a colon; a name keeps its capital."""
    first, _, rest = text.partition(" ")
    return f"{first.lower()} {rest}" if first in _LOWERED else text
