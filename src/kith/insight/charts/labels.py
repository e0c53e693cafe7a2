"""Names beside points, placed so that no name covers a point or another name."""

from collections.abc import Sequence
from dataclasses import dataclass

from kith.insight.charts.letters import width_of


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share any room."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def is_in(self, other: "Box") -> bool:
        """Whether it lies within the other."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


@dataclass(frozen=True)
class PlacedLabel:
    """Words standing from (x, y) on; `far` where a thin line has to lead from the point to them."""

    x: float
    y: float
    words: str
    box: Box
    far: bool


# Where a label may stand about its point, nearest first: how far out, to the right or left, how far down.
_PLACES = sorted(
    ((out, side, down * 6) for out in (10, 26, 48, 80) for side in (1, -1) for down in range(-16, 17)),
    key=lambda place: (place[0] + abs(place[2]), -place[1], place[2]),
)


def place_labels(
    points: Sequence[tuple[float, float, str, bool]],
    taken: Sequence[Box],
    lines: Sequence[Box],
    within: Box,
    size: float,
) -> list[PlacedLabel | None]:
    """A label for each point, (x, y, words, bold), in the room left by `taken` and by the labels before it.

    It keeps off `lines` too where it can. None where there is no room: the table has the figure.
    """
    boxes = list(taken)
    placed: list[PlacedLabel | None] = []
    for x, y, words, bold in points:
        long = width_of(words, size, bold)
        label = _place(x, y, words, long, [*boxes, *lines], within, size)
        label = label or _place(x, y, words, long, boxes, within, size)
        placed.append(label)
        boxes += [label.box] if label else []
    return placed


def _place(
    x: float, y: float, words: str, long: float, taken: list[Box], within: Box, size: float
) -> PlacedLabel | None:
    for out, side, down in _PLACES:
        left = x + out if side > 0 else x - out - long
        base = y + down + size * 0.35
        box = Box(left - 2, base - size, left + long + 2, base + 4)
        if box.is_in(within) and not any(box.meets(other) for other in taken):
            return PlacedLabel(left, base, words, box, out > 10 or abs(down) > 8)
    return None
