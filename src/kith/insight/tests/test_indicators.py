"""Every indicator keeps to the form, and gives what the examples beside it say."""

import polars as pl
import pytest

from kith.insight.answers import Answers, answer
from kith.insight.breakdowns import BREAKDOWNS
from kith.insight.catalogue import every_indicator, topics
from kith.insight.examples import Expected, parsed_example
from kith.insight.indicator import Indicator
from kith.insight.sources.needs import in_words

SHOWN = {"mix": "number", "difference": "share"}
EACH = [pytest.param(each, id=each.id) for each in every_indicator()]


@pytest.mark.parametrize("each", EACH)
def test_its_examples_come_out_as_they_say(each: Indicator) -> None:
    assert each.examples, f"{each.id} has no EXAMPLES beside it"
    example = parsed_example(each.examples)
    assert example.answers
    when = sorted((expected.period for expected in example.answers), key=lambda one: (one.first, one.last))
    given = answer(example.facts(), when, [each], split_by(each))
    for expected in example.answers:
        assert came_out(given, each, expected) == expected.told


def split_by(each: Indicator) -> list[str]:
    """The breakdown that its examples tell of: by kind, or a ratio's own."""
    return list(each.by) if each.measure == "ratio" else [name for name in each.by if name == "kind"]


def came_out(given: Answers, each: Indicator, expected: Expected) -> dict[str, str]:
    """What the answer says of each word that the example tells."""
    of_period = given.figures.filter(given.figures["period"] == expected.period.label)
    rows = of_period.filter(pl.col("breakdown").is_null())
    shown = rows.filter(rows["measure"] == SHOWN.get(each.measure, each.measure)).to_dicts()
    row = shown[0] if shown else of_period.row(0, named=True)
    by_group = pl.col("breakdown").is_in(split_by(each)) & pl.col("measure").is_in(
        ["number", "share", "ratio"]
    )
    groups = of_period.filter(by_group)
    told = {
        **{one["measure"]: number(one["value"]) for one in rows.to_dicts()},
        **{f"in {one['group']}": in_group(one) for one in groups.to_dicts()},
        "of": str(row["denominator"]),
        "values": str(row["numerator"]),
        "children": " ".join(given.children(each.id, expected.period.label)),
        "state": row["state"],
        "why": row["why_not"] or "",
    }
    return {word: told.get(word, "0" if word.startswith("in ") else "not there") for word in expected.told}


def number(value: float | None) -> str:
    return "none" if value is None else f"{value:g}"


def in_group(one: dict[str, object]) -> str:
    return number(one["value"]) if one["measure"] == "ratio" else str(one["numerator"])  # type: ignore[arg-type]


@pytest.mark.parametrize("each", EACH)
def test_it_keeps_to_the_form(each: Indicator) -> None:
    assert len(each.title) <= 70
    assert each.definition.endswith(".")
    assert each.topic in topics()
    assert each.source
    assert set(each.by) <= set(BREAKDOWNS)
    assert [in_words(need).words for need in each.needs]


def test_no_two_indicators_share_a_name_or_a_title() -> None:
    names = [each.id for each in every_indicator()]
    titles = [each.title for each in every_indicator()]
    assert len(set(names)) == len(names)
    assert len(set(titles)) == len(titles)
