"""What an indicator is: one small file with its definition in words, a function, and examples.

    @indicator(
        topic="care", measure="number", unit="children", when="last_day",
        needs="kith_periods_of_care ssd_legal_status",
        source="Children looked after in England, methodology (DfE, 2024)",
    )
    def children_in_care(facts: Facts, when: Periods) -> pl.DataFrame:
        '''Children in care

        Every child who is looked after on the last day of the period ...
        '''
        return in_care_on_the_last_day(facts, when)

The first line of the docstring is what it is called, the rest is its definition. The function gives what is
counted, one row for each: `period` (the number of a period), `person`, `day` (the day as of which the child's
age and the like are told); `counts` (for a share: whether it counts, null where that is not told, and then it
is left out of the share) or `value` (for a median or a mean, null where it is not told). It may add `need`,
`team`, `worker` and `kind`, by which figures can be broken down, and `item`, the id of the fact that is
counted.

What is measured: a "number" (and, where a child population is known, a rate); a "share"; a "median" or
"mean"; or a "mix": the number of everyone, and in each kind the share of them (of all different `item`s,
where one may be of several kinds); or a "difference": how many of what `counts` there are more than of what
does not, and what share of the first that is; or a "ratio": for each group of its one breakdown how many
times as likely it is there as in the group that it is set `against`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from kith.insight.facts import Facts
from kith.insight.periods import Period, Periods

Measure = Literal["number", "mix", "difference", "share", "median", "mean", "ratio"]
When = Literal["during", "last_day"]
Way = Literal["more", "less", "neither"]
Function = Callable[[Facts, Periods], pl.DataFrame]
WhyNot = Callable[[Facts, Period], str | None]

UNITS: Mapping[str, pl.DataType] = {
    "period": pl.UInt32(),
    "person": pl.String(),
    "day": pl.Date(),
    "counts": pl.Boolean(),
    "value": pl.Float64(),
    "need": pl.String(),
    "team": pl.String(),
    "worker": pl.String(),
    "kind": pl.String(),
    "item": pl.String(),
}
"""The columns of what an indicator counts; those that its function leaves out are null."""


@dataclass(frozen=True)
class Indicator:
    """One definition. `id` is the function's name, by which a figure speaks of it.

    `unit` names what a number counts or a median is in ("children", "days"); `out_of` what a share is a share
    of. `when` says whether it is counted over the period or on its last day. `needs` are what the sources
    must tell, `looks_back` how many years before the period too, and `looks_on` how many months after what is
    counted: what is not that old yet is left out by its function. `way` is which way is good, if any. `by`
    are the breakdowns that it makes sense in, `kind` what its own kinds are of ("Placement"), and `against`
    the group that a ratio sets the others against.
    `is_per_child` says that the number is also told per 10,000 children, and `gives_number` that beside a
    share it is told how many count in it. `published`, `published_rate` and `published_number` are the ids of
    England's published figures that they should agree with; empty for none. `why_not` gives why a period
    cannot be told though the needs are, or None.
    """

    id: str
    title: str
    definition: str
    topic: str
    measure: Measure
    unit: str
    out_of: str
    when: When
    needs: tuple[str, ...]
    looks_back: int
    looks_on: int
    way: Way
    by: tuple[str, ...]
    kind: str
    against: str
    source: str
    note: str
    published: str
    published_rate: str
    published_number: str
    is_per_child: bool
    gives_number: bool
    function: Function = field(repr=False)
    why_not: WhyNot | None = field(default=None, repr=False)
    examples: str = field(default="", repr=False)

    @property
    def only_last_day(self) -> bool:
        return self.when == "last_day" and not self.looks_back

    def units(self, facts: Facts, when: Periods) -> pl.DataFrame:
        """What is counted, with every column of `UNITS`, in their order."""
        return facts.worked_out(_units, self.function, when)


def _units(facts: Facts, function: Function, when: Periods) -> pl.DataFrame:
    rows = function(facts, when)
    return rows.select(
        pl.col(name).cast(kind) if name in rows.columns else pl.lit(None, dtype=kind).alias(name)
        for name, kind in UNITS.items()
    )


EVERYBODY = "age sex ethnicity"


def indicator(
    *,
    topic: str,
    measure: Measure,
    unit: str,
    needs: str,
    source: str,
    when: When = "during",
    out_of: str = "",
    looks_back: int = 0,
    looks_on: int = 0,
    way: Way = "neither",
    by: str = EVERYBODY,
    kind: str = "",
    against: str = "",
    note: str = "",
    published: str = "",
    published_rate: str = "",
    published_number: str = "",
    is_per_child: bool | None = None,
    gives_number: bool = False,
    why_not: WhyNot | None = None,
) -> Callable[[Function], Indicator]:
    """Make the decorated function an indicator. `needs` and `by` are parted by blanks.

    A number is told per 10,000 children too unless `is_per_child` is False. Raises TypeError where a part of
    the definition is missing.
    """
    if measure in ("share", "difference") and not out_of:
        raise TypeError("A share has to say what it is out of.")
    if ("kind" in by.split()) != bool(kind):
        raise TypeError("What is broken down by kind has to say what the kinds are of.")
    if (measure == "ratio") != bool(against) or (against and len(by.split()) != 1):
        raise TypeError("A ratio has one breakdown, and says which of its groups the others are set against.")

    def made(function: Function) -> Indicator:
        title, _, definition = (function.__doc__ or "").partition("\n")
        if not definition.strip():
            raise TypeError(f"{function.__name__} has no docstring with a title and a definition.")
        return Indicator(
            id=function.__name__,
            title=title.strip().rstrip("."),
            definition=" ".join(definition.split()),
            topic=topic,
            measure=measure,
            unit=unit,
            out_of=out_of,
            when=when,
            needs=tuple(needs.split()),
            looks_back=looks_back,
            looks_on=looks_on,
            way=way,
            by=tuple(by.split()),
            kind=kind,
            against=against,
            source=" ".join(source.split()),
            note=" ".join(note.split()),
            published=published,
            published_rate=published_rate,
            published_number=published_number,
            is_per_child=measure == "number" if is_per_child is None else is_per_child,
            gives_number=gives_number,
            function=function,
            why_not=why_not,
        )

    return made
