"""Funnels in every state they have."""

from math import sqrt
from random import Random

from kith.insight.charts import funnel
from kith.insight.charts.figure import Figure, suppressed
from kith.insight.charts.tests.sample_figures import (
    HOSTILE,
    LONG,
    RATE,
    SHARE,
)


def limits(centre: float, sizes: range, times: float = 10_000) -> tuple[funnel.Limits, ...]:
    made = []
    for size in sizes:
        spread = sqrt(centre / times * (1 - centre / times) / size) * times
        ends = [max(0.0, centre + far * spread) for far in (-1.96, 1.96, -3.09, 3.09)]
        made.append(funnel.Limits(size, *ends))
    return tuple(made)


def many_places(count: int) -> tuple[funnel.Place, ...]:
    draw = Random(20)
    sizes = [draw.lognormvariate(10.9, 0.6) for _ in range(count)]
    return tuple(
        funnel.Place(f"Place {number}", size, Figure(max(0.0, draw.gauss(67, 12 + 900 / sqrt(size)))))
        for number, size in enumerate(sizes)
    )


OWN = funnel.Place("Northbrook", 61_000, Figure(84, 77, 91), is_own=True)
NAMED = tuple(
    funnel.Place(name, size, Figure(value), is_named=True)
    for name, size, value in (
        ("Southbrook", 63_000, 80),
        ("Eastmere", 58_000, 88),
        ("Westcliffe and the Long Valley", 150_000, 62),
        ("Highmoor", 21_000, 41),
    )
)
LIMITS_67 = limits(67, range(5_000, 400_000, 2_500))
FUNNELS = {
    "whole": funnel.Funnel(
        "Children in care",
        "2019-20",
        RATE,
        "children living in the authority",
        (*many_places(140), *NAMED, OWN, funnel.Place("Kept back", 9_000, suppressed())),
        67,
        LIMITS_67,
    ),
    "high share": funnel.Funnel(
        "Reviews in time",
        "2019-20",
        SHARE,
        "reviews due",
        (
            funnel.Place("Northbrook", 900, Figure(88), is_own=True),
            funnel.Place("Other", 2000, Figure(93)),
            funnel.Place("Another", 400, Figure(96)),
        ),
        92,
        limits(92, range(50, 2_500, 50), 100),
        direction="Northbrook is below the 95% limit and above the 99.8% limit",
    ),
    "crowded": funnel.Funnel(
        "Children in care",
        "2019-20",
        RATE,
        "children",
        (
            funnel.Place("Northbrook", 61_000, Figure(75), is_own=True),
            *(
                funnel.Place(f"Neighbour {each}", 60_000 + each * 300, Figure(70 + each), is_named=True)
                for each in range(10)
            ),
        ),
        67,
        LIMITS_67,
    ),
    "alone": funnel.Funnel("Care", "2019-20", RATE, "children", (OWN,)),
    "own suppressed": funnel.Funnel(
        "Care", "2019-20", RATE, "children", (funnel.Place("N", 5, suppressed(), True), *NAMED), 67, LIMITS_67
    ),
    "none": funnel.Funnel("Care", "2019-20", RATE, "children", ()),
    "all suppressed": funnel.Funnel(
        "Care", "2019-20", RATE, "children", (funnel.Place("N", 5, suppressed(), is_own=True),)
    ),
    "hostile": funnel.Funnel(
        HOSTILE,
        HOSTILE,
        RATE,
        HOSTILE,
        (funnel.Place(HOSTILE, 9, Figure(5), is_own=True), funnel.Place(LONG, 7, Figure(3), is_named=True)),
        4,
        (),
        HOSTILE,
    ),
}
