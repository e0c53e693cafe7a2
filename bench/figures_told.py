"""What is measured of figures: an authority's, from its Parquet by year, as a process can be asked it."""

import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from kith.insight.answers import answer
from kith.insight.catalogue import every_indicator, indicator_called
from kith.insight.england.published import published  # noqa: F401  what figures are set beside is imported too
from kith.insight.opening import open_facts
from kith.insight.periods import years_to

LAST_YEAR, YEARS = 2027, 10
THREE = ("children_in_care", "re_referrals", "children_with_three_or_more_placements")


def figures(folder: Path, breakdowns: Sequence[str] = (), indicators: Sequence[str] = ()) -> pl.DataFrame:
    """The figures of ten years: of every indicator, or of those named."""
    asked = [indicator_called(name) for name in indicators] or every_indicator()
    facts = open_facts(folder, only_for_figures=True).facts
    return answer(facts, years_to(LAST_YEAR, YEARS), asked, breakdowns).figures


def held_figures(folder: Path) -> int:
    """How many figures of the authority's ten years have a value: the work of one authority among many."""
    return figures(folder)["value"].count()


def of_the_three(folder: Path) -> dict[str, list[float]]:
    """The three that are worked out in another way too, by year: numbers, and shares in per cent."""
    told = figures(folder, indicators=THREE)
    shown = {THREE[0]: "number", THREE[1]: "share", THREE[2]: "share"}
    return {
        name: told.filter(pl.col("indicator") == name, pl.col("measure") == measure)["value"].to_list()
        for name, measure in shown.items()
    }


def used() -> tuple[float, float]:
    """Seconds on the clock and on the cores until now."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return time.perf_counter(), spent.ru_utime + spent.ru_stime


def print_used(folder: str, *breakdowns: str) -> None:
    """Tell every figure once, and print: seconds, the cores' seconds, most memory in MB, figures held."""
    every_indicator()
    started = used()
    told = figures(Path(folder), breakdowns)
    ended = used()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(ended[0] - started[0], ended[1] - started[1], peak, told["value"].count())
    sys.stdout.flush()
