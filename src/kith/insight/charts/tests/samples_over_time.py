"""Trends and control charts in every state they have."""

from kith.insight.charts import control, trend
from kith.insight.charts.figure import Beside, Figure, not_held, suppressed
from kith.insight.charts.tests.sample_figures import (
    ENGLAND,
    HOSTILE,
    LONG,
    MONTHS,
    NORTH,
    NUMBER,
    RATE,
    SHARE,
    WORD,
    YEARS,
    plain,
    ranged,
    with_gaps,
)
from kith.insight.figures_in_words import Measure

TRENDS = {
    "whole": trend.Trend(
        "Children in care",
        "Northbrook",
        RATE,
        YEARS,
        ranged(61, 64, 63, 68, 72, 71, 76, 81, 85, 84),
        (Beside("England", ENGLAND), Beside("North East", NORTH)),
        direction="Northbrook is higher than in 2010-11, by more than chance would give",
    ),
    "gaps": trend.Trend(
        "Children in care",
        "Northbrook",
        RATE,
        YEARS,
        with_gaps(),
        (Beside("England", ENGLAND),),
        (trend.Break(4, "counted on 31 March, no longer over the year"), trend.Break(8, "new areas")),
    ),
    "long gap": trend.Trend(
        "Referrals that came back",
        "Northbrook",
        SHARE,
        YEARS,
        (*[not_held("the extract begins in 2016")] * 6, *ranged(19, 22, 20, 24)),
        (Beside("England", plain(26, 24, 25, 23, 24, 22, 22, 22, 22, 23)),),
    ),
    "last missing": trend.Trend(
        "Referrals that came back", "Northbrook", SHARE, YEARS, (*ranged(*[20.0] * 9), suppressed())
    ),
    "low": trend.Trend(
        "Children in care",
        "Northbrook",
        RATE,
        YEARS,
        with_gaps(),
        (Beside("England", plain(*[2.0] * 10)),),
    ),
    "number": trend.Trend("Children in care", "Northbrook", NUMBER, YEARS, plain(*range(600, 700, 10))),
    "one": trend.Trend(
        "Enquiries", "Northbrook", SHARE, ("2019-20",), ranged(38), (Beside("England", plain(35)),)
    ),
    "none": trend.Trend("Enquiries", "Northbrook", SHARE, (), ()),
    "all suppressed": trend.Trend("Enquiries", "Northbrook", SHARE, YEARS, (suppressed(),) * 10),
    "none to count": trend.Trend(
        "Enquiries", "Northbrook", SHARE, YEARS[:4], (Figure(state="none_to_count"),) * 4
    ),
    "zeros": trend.Trend("Deaths", "Northbrook", NUMBER, YEARS, plain(*[0] * 10)),
    "huge": trend.Trend("All", "Northbrook", NUMBER, YEARS, plain(*[9_876_543_210.0] * 10)),
    "tiny": trend.Trend("All", "Northbrook", RATE, YEARS, ranged(*[0.000_34] * 10)),
    "hostile": trend.Trend(
        HOSTILE,
        HOSTILE,
        RATE,
        (HOSTILE, "2"),
        ranged(3, 4),
        (Beside(HOSTILE, plain(3, 5)),),
        (trend.Break(1, HOSTILE),),
    ),
    "long words": trend.Trend(
        LONG,
        LONG,
        RATE,
        tuple(f"12 months to 29 {month}" for month in MONTHS),
        ranged(*[30.0 + (each * 7) % 11 for each in range(24)]),
        (Beside(WORD, plain(*[33.0] * 24)),),
    ),
}

MONTHLY = (31, 28, 33, 30, 35, 29, 27, 32, 34, 30, 31, 29, 33, 38, 40, 39, 41, 37, 42, 40, 39, 58, 38, 12)
CONTROLS = {
    "signals": control.Control(
        "Section 47 enquiries started",
        "Northbrook",
        Measure("number", "enquiries"),
        MONTHS,
        plain(*MONTHLY),
        34,
        (17.5,) * 24,
        (51.5,) * 24,
        (
            control.Signal(tuple(range(13, 21)), "eight months in a row above the centre"),
            control.Signal((21,), "above the upper limit"),
            control.Signal((23,), "below the lower limit"),
        ),
    ),
    "calm": control.Control(
        "Assessments in time",
        "Northbrook",
        SHARE,
        MONTHS[:12],
        tuple(Figure(value) for value in (84, 86, 83, 88, 85, 87, 84, 85, 89, 86, 84, 87)),
        86,
        tuple(78 + n % 3 for n in range(12)),
        tuple(94 - n % 3 for n in range(12)),
    ),
    "gaps": control.Control(
        "Contacts",
        "Northbrook",
        NUMBER,
        YEARS,
        with_gaps(),
        None,
        (None,) * 10,
        (None, None, *[75.0] * 8),
    ),
    "one": control.Control("Contacts", "N", NUMBER, ("May",), plain(3), 3, (0,), (9,)),
    "none": control.Control("Contacts", "N", NUMBER, (), (), None, (), ()),
    "all suppressed": control.Control(
        "Contacts", "N", NUMBER, YEARS, (suppressed(),) * 10, None, (None,) * 10, (None,) * 10
    ),
    "hostile": control.Control(
        HOSTILE,
        HOSTILE,
        RATE,
        (HOSTILE, LONG),
        plain(3, 40),
        20,
        (1, 1),
        (30, 30),
        (control.Signal((1,), HOSTILE), control.Signal((1,), "twice")),
    ),
}
