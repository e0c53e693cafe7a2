"""The largest of the shares that should be small: where to look first, changed or not."""

from collections.abc import Iterable

from kith.insight.case.finding import Largest
from kith.insight.case.look import Figure, Look
from kith.insight.case.words import ranged

LARGEST = "Largest of the shares that should be small, changed or not"


def largest(look: Look, names: Iterable[str], count: int) -> tuple[Largest, ...]:
    """At most `count` of these figures, the largest share first; none that is of too few, or of nobody."""
    figures = [look.of(name) for name in names]
    told = sorted(filter(_is_any, figures), key=lambda figure: -(figure.value or 0))
    return tuple(
        Largest(figure.indicator.id, f"{figure.indicator.title}: {ranged(figure)}.")
        for figure in told[:count]
    )


def _is_any(figure: Figure) -> bool:
    return figure.is_told and bool(figure.value)
