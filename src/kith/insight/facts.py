"""What indicators are asked about: one authority's dataset, what its source can tell, and what is looked
up.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any, TypeVar

import polars as pl

from kith.dataset.dataset import Dataset
from kith.insight.lookups import Lookups
from kith.insight.periods import Period
from kith.insight.sources import Sources
from kith.insight.sources.needs import in_words, only_with

Made = TypeVar("Made")


@dataclass(frozen=True)
class Facts:
    """One authority's facts, as indicators read them.

    `sources` says what the facts came from, and so what they cannot tell. `authority` is its ONS code, or an
    invented one's; None where nobody said. `lookups` are the tables that no return holds: child populations,
    areas, deprivation.
    """

    dataset: Dataset
    sources: Sources
    authority: str | None = None
    lookups: Lookups = field(default_factory=Lookups)
    _made: dict[Any, "_Once"] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self.dataset[table]

    def worked_out(self, make: Callable[..., Made], *asked: Hashable) -> Made:
        """What `make(facts, *asked)` gives, worked out once for the same `asked` (such as the periods).

        Several threads may ask: one works it out, and the others wait for that. Nothing that is worked out
        may ask for itself.
        """
        key = (make, *asked)
        # Looked for first: most is asked for again, and a lock would be made for nothing.
        once: _Once = self._made.get(key) or self._made.setdefault(key, _Once())
        with once.lock:
            if not once.made:
                once.made.append(make(self, *asked))
        made: Made = once.made[0]
        return made

    def why_not(
        self,
        needs: Sequence[str],
        period: Period,
        looks_back: int = 0,
        looks_on: int = 0,
        only_last_day: bool = False,
    ) -> str | None:
        """Why these needs are not told of a period, in words; None where they are.

        As `Sources.why_not`; and a column that was left blank in every row that could have it tells nothing.
        """
        why = self.sources.why_not(needs, period, looks_back, looks_on, only_last_day)
        blank = (_left_blank(self, need) for need in needs if self.worked_out(_is_blank, need))
        return why or next(blank, None)

    @property
    def until(self) -> date:
        """The last day that the facts tell of."""
        return self.sources.until

    def first_told(self, table: str) -> date | None:
        """The first day from which the sources tell of `table` without a gap; None where it is not known."""
        return self.sources.first_told(table)


@dataclass(frozen=True)
class _Once:
    """What is worked out once, when it has been, and a lock for who works it out."""

    lock: Lock = field(default_factory=Lock)
    made: list[Any] = field(default_factory=list)


def _is_blank(facts: Facts, need: str) -> bool:
    return all(_is_blank_column(facts, either) for either in need.split("|"))


def _is_blank_column(facts: Facts, need: str) -> bool:
    table, _, column = need.partition(".")
    if not column:
        return False
    needed, rows = only_with(need), facts[table]
    asked = rows[needed].count() if needed else rows.height
    return asked > 0 and rows[column].count() == 0


def _left_blank(facts: Facts, need: str) -> str:
    return f"Every row was given without {in_words(need).words}."
