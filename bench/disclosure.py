"""Seconds to make figures fit to leave, what is lost by it, and what an attacker who knows the rule finds.

    python bench/disclosure.py [--json] [--children 400] [--indicators 80] [--years 10] [--pins]

Makes an invented authority's figures by seven breakdowns, releases them for partners and for anybody, best of
three, and lets the attack of the tests loose on them. `--pins` also releases every population of up to 18
children in two breakdowns, and counts the small cells, of up to 12 children, that somebody could know exactly
who runs this programme on all of them (a minute). Seconds are of one processor.
Exit status 1 where a cell can be worked out, or making the figures takes longer than the limit.
"""

import argparse
import json
import sys
import time
from collections import defaultdict
from itertools import product
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from kith.insight.disclosure import audience_called, audit, release
from kith.insight.disclosure.tests.invented_figures import AS_OF, an_authority, figures, number

LIMIT_S = 4.0
RUNS = 3
CELL = ["authority", "indicator", "measure", "first", "breakdown", "group"]


def measured(frame: pl.DataFrame, audience: str) -> dict:
    who = audience_called(audience, AS_OF)
    given = frame.filter(pl.col("breakdown").is_null() | pl.col("breakdown").is_in(who.breakdowns))
    seconds = []
    for _ in range(RUNS):
        began = time.process_time()
        released = release(given, audience, as_of=AS_OF)
        seconds.append(time.process_time() - began)
    began = time.process_time()
    narrow = audit(released)
    both = released.figures.join(given.select(*CELL, true="numerator"), on=CELL, nulls_equal=True)
    is_small = pl.col("true").is_between(0, who.smallest_shown - 1)
    large = both.filter(~is_small)
    return {
        "figures": len(given),
        "small": len(given) - len(large),
        "kept_back_beside": large["numerator"].null_count(),
        "kept_back_beside_percent": round(100 * large["numerator"].null_count() / len(large), 2),
        "release_s": round(min(seconds), 2),
        "attack_s": round(time.process_time() - began, 2),
        "worked_out": len(narrow),
    }


def pinned(audience: str, most: int = 18, looked_at: int = 12) -> dict:
    """How many small cells are the same in every population that is told just as theirs is."""
    who = audience_called(audience, AS_OF)
    alike = defaultdict(list)
    for sexes in product(range(most + 1), repeat=3):
        everyone = sum(sexes)
        for young in range(everyone + 1) if everyone <= most else ():
            ages = (young, everyone - young)
            by = {"sex": dict(zip("abc", sexes, strict=True)), "age": dict(zip("de", ages, strict=True))}
            told = release(figures(number("x", everyone, by)), audience, as_of=AS_OF).figures
            alike[tuple(told["numerator"])].append((*sexes, *ages))
    small = exact = 0
    for populations in alike.values():
        for at in range(5):
            values = {one[at] for one in populations}
            here = [one for one in populations if sum(one[:3]) <= looked_at and who.is_small(one[at])]
            small += len(here)
            exact += len(here) if len(values) == 1 else 0
    return {"pins_of": small, "pinned": exact}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--pins", action="store_true")
    for name, usual in (("--children", 400), ("--indicators", 80), ("--years", 10)):
        parser.add_argument(name, type=int, default=usual)
    asked = parser.parse_args()
    frame = an_authority(1, asked.indicators, asked.years, asked.children)
    told = {audience: measured(frame, audience) for audience in ("partners", "public")}
    if asked.pins:
        told = {audience: one | pinned(audience) for audience, one in told.items()}
    if asked.json:
        print(json.dumps(told))
    else:
        for audience, one in told.items():
            print(audience, *(f"{name} {value}" for name, value in one.items()), sep="  ")
    return int(any(one["worked_out"] or one["release_s"] > LIMIT_S for one in told.values()))


if __name__ == "__main__":
    sys.exit(main())
