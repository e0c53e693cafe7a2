"""The family as a picture: a genogram with the child in the middle, older generations above.

A square is male, a circle female, a diamond not known; a cross is somebody who has died. A line
joins parents and drops to their children; a broken line joins a child to those who care for them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

STEP_X = 120
STEP_Y = 130
SIZE = 44
MARGIN = 20

# Which row a relative stands in, against the child's own row 0.
GENERATION = {
    "grandparent": -2,
    "mother": -1,
    "father": -1,
    "parent_pr": -1,
    "step_parent": -1,
    "partner_of_parent": -1,
    "adoptive_parent": -1,
    "special_guardian": -1,
    "foster_carer": -1,
    "private_foster_carer": -1,
    "aunt_uncle": -1,
    "family_friend": -1,
    "household_member": -1,
    "own_child": 1,
}
CARERS = {"adoptive_parent", "special_guardian", "foster_carer", "private_foster_carer"}


@dataclass(frozen=True)
class Relative:
    """Somebody in the picture; `kind` is what they are to the child, empty for the child."""

    key: str
    name: str
    sex: str = ""
    kind: str = ""
    detail: str = ""  # such as "b. 2014" or "lives with her aunt"
    is_dead: bool = False
    link: str = ""


@dataclass(frozen=True)
class DrawnPerson:
    x: float
    y: float
    half: float
    shape: str  # square, circle, diamond
    name: str
    detail: str
    is_child: bool
    is_dead: bool
    link: str

    @property
    def left(self) -> float:
        return self.x - self.half

    @property
    def top(self) -> float:
        return self.y - self.half

    @property
    def size(self) -> float:
        return self.half * 2

    @property
    def name_y(self) -> float:
        return self.y + self.half + 16

    @property
    def detail_y(self) -> float:
        return self.y + self.half + 31

    @property
    def diamond(self) -> str:
        x, y, half = self.x, self.y, self.half
        return f"{x},{y - half} {x + half},{y} {x},{y + half} {x - half},{y}"


@dataclass(frozen=True)
class DrawnLine:
    points: str
    is_broken: bool


@dataclass(frozen=True)
class Genogram:
    width: int
    height: int
    people: tuple[DrawnPerson, ...]
    lines: tuple[DrawnLine, ...]


def _row(relative: Relative) -> int:
    return GENERATION.get(relative.kind, 0)


def _rows(relatives: Sequence[Relative], parents: dict[str, list[str]]) -> dict[int, list[Relative]]:
    """Relatives by generation, eldest first; partners who share a child stand side by side."""
    rows: dict[int, list[Relative]] = {}
    for relative in relatives:
        rows.setdefault(_row(relative), []).append(relative)
    older = rows.get(-1, [])
    order: list[str] = []
    for child in rows.get(0, []):
        order.extend(key for key in parents.get(child.key, []) if key not in order)
    older.sort(key=lambda each: order.index(each.key) if each.key in order else len(order))
    return dict(sorted(rows.items()))


def _places(rows: dict[int, list[Relative]]) -> tuple[dict[str, tuple[float, float]], int, int]:
    """Where each person stands, and the size of the drawing; every row is centred."""
    widest = max(len(row) for row in rows.values())
    width = widest * STEP_X + 2 * MARGIN
    places: dict[str, tuple[float, float]] = {}
    for number, row in enumerate(rows.values()):
        start = (width - len(row) * STEP_X) / 2 + STEP_X / 2
        for place, relative in enumerate(row):
            places[relative.key] = (start + place * STEP_X, MARGIN + SIZE / 2 + number * STEP_Y)
    return places, width, MARGIN + SIZE + 40 + (len(rows) - 1) * STEP_Y


def _drop(child: tuple[float, float], above: list[tuple[float, float]], lane: int) -> str:
    """A line between the parents, dropping to the child; `lane` keeps families' lines apart."""
    x, y = child
    level = y - SIZE / 2 - 14 - 7 * lane
    middle = sum(place[0] for place in above) / len(above)
    joined = max(place[1] for place in above)
    return (
        f"{middle:.0f},{joined:.0f} {middle:.0f},{level:.0f} {x:.0f},{level:.0f} {x:.0f},{y - SIZE / 2:.0f}"
    )


def draw_genogram(
    child: Relative, relatives: Iterable[Relative], parent_of: Iterable[tuple[str, str]]
) -> Genogram:
    """The picture of `child` and `relatives`; `parent_of` holds (parent's key, child's key).

    People the picture does not hold are left out of the lines. With no relatives it holds the child alone.
    """
    everyone = [child, *(each for each in relatives if each.key != child.key)]
    known = {each.key for each in everyone}
    parents: dict[str, list[str]] = {}
    for parent, offspring in parent_of:
        if parent in known and offspring in known and parent not in parents.get(offspring, []):
            parents.setdefault(offspring, []).append(parent)
    places, width, height = _places(_rows(everyone, parents))
    lines = [
        *_family_lines(parents, places),
        *(
            DrawnLine(_drop(places[child.key], [places[each.key]], 3), True)
            for each in everyone
            if each.kind in CARERS and each.key not in parents.get(child.key, [])
        ),
    ]
    return Genogram(
        width, height, tuple(_draw(each, places[each.key], child) for each in everyone), tuple(lines)
    )


def _family_lines(
    parents: dict[str, list[str]], places: dict[str, tuple[float, float]]
) -> Iterable[DrawnLine]:
    """Each couple's line once, and each child's drop from it."""
    couples = list(dict.fromkeys(tuple(sorted(pair)) for pair in parents.values()))
    for couple in couples:
        ends = [places[key] for key in couple]
        if len(ends) > 1:
            yield DrawnLine(" ".join(f"{x:.0f},{y:.0f}" for x, y in ends), False)
    for offspring, pair in parents.items():
        lane = couples.index(tuple(sorted(pair))) % 3
        yield DrawnLine(_drop(places[offspring], [places[key] for key in pair], lane), False)


def _draw(relative: Relative, place: tuple[float, float], child: Relative) -> DrawnPerson:
    shape = {"M": "square", "F": "circle"}.get(relative.sex, "diamond")
    return DrawnPerson(
        x=place[0],
        y=place[1],
        half=SIZE / 2,
        shape=shape,
        name=relative.name if len(relative.name) <= 17 else f"{relative.name[:16]}…",
        detail=relative.detail,
        is_child=relative.key == child.key,
        is_dead=relative.is_dead,
        link=relative.link,
    )
