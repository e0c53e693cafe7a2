"""Bars, ratios and dot lines in every state they have."""

from kith.insight.charts import bars, dot_line, ratios
from kith.insight.charts.figure import Beside, Figure, not_held, suppressed
from kith.insight.charts.tests.sample_figures import (
    DAYS,
    HOSTILE,
    LONG,
    NUMBER,
    RATE,
    SHARE,
    WORD,
    plain,
    ranged,
)

AGES = ("Under 1", "1 to 4", "5 to 9", "10 to 15", "16 and 17")
ETHNICITIES = (
    "White",
    "Mixed or multiple ethnic groups",
    "Asian or Asian British",
    "Black, African, Caribbean or Black British",
    "Other ethnic group",
)
BARS = {
    "share": bars.Bars(
        "Children moved three times or more",
        "Northbrook",
        "2019-20",
        "age",
        SHARE,
        AGES,
        (
            Figure(14, 9, 20),
            Figure(9.2, 6.1, 13.5),
            Figure(8, 5.5, 11.5),
            Figure(12, 10, 15),
            Figure(18, 15, 22),
        ),
        (Beside("England", plain(8, 9, 8.4, 10, 14)),),
    ),
    "missing": bars.Bars(
        "Children in care",
        "Northbrook",
        "29 Nov 2026",
        "ethnicity",
        RATE,
        ETHNICITIES,
        (
            Figure(61, 57, 66),
            Figure(98, 78, 121),
            suppressed(),
            not_held("no population by ethnicity"),
            Figure(40, 2, 900),
        ),
        (Beside("England", plain(64, 90, 24, 97, 60)), Beside("North East", plain(104, 93, 40, 70, 76))),
    ),
    "zero": bars.Bars(
        "Deaths",
        "Northbrook",
        "2019-20",
        "age",
        NUMBER,
        (*AGES[:3], "Not known"),
        (*plain(0, 0, 1), Figure(state="none_to_count")),
    ),
    "one": bars.Bars("Enquiries", "Northbrook", "2019-20", "sex", DAYS, ("Girls",), ranged(44)),
    "none": bars.Bars("Enquiries", "Northbrook", "2019-20", "sex", DAYS, (), ()),
    "all suppressed": bars.Bars(
        "Enquiries", "Northbrook", "2019-20", "age", SHARE, AGES, (suppressed(),) * 5
    ),
    "huge": bars.Bars("All", "N", "2019-20", "age", NUMBER, AGES, plain(1, 10, 1e3, 1e6, 123_456_789)),
    "tiny": bars.Bars("All", "N", "2019-20", "age", RATE, AGES[:2], ranged(0.0003, 0.0005)),
    "hostile": bars.Bars(
        HOSTILE,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        SHARE,
        (HOSTILE, LONG, WORD),
        ranged(30, 40, 50),
        (Beside(HOSTILE, plain(10, 20, 30)),),
    ),
}

RATIOS = {
    "ethnicity": ratios.Ratios(
        "How likely children are to be in care, by ethnicity",
        "Northbrook",
        "2019-20",
        "in care",
        "White",
        ETHNICITIES[1:],
        (Figure(1.62, 1.31, 2.0), Figure(0.44, 0.31, 0.62), Figure(1.9, 1.2, 3.01), suppressed()),
        (Beside("England", plain(1.4, 0.38, 1.52, 0.94)),),
    ),
    "edges": ratios.Ratios(
        "Ratios",
        "Northbrook",
        "2019-20",
        "in care",
        "the least deprived tenth of",
        ("None at all", "Very many", "A wide range", "Not held"),
        (Figure(0, 0, 1.2), Figure(500, 90, 2000), Figure(1, 0.0001, 400), not_held("no area lookup")),
    ),
    "none": ratios.Ratios("Ratios", "Northbrook", "2019-20", "in care", "White", (), ()),
    "hostile": ratios.Ratios(
        HOSTILE,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        (HOSTILE, LONG),
        ranged(1, 2),
        (Beside(HOSTILE, plain(1, 2)),),
    ),
}

NEIGHBOURS = dot_line.Neighbours("its 10 neighbours", 52, 98)
DOT_LINES = {
    "whole": dot_line.DotLine(
        "Children in care",
        "Northbrook",
        "2019-20",
        RATE,
        Figure(84, 79, 90),
        NEIGHBOURS,
        (("North East", Figure(107)), ("England", Figure(67))),
        "Northbrook is within its neighbours' range",
    ),
    "high share": dot_line.DotLine(
        "Reviews in time",
        "Northbrook",
        "2019-20",
        SHARE,
        Figure(93.4, 91.2, 95.1),
        dot_line.Neighbours("its 10 neighbours", 88, 99.7),
        (("England", Figure(91)),),
    ),
    "suppressed": dot_line.DotLine(
        "Children in care",
        "Northbrook",
        "2019-20",
        RATE,
        suppressed(),
        NEIGHBOURS,
        (("England", not_held("none")),),
    ),
    "alone": dot_line.DotLine("Days", "Northbrook", "2019-20", DAYS, Figure(44.5)),
    "nothing": dot_line.DotLine("Days", "Northbrook", "2019-20", DAYS, not_held()),
    "zero": dot_line.DotLine("Deaths", "N", "2019-20", NUMBER, Figure(0), None, (("England", Figure(0)),)),
    "huge": dot_line.DotLine(
        "All", "N", "2019-20", NUMBER, Figure(9_999_999_999), None, (("England", Figure(1)),)
    ),
    "hostile": dot_line.DotLine(
        HOSTILE,
        HOSTILE,
        HOSTILE,
        RATE,
        Figure(5, 4, 6),
        dot_line.Neighbours(HOSTILE, 1, 9),
        ((LONG, Figure(4)),),
    ),
}
