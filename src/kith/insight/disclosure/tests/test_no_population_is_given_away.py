"""Small invented authorities, given out by the rule, against an attacker who tries every population.

The attacker knows the rule, every sum, and even which cells were kept back for being small themselves. For
each small count, shown or never written down, some whole population has to fit for enough of its values.
"""

import random
from datetime import date
from itertools import product

import pytest

from kith.insight.disclosure import Sum, audience_called, release
from kith.insight.disclosure.tests.attacker import values_that_fit
from kith.insight.disclosure.tests.invented_figures import AS_OF, QUARTERS, YEAR, figures, number, share

ALL = (None, None)
MOST = 60
LAST_YEAR = (date(2024, 4, 1), date(2025, 3, 31))


class Population:
    """Counts by (name, span, authority) and cell, with the figures and the sums they obey."""

    def __init__(self, seed: int, groups: dict[str, int]) -> None:
        self.chance = random.Random(seed)
        self.cells = [ALL, *((name, str(at)) for name, many in groups.items() for at in range(many))]
        self.groups = groups
        self.true: dict = {}
        self.sums: list = []
        self.rows: list = []

    def some(self, most: int) -> list[dict[str, str]]:
        each = range(self.chance.randint(0, most))
        return [
            {name: str(int(many * self.chance.random() ** 1.5)) for name, many in self.groups.items()}
            for _ in each
        ]

    def count(self, name, children, span=YEAR, authority="301"):
        key = name, span, authority
        for breakdown, group in self.cells:
            among = [child for child in children if breakdown is None or child[breakdown] == group]
            self.true[key, (breakdown, group)] = len(among)
        for one in self.groups:
            parts = [(key, cell) for cell in self.cells if cell[0] == one]
            self.sums.append([((key, ALL), 1), *((part, -1) for part in parts)])
        return key

    def tie(self, *members) -> None:
        for cell in self.cells:
            self.sums.append([((key, cell), sign) for key, sign in members])

    def by(self, *keys):
        told = {}
        for name in self.groups:
            cells = [cell for cell in self.cells if cell[0] == name]
            values = [tuple(self.true[key, cell] for key in keys) for cell in cells]
            told[name] = {
                cell[1]: v if len(keys) > 1 else v[0] for cell, v in zip(cells, values, strict=True)
            }
        return told

    def number(self, name, children, span=YEAR, authority="301"):
        key = self.count(name, children, span, authority)
        self.rows += number(name, self.true[key, ALL], self.by(key), span, authority)
        return key

    def share(self, name, counted, children):
        upper, lower = self.count(name + " counted", counted), self.count(name + " out of", children)
        rest = self.count(name + " rest", [child for child in children if child not in counted])
        for cell in self.cells:
            self.true[rest, cell] = self.true[lower, cell] - self.true[upper, cell]
        self.tie((lower, 1), (upper, -1), (rest, -1))
        everyone = self.true[upper, ALL], self.true[lower, ALL]
        self.rows += share(name, everyone, self.by(upper, lower))
        return lower


def one_number(people: Population) -> list[Sum]:
    people.number("x", people.some(50))
    return []


def a_share(people: Population) -> list[Sum]:
    children = people.some(40)
    likely = people.chance.choice((0.05, 0.5, 0.95))
    counted = [child for child in children if people.chance.random() < likely]
    lower = people.share("x", counted, children)
    same = people.number("children", children)
    people.tie((same, 1), (lower, -1))
    return []


def parts_of_a_whole(people: Population) -> list[Sum]:
    one, other = people.some(20), people.some(20)
    keys = [people.number("p", one), people.number("q", other), people.number("whole", one + other)]
    people.tie((keys[2], 1), (keys[0], -1), (keys[1], -1))
    return [Sum("parts", "whole", (("p", 1), ("q", 1)))]


def quarters_of_a_year(people: Population) -> list[Sum]:
    each = [people.some(12) for _ in QUARTERS]
    keys = [people.number("x", some, span) for some, span in zip(each, QUARTERS, strict=True)]
    whole = people.number("x", [child for some in each for child in some])
    people.tie((whole, 1), *((key, -1) for key in keys))
    return []


def england_and_its_authorities(people: Population) -> list[Sum]:
    each = {code: people.some(15) for code in ("301", "302", "303")}
    keys = [people.number("x", some, authority=code) for code, some in each.items()]
    whole = people.number("x", [child for some in each.values() for child in some], authority="England")
    people.tie((whole, 1), *((key, -1) for key in keys))
    return []


def stock_and_flow(people: Population) -> list[Sum]:
    before, starts = people.some(30), people.some(10)
    ends = [child for child in before if people.chance.random() < 0.2]
    stay = list(before)
    for child in ends:
        stay.remove(child)
    keys = [
        people.number("stock", stay + starts),
        people.number("stock", before, LAST_YEAR),
        people.number("starts", starts),
        people.number("ends", ends),
    ]
    people.tie(*zip(keys, (1, -1, -1, 1), strict=True))
    return [Sum("change", "stock", (("starts", 1), ("ends", -1)))]


SYSTEMS = [
    one_number,
    a_share,
    parts_of_a_whole,
    quarters_of_a_year,
    england_and_its_authorities,
    stock_and_flow,
]


@pytest.mark.parametrize("audience", ["partners", "public"])
@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize(
    "seed", [*range(2), *(pytest.param(one, marks=pytest.mark.slow) for one in range(2, 40))]
)
def test_every_small_count_keeps_its_range_in_some_whole_population(system, seed, audience):
    people = Population(seed, {"sex": 2, "age": 3} if seed % 2 else {"sex": 3})
    sums = system(people)
    who = audience_called(audience, AS_OF)
    released = release(figures(people.rows), audience, as_of=AS_OF, sums=sums)
    told = boxes(people, released, who, knows_which_are_small=False)
    by_more = boxes(people, released, who, knows_which_are_small=True)
    for cell, true in people.true.items():
        if true < who.smallest_shown:
            near = range(max(0, true - 5), true + 6)
            fit = values_that_fit(cell, people.sums, told, near)
            assert true in fit and len(fit) >= who.possible_values, (cell, true, fit)
            assert len(values_that_fit(cell, people.sums, by_more, near)) >= 2, (cell, true)


def boxes(people, released, who, *, knows_which_are_small):
    """What each cell can be by itself, from the figures as they are given out."""
    shown = {}
    for row in released.figures.iter_rows(named=True):
        key = (row["first"], row["last"]), row["authority"]
        cell = row["breakdown"], row["group"]
        ending = " counted" if row["measure"] == "share" else ""
        shown[(row["indicator"] + ending, *key), cell] = row["numerator"]
        if row["measure"] == "share":
            shown[(row["indicator"] + " out of", *key), cell] = row["denominator"]
    found = {}
    for cell, true in people.true.items():
        if cell not in shown:
            found[cell] = 0, MOST
        elif shown[cell] is None:
            is_small = knows_which_are_small and true < who.smallest_shown
            found[cell] = 0, who.smallest_shown - 1 if is_small else MOST
        else:
            values = [value for value in range(MOST) if is_shown_as(value, shown[cell], who)]
            found[cell] = values[0], values[-1]
        assert found[cell][0] <= true <= found[cell][1], "what is given out is false"
    return found


def is_shown_as(value: int, told: int, who) -> bool:
    """Whether a count is told as `told`, by the rule in words: the nearest multiple, and no small one."""
    if value < who.smallest_shown:
        return False
    below = value - value % who.round_to
    nearest = below if value - below < below + who.round_to - value else below + who.round_to
    return nearest == told


def test_the_attacker_finds_what_rounding_alone_gives_away():
    """8, 8 and 1 of 17 are shown as 10, 10 and c of 15: then 15 can be 17 at most, and c is 1."""
    sums = [[("all", 1), ("a", -1), ("b", -1), ("c", -1)]]
    told = {"all": (13, 17), "a": (8, 12), "b": (8, 12), "c": (1, 4)}
    assert values_that_fit("c", sums, told) == {1}


def test_the_attacker_finds_every_value_there_is():
    sums = [[("all", 1), ("a", -1), ("b", -1)], [("all", 1), ("c", -1), ("d", -1)]]
    told = {"all": (3, 4), "a": (0, 2), "b": (0, 2), "c": (1, 1), "d": (0, 9)}
    by_hand = {a for a, b, d in product(range(3), range(3), range(10)) if a + b == 1 + d and 3 <= a + b <= 4}
    assert values_that_fit("a", sums, told) == by_hand == {1, 2}
