"""The pages of every indicator, `docs/indicators/`, made from their files: `python -m
kith.insight.definition_pages`.
"""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import polars as pl

from kith.insight.breakdowns import BREAKDOWNS
from kith.insight.catalogue import every_indicator, topics
from kith.insight.examples import Example, Expected, parsed_example
from kith.insight.indicator import Indicator
from kith.insight.sources.needs import in_words

FOLDER = Path(__file__).parents[3] / "docs" / "indicators"
_HEAD = """# {title}

How each figure is counted, told in Kith's own words, with examples that are also its tests. Made from the
indicators themselves by `python -m kith.insight.definition_pages`; change an indicator's file, not this page.
"""
_INDEX = """# Indicators

{count} figures about children's social care, each defined once and counted alike from the live record, an
extract, or a folder of returns. Made by `python -m kith.insight.definition_pages`.

"""
_GOOD = {
    "more": "More is better.",
    "less": "Less is better.",
    "neither": "Neither more nor less is better by itself.",
}
_MOST_ROWS, _SOME_ROWS = 16, 3
_WHEN = {"during": "over the period", "last_day": "on the last day of the period"}


def pages() -> dict[str, str]:
    """Every page by its file's name: an index, and one for each topic."""
    made = {"README.md": _index(every_indicator())}
    for topic, group in groupby(every_indicator(), key=lambda each: each.topic):
        parts = [_HEAD.format(title=topics()[topic]), *map(_section, group)]
        made[f"{topic}.md"] = "\n".join(parts)
    return made


def _index(indicators: tuple[Indicator, ...]) -> str:
    parts = [_INDEX.format(count=len(indicators))]
    for topic, group in groupby(indicators, key=lambda each: each.topic):
        lines = [f"- [{each.title}]({topic}.md#{_anchor(each.title)})" for each in group]
        parts.append(f"## {topics()[topic]}\n\n" + "\n".join(lines) + "\n\n")
    return "".join(parts).rstrip() + "\n"


def _anchor(title: str) -> str:
    kept = "".join(letter for letter in title.lower() if letter.isalnum() or letter in " -_")
    return kept.replace(" ", "-")


def _section(each: Indicator) -> str:
    lines = [f"## {each.title}", "", each.definition, "", *_facts_of(each), ""]
    if each.note:
        lines += [f"*{each.note}*", ""]
    return "\n".join([*lines, *_examples(parsed_example(each.examples))])


def _facts_of(each: Indicator) -> Iterable[str]:
    yield f"- **Measured**: {measured(each)}, {_WHEN[each.when]}. {_GOOD[each.way]}"
    yield f"- **Needs**: {', '.join(in_words(need).words for need in each.needs)}{_around(each)}."
    if each.by:
        yield f"- **By**: {', '.join(_breakdown_words(each, name) for name in each.by)}."
    yield f"- **Source**: {each.source}"
    published = [name for name in (each.published, each.published_rate, each.published_number) if name]
    if published:
        yield f"- **England's figures**: {', '.join(f'`{name}`' for name in published)}"
    yield f"- **In files**: `{each.id}`"


def measured(each: Indicator) -> str:
    """What is measured, in words: "a share of enquiries, in per cent"."""
    if each.measure == "share":
        return f"a share of {each.out_of}, in per cent" + (
            ", and how many they are" if each.gives_number else ""
        )
    if each.measure == "difference":
        return f"how many {each.unit}, and as a share of {each.out_of}, in per cent"
    if each.measure == "ratio":
        return f"how many times as likely it is in each group as in “{each.against}”"
    if each.measure == "mix":
        return f"how many {each.unit}, and the share of each kind"
    if each.measure == "number":
        return f"a number of {each.unit}" + (", and a rate per 10,000 children" if each.is_per_child else "")
    return f"a {each.measure}, in {each.unit}"


def _breakdown_words(each: Indicator, name: str) -> str:
    return (each.kind if name == "kind" else BREAKDOWNS[name].words).lower()


def _around(each: Indicator) -> str:
    around = []
    if each.looks_back:
        around.append(f"of the period and {each.looks_back} year{'s' * (each.looks_back > 1)} before")
    if each.looks_on:
        around.append(f"and of {each.looks_on} months after")
    return f" ({' '.join(around)})" if around else ""


def _examples(example: Example) -> Iterable[str]:
    for word, value in example.settings.items():
        yield f"With the {word} {value}:\n"
    for name, frame in {**example.tables, **example.lookups}.items():
        yield from _table(name, frame)
    for expected in example.answers:
        yield f"Gives for {expected.period.label}: {_told(expected)}.\n"


def _table(name: str, frame: pl.DataFrame) -> Iterable[str]:
    shown = [column for column in frame.columns if frame[column].null_count() < frame.height]
    most = frame.height if frame.height <= _MOST_ROWS else _SOME_ROWS
    yield f"`{name}`\n"
    yield _row(shown)
    yield _row(["---"] * len(shown))
    for row in frame.select(shown).head(most).rows():
        yield _row(["" if cell is None else str(cell) for cell in row])
    yield f"\nand {frame.height - most} more rows.\n" if most < frame.height else ""


def _told(expected: Expected) -> str:
    return "; ".join(f"{word} **{value or 'none'}**" for word, value in expected.told.items())


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def main() -> None:
    """Write every page, and take away those of topics that are gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in FOLDER.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
