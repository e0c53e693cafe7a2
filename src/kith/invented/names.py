"""Names for invented people: ordinary given and family names of many cultures, put together at random.

Nobody real is meant. Ethnicity goes with the culture mostly, not always, as it does in life.
Source: our own lists, `data/given_names.csv`, `data/family_names.csv`, `data/cultures.csv`.
"""

from dataclasses import dataclass
from functools import cache
from random import Random

from kith.invented.rates import rows


@dataclass(frozen=True, slots=True)
class Culture:
    """One of the cultures found in England, with its names and the ethnic groups its people record."""

    name: str
    weight: int  # share of families
    asylum_weight: int  # share of children who come alone
    ethnicities: tuple[str, ...]
    ethnicity_weights: tuple[int, ...]
    mixed_with_white: str  # ethnic group of a child with one White parent; empty: as the other parent
    language: str
    boys: tuple[str, ...]
    girls: tuple[str, ...]
    families: tuple[str, ...]


def _groups(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    pairs = [part.split(":") for part in text.split()]
    return tuple(code for code, _ in pairs), tuple(int(weight) for _, weight in pairs)


@cache
def cultures() -> tuple[Culture, ...]:
    """Every culture with its names, in the order of its table."""
    given: dict[tuple[str, str], list[str]] = {}
    for row in rows("given_names"):
        given.setdefault((row["culture"], row["sex"]), []).append(row["name"])
    families: dict[str, list[str]] = {}
    for row in rows("family_names"):
        families.setdefault(row["culture"], []).append(row["name"])
    return tuple(
        Culture(
            row["culture"],
            int(row["weight"]),
            int(row["asylum_weight"]),
            *_groups(row["ethnicity"]),
            row["mixed_with_white"],
            row["language"],
            tuple(given[row["culture"], "M"]),
            tuple(given[row["culture"], "F"]),
            tuple(families[row["culture"]]),
        )
        for row in rows("cultures")
    )


def a_culture(rng: Random, alone: bool = False) -> Culture:
    """A culture by its share of families, or of children who come to England alone."""
    return rng.choices(
        cultures(), [culture.asylum_weight if alone else culture.weight for culture in cultures()]
    )[0]


def ethnicity(rng: Random, mother: Culture, father: Culture) -> str:
    """The ethnic group recorded for a child of the two; a code of the list `ethnicity`."""
    if mother is not father:
        other = father if mother.name == "british" else mother
        if other.mixed_with_white and "british" in (mother.name, father.name):
            return other.mixed_with_white
        if "british" not in (mother.name, father.name):
            return "MOTH"
    source = mother if rng.random() < 0.5 else father
    return rng.choices(source.ethnicities, source.ethnicity_weights)[0]


def given_name(rng: Random, culture: Culture, sex: str) -> str:
    """A given name for a boy (M) or a girl (F); an unborn child (U) has none."""
    if sex == "U":
        return ""
    name = rng.choice(culture.boys if sex == "M" else culture.girls)
    if rng.random() < 0.25:
        second = rng.choice(culture.boys if sex == "M" else culture.girls)
        return name if second == name else f"{name} {second}"
    return name


def family_name(rng: Random, culture: Culture) -> str:
    """A family name of the culture."""
    return rng.choice(culture.families)
