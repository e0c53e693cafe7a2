from pathlib import Path

import polars as pl

from kith.insight.facts import Facts
from kith.insight.indicator import indicator
from kith.insight.indicators.cases.assessments import assessments_finished_in, factors
from kith.insight.periods import Periods
from kith.standards.codes import code_list
from kith.standards.tables import rows

_GROUPS = Path(__file__).parents[2] / "data" / "factor_groups.csv"
_NONE_FOUND = "21"


@indicator(
    topic="assessment",
    measure="mix",
    unit="assessments",
    needs="ssd_cin_assessments ssd_cin_assessments.cina_assessment_auth_date ssd_assessment_factors",
    by="kind",
    kind="What was found",
    source="Children in need, reporting year 2022, table C3 (DfE, 2022), title read; its groups are Kith's "
    "own",
    note="A worker chooses any number of them when the assessment ends, so the shares add to more than "
    "100. A rise is often a new form. Physical and sexual abuse were split by who did it, and 22A "
    "to 24A came later: which year is not known here.",
)
def assessment_factors(facts: Facts, when: Periods) -> pl.DataFrame:
    """What assessments found

    Of the assessments finished in the period for which any factor was written down, the share that found each
    factor, and each group of factors that belong together. "None found" counts only where nothing else was
    found. An assessment without any is not one that found none, and is left out.
    """
    finished = facts.worked_out(assessments_finished_in, when).select("period", "person", "day", "item")
    found = finished.join(facts.worked_out(factors), on="item")
    return found.join(_kinds_of(found["codes"].unique()), on="codes")


def _kinds_of(codes: pl.Series) -> pl.DataFrame:
    """The factors and groups of factors of each text of codes: `codes` and `kind`, a row for each."""
    labels = {code.code: [code.label] for code in code_list("assessment_factors")}
    for row in rows(_GROUPS):
        for code in row["codes"].split():
            labels[code].append(row["group"])
    found = [(text, name) for text in codes for name in _names(text.split(), labels)]
    return pl.DataFrame(found, schema={"codes": pl.String, "kind": pl.String}, orient="row")


def _names(codes: list[str], labels: dict[str, list[str]]) -> list[str]:
    found = {code for code in codes if code != _NONE_FOUND} or codes
    return sorted({name for code in found for name in labels.get(code, ())})


EXAMPLES = """
    ssd_cin_assessments
    cina_assessment_id | cina_person_id | cina_assessment_start_date | cina_assessment_auth_date
    a                  | 1              | 2019-05-01                 | 2019-06-03
    b                  | 2              | 2019-05-01                 | 2019-06-03
    c                  | 3              | 2019-05-01                 | 2019-06-03
    d                  | 4              | 2019-05-01                 | 2019-06-03
    e                  | 5              | 2019-05-01                 |
    f                  | 6              | 2019-05-01                 | 2019-06-03

    ssd_assessment_factors
    cinf_table_id | cinf_assessment_id | cinf_assessment_factors_json
    1             | a                  | ["3A", "3B", "16A"]
    2             | b                  | {"3B": "Yes", "4A": "No", "21": "Yes"}
    3             | c                  | ["21"]
    4             | d                  | []
    5             | e                  | ["3A"]
    6             | a                  | ["21", "4A"]

    answer 2019-20
    number                                      3
    children                                    1 2 3
    in Neglect:                                 1
    in Domestic abuse (subject of): child:      1
    in Any domestic abuse:                      2
    in Mental health: child:                    1
    in No factors identified:                   1
"""
