"""The family as a picture: a genogram with the child in the middle, older generations above.

A square is male, a circle female, a diamond not known; a cross is somebody who has died. A line
joins parents and drops to their children; a broken line joins a child to those who care for them.

Everybody stands on a whole column, so the gaps between columns hold no names: lines run down in the
gaps and across below the names, and never through a word.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

STEP_X = 104  # between columns: four of them are read on a phone
SIZE = 44  # a person's shape
TEXT = 62  # three lines of words below it
LANE = 10  # between lines that run across
APART = 9  # between lines that run down in one gap
MARGIN = 12
WHOLE_ON_A_PHONE = 2 * MARGIN + 4 * STEP_X
LONGEST = 13  # letters of a name on one line

# Which row a relative stands in, against the child's own row 0, where no parent and child say it.
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
    born: date | None = None  # brothers and sisters stand in the order of their births


@dataclass(frozen=True)
class DrawnPerson:
    x: float
    y: float
    half: float
    shape: str  # square, circle, diamond
    name: str
    name_lines: tuple[tuple[float, str], ...]  # (how far down, words)
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
    def detail_y(self) -> float:
        return self.name_lines[-1][0] + 15

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

    @property
    def is_wide(self) -> bool:
        """Whether a phone cannot show it whole with names large enough to read."""
        return self.width > WHOLE_ON_A_PHONE


@dataclass(frozen=True)
class _Brood:
    """Those who drop from one line: children from their parents, or the child from a carer."""

    parents: tuple[str, ...]
    children: tuple[str, ...]
    is_broken: bool = False


Place = tuple[float, float]  # column, row


def draw_genogram(
    child: Relative, relatives: Iterable[Relative], parent_of: Iterable[tuple[str, str]]
) -> Genogram:
    """The picture of `child` and `relatives`; `parent_of` holds (parent's key, child's key).

    People the picture does not hold are left out of the lines. With no relatives it holds the child alone.
    """
    everyone = {each.key: each for each in [child, *relatives]} | {child.key: child}
    parents = _parents(parent_of, everyone)
    by_age = sorted(everyone.values(), key=lambda each: each.born or date.max)
    rows = _rows(by_age, child.key, parents)
    columns = _columns(rows, parents)
    broods = [*_broods(parents, columns), *_cared_for(child, everyone.values(), parents)]
    return _Drawing(child.key, everyone, rows, columns, broods).drawn()


def _parents(
    parent_of: Iterable[tuple[str, str]], everyone: Mapping[str, Relative]
) -> dict[str, tuple[str, ...]]:
    """Each child's parents in the picture, at most two: more than that is for words to say."""
    found: dict[str, tuple[str, ...]] = {}
    for parent, offspring in parent_of:
        known = found.get(offspring, ())
        is_new = parent not in known and offspring not in found.get(parent, ())
        if parent in everyone and offspring in everyone and parent != offspring and is_new and len(known) < 2:
            found[offspring] = (*known, parent)
    return found


def _rows(
    everyone: Sequence[Relative], child: str, parents: Mapping[str, tuple[str, ...]]
) -> dict[int, list[str]]:
    """Who stands in which row, the oldest generation first; a parent stands above their child."""
    row = {each.key: GENERATION.get(each.kind, 0) for each in everyone} | {child: 0}
    for _ in range(3):  # a grandparent is settled once the parent between is
        for offspring, pair in parents.items():
            for parent in pair:
                row[parent] = min(row[parent], row[offspring] - 1) if parent != child else 0
    rows: dict[int, list[str]] = {}
    for each in everyone:
        rows.setdefault(max(row[each.key], -3), []).append(each.key)
    return dict(sorted(rows.items()))


def _columns(rows: Mapping[int, list[str]], parents: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """A whole column for everybody: the child's generation side by side, couples above their children."""
    columns: dict[str, int] = {}
    chains = {number: _chains(row, parents) for number, row in rows.items()}
    order = [pair for number in sorted(chains, reverse=True) for chain in chains[number] for pair in chain]
    for number in [0, *sorted((n for n in rows if n < 0), reverse=True), *sorted(n for n in rows if n > 0)]:
        if number == 0:
            for place, key in enumerate(_by_family(rows[0], parents, order)):
                columns[key] = place
            continue
        _settle(chains[number], columns, parents, rows)
    first = min(columns.values())
    return {key: column - first for key, column in columns.items()}


def _chains(row: Sequence[str], parents: Mapping[str, tuple[str, ...]]) -> list[list[str]]:
    """The people of a row in chains: partners stand side by side, as far as two sides reach."""
    partners: dict[str, list[str]] = {key: [] for key in row}
    for pair in parents.values():
        if len(pair) == 2 and all(key in partners for key in pair):
            one, two = pair
            if two not in partners[one]:
                partners[one].append(two)
                partners[two].append(one)
    left = list(row)
    chains = []
    while left:
        start = min(left, key=lambda key: (len(partners[key]) != 1, len(partners[key]) == 0, row.index(key)))
        chain: list[str] = []
        waiting = [start]
        while waiting:
            key = waiting.pop(0)
            if key in left:
                left.remove(key)
                chain.append(key)
                waiting = [partner for partner in partners[key] if partner in left] + waiting
        chains.append(chain)
    return chains


def _by_family(row: Sequence[str], parents: Mapping[str, tuple[str, ...]], order: Sequence[str]) -> list[str]:
    """Brothers and sisters of the same parents side by side, in the order of their parents."""

    def place(key: str) -> tuple[bool, float]:
        above = [order.index(parent) for parent in parents.get(key, ()) if parent in order]
        return not above, sum(above) / len(above) if above else 0

    return sorted(row, key=place)


def _settle(
    chains: Sequence[list[str]],
    columns: dict[str, int],
    parents: Mapping[str, tuple[str, ...]],
    rows: Mapping[int, list[str]],
) -> None:
    """Each chain as near as there is room above its children, or below its parents."""

    def wanted(chain: Sequence[str]) -> float | None:
        below = [columns[key] for key, pair in parents.items() if key in columns and set(pair) & set(chain)]
        above = [columns[parent] for key in chain for parent in parents.get(key, ()) if parent in columns]
        near = below or above
        return sum(near) / len(near) - (len(chain) - 1) / 2 if near else None

    tied = sorted(
        (want, number) for number, chain in enumerate(chains) if (want := wanted(chain)) is not None
    )
    free: int | None = None
    for want, number in tied:
        start = round(want) if free is None else max(free, round(want))
        for place, key in enumerate(chains[number]):
            columns[key] = start + place
        free = start + len(chains[number])
    for chain in (chain for chain in chains if wanted(chain) is None):
        for key in chain:
            columns[key] = free = 0 if free is None else free
            free += 1


def _broods(parents: Mapping[str, tuple[str, ...]], columns: Mapping[str, int]) -> list[_Brood]:
    together: dict[tuple[str, ...], list[str]] = {}
    for offspring, pair in parents.items():
        together.setdefault(tuple(sorted(pair, key=columns.__getitem__)), []).append(offspring)
    return [_Brood(pair, tuple(children)) for pair, children in together.items()]


def _cared_for(
    child: Relative, everyone: Iterable[Relative], parents: Mapping[str, tuple[str, ...]]
) -> list[_Brood]:
    carers = [each for each in everyone if each.kind in CARERS]
    return [
        _Brood((each.key,), (child.key,), is_broken=True)
        for each in carers
        if each.key not in parents.get(child.key, ())
    ]


@dataclass
class _Drawing:
    """Rows, columns and broods as places on paper."""

    child: str
    everyone: Mapping[str, Relative]
    rows: Mapping[int, list[str]]
    columns: Mapping[str, int]
    broods: Sequence[_Brood]
    _in_gap: dict[float, int] = field(default_factory=dict)
    _arrivals: dict[str, int] = field(default_factory=dict)

    def drawn(self) -> Genogram:
        self.row_of = {key: number for number, row in self.rows.items() for key in row}
        self.x = {key: MARGIN + STEP_X / 2 + column * STEP_X for key, column in self.columns.items()}
        starts = [self._start(brood) for brood in self.broods]
        lanes = self._lanes(starts)
        self.y = self._heights(lanes)
        lines = [
            line
            for brood, start, lane in zip(self.broods, starts, lanes, strict=True)
            for line in self._lines(brood, start, lane)
        ]
        return Genogram(
            width=2 * MARGIN + STEP_X * (max(self.columns.values()) + 1),
            height=int(max(self.y.values()) + SIZE / 2 + TEXT),
            people=tuple(
                _draw(each, (self.x[key], self.y[self.row_of[key]]), key == self.child)
                for key, each in self.everyone.items()
            ),
            lines=tuple(lines),
        )

    def _start(self, brood: _Brood) -> float:
        """Where a brood's line runs down: in the gap beside its last parent, apart from others there."""
        ends = [self.x[key] for key in brood.parents]
        gap = min(ends) + STEP_X / 2 if len(ends) == 2 else self._freer_gap(ends[0])
        taken = self._in_gap[gap] = self._in_gap.get(gap, -1) + 1
        return gap + APART * ((taken + 1) // 2) * (-1 if taken % 2 else 1)

    def _freer_gap(self, x: float) -> float:
        return min((x + STEP_X / 2, x - STEP_X / 2), key=lambda gap: (gap < MARGIN, self._in_gap.get(gap, 0)))

    def _lanes(self, starts: Sequence[float]) -> list[int]:
        """Which lane each brood's line across takes below its parents: lines that would meet lie apart."""
        lanes: list[int] = []
        taken: dict[tuple[int, int], list[tuple[float, float]]] = {}
        for brood, start in zip(self.broods, starts, strict=True):
            row = self.row_of[brood.children[0]]
            xs = [start, *(self.x[key] for key in brood.children)]
            span = (min(xs) - 2 * APART, max(xs) + 2 * APART)
            lane = 0
            while any(span[0] < end and begin < span[1] for begin, end in taken.get((row, lane), [])):
                lane += 1
            taken.setdefault((row, lane), []).append(span)
            lanes.append(lane)
        return lanes

    def _heights(self, lanes: Sequence[int]) -> dict[int, float]:
        """The middle of each row; a row stands lower where more lines run across above it."""
        most: dict[int, int] = {}
        for brood, lane in zip(self.broods, lanes, strict=True):
            row = self.row_of[brood.children[0]]
            most[row] = max(most.get(row, 0), lane + 1)
        heights: dict[int, float] = {}
        y = float(MARGIN + SIZE / 2)
        for number, row in enumerate(self.rows):
            y += (SIZE + TEXT + 16 + LANE * most.get(row, 0)) if number else 0
            heights[row] = y
        return heights

    def _lines(self, brood: _Brood, start: float, lane: int) -> Iterable[DrawnLine]:
        """The line between parents, and one drop to each child."""
        level = self.y[self.row_of[brood.children[0]]] - SIZE / 2 - 12 - LANE * lane
        out = self._couple(brood, start)
        if len(brood.parents) == 2:
            yield DrawnLine(_points(out), brood.is_broken)
        for key in brood.children:
            top = self.y[self.row_of[key]] - SIZE / 2
            at = self._arrive(key)
            begin = out if len(brood.parents) == 1 else [(start, self._level_of(brood))]
            yield DrawnLine(_points([*begin, (start, level), (at, level), (at, top)]), brood.is_broken)

    def _level_of(self, brood: _Brood) -> float:
        one, two = brood.parents
        y = self.y[self.row_of[two]]
        is_beside = abs(self.columns[one] - self.columns[two]) == 1 and self.row_of[one] == self.row_of[two]
        return y if is_beside else y - SIZE / 2 - 6

    def _couple(self, brood: _Brood, start: float) -> list[Place]:
        """From one parent to the other, over the heads of those between; from one alone, into the gap."""
        first = brood.parents[0]
        y = self.y[self.row_of[first]]
        if len(brood.parents) == 1:
            side = SIZE / 2 if start > self.x[first] else -SIZE / 2
            return [(self.x[first] + side, y), (start, y)]
        last = brood.parents[1]
        level, end = self._level_of(brood), self.y[self.row_of[last]]
        if level == end:
            return [(self.x[first] + SIZE / 2, y), (self.x[last] - SIZE / 2, end)]
        return [
            (self.x[first] + 14, y - SIZE / 2),
            (self.x[first] + 14, level),
            (self.x[last] - 14, level),
            (self.x[last] - 14, end - SIZE / 2),
        ]

    def _arrive(self, key: str) -> float:
        """Where a line reaches somebody's top: the middle, and beside it for the next."""
        taken = self._arrivals[key] = self._arrivals.get(key, -1) + 1
        return self.x[key] + APART * ((taken + 1) // 2) * (1 if taken % 2 else -1)


def _points(places: Iterable[Place]) -> str:
    return " ".join(f"{x:.0f},{y:.0f}" for x, y in places)


def _draw(relative: Relative, place: Place, is_child: bool) -> DrawnPerson:
    shape = {"M": "square", "F": "circle"}.get(relative.sex, "diamond")
    below = place[1] + SIZE / 2 + 16
    return DrawnPerson(
        x=place[0],
        y=place[1],
        half=SIZE / 2,
        shape=shape,
        name=relative.name,
        name_lines=tuple((below + 15 * number, line) for number, line in enumerate(_on_lines(relative.name))),
        detail=relative.detail,
        is_child=is_child,
        is_dead=relative.is_dead,
        link=relative.link,
    )


def _on_lines(name: str) -> list[str]:
    """A name on one line where it fits, else on two, each cut to its room."""
    if len(name) <= LONGEST:
        return [name]
    words = name.split()
    first = words[0] if words else name
    for word in words[1:-1]:
        if len(f"{first} {word}") <= LONGEST:
            first = f"{first} {word}"
    return [_cut(first), _cut(words[-1])] if len(words) > 1 else [_cut(first)]


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
