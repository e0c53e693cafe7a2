"""Sentences that several charts say: what stands beside a figure, and what could not be shown."""

from collections.abc import Iterable, Sequence

from kith.insight.charts.figure import Figure, listed
from kith.insight.charts.letters import clean
from kith.insight.figures_in_words import Measure


def beside_words(pairs: Sequence[tuple[str, Figure]], measure: Measure) -> str:
    """ "the figure for England was 65 per 10,000 children and for the North East was ..."; "" for none."""
    parts = [_beside(name, figure, measure) for name, figure in pairs]
    return f"the figure {listed(parts)}" if parts else ""


def _beside(name: str, figure: Figure, measure: Measure) -> str:
    if figure.held is not None:
        return f"for {name} was {measure.long(figure.held)}"
    return f"for {name} is not {'shown' if figure.state == 'suppressed' else 'held'}"


def joined(sentences: Iterable[str]) -> str:
    """The sentences that are not empty, one after another, without what a page cannot show."""
    return clean(" ".join(each for each in sentences if each))


def sentence(parts: Iterable[str]) -> str:
    """The parts that are not empty as one sentence with semicolons; "" where there are none."""
    together = "; ".join(part for each in parts if (part := each.strip().rstrip(".")))
    return f"{together[0].upper()}{together[1:]}." if together else ""


def gaps_sentence(named: Iterable[tuple[str, Figure]]) -> str:
    """What could not be shown, by reason: "Not held: 2012-13. Too few to show: 2014-15." """
    named = list(named)
    said = {"not_held": "Not held", "suppressed": "Too few to show", "none_to_count": "None to count"}
    sentences = []
    for state, words in said.items():
        names = [name for name, figure in named if figure.state == state]
        if names:
            sentences.append(f"{words}: {listed(names)}.")
    return " ".join(sentences)
