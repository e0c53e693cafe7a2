"""What a finding is: what is so, what stands beside it, and what it does not know."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Chart:
    """A chart that a finding shows: a figure over its periods, or by the groups of a breakdown."""

    indicator: str
    measure: str
    breakdown: str | None = None


@dataclass(frozen=True)
class Worry:
    """A figure that stands out to the worse, in a sentence, and by how many standard errors."""

    indicator: str
    words: str
    score: float


@dataclass(frozen=True)
class Largest:
    """A share that should be small and is among the largest of those, in a sentence; no sign of a change."""

    indicator: str
    words: str


@dataclass(frozen=True)
class Finding:
    """One of the six findings.

    `sentences` say what is so; `beside` what England's figures say; `unknown` what the finding does not know,
    and `caution` the mistake that is easily made. `indicators` are the figures it opens into, `charts` those
    that it draws. `is_held` is False where nothing of it can be told.
    """

    id: str
    title: str
    question: str
    sentences: tuple[str, ...]
    beside: tuple[str, ...]
    unknown: tuple[str, ...]
    caution: str
    charts: tuple[Chart, ...]
    indicators: tuple[str, ...]
    is_held: bool
