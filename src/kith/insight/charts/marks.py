"""The shapes of charts: each place has a shape and a line of its own; no colour has to be told apart."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

from kith.insight.charts.picture import EDGE, ENGLAND, INK, PALE_TEAL, PAPER, TEAL, Picture

# The lines and shapes of what stands beside a place: England's first, then those of others in their order.
DASHES = ("6 4", "1.5 3.5", "9 3 2 3")
SHAPES = ("diamond", "square", "triangle")


def styles(names: Sequence[str]) -> list[int]:
    """Which line and shape each of these has: England's is the same in every chart."""
    others = count(1)
    return [0 if name == "England" else next(others) for name in names]


def dot(picture: Picture, x: float, y: float, says: str = "", radius: float = 3.75) -> None:
    """The place's own figure: a filled circle."""
    picture.add("circle", says, cx=x, cy=y, r=radius, fill=TEAL, stroke=PAPER, stroke_width=1)


def ring(picture: Picture, x: float, y: float) -> None:
    """A signal: a ring about a point."""
    picture.add("circle", cx=x, cy=y, r=7.5, fill="none", stroke=INK, stroke_width=1.75)


def other(picture: Picture, x: float, y: float, says: str = "") -> None:
    """One of many other places: a small open circle."""
    picture.add("circle", says, cx=x, cy=y, r=3, fill=PAPER, fill_opacity=0.8, stroke=EDGE, stroke_width=1.25)


def shape(picture: Picture, name: str, x: float, y: float, says: str = "", size: float = 5) -> None:
    """An open diamond, square or triangle about a point."""
    corners = {
        "diamond": [(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)],
        "square": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        "triangle": [(0, -1.1), (1.1, 0.9), (-1.1, 0.9)],
    }[name]
    points = " ".join(f"{x + across * size:.2f},{y + down * size:.2f}" for across, down in corners)
    picture.add(
        "polygon", says, points=points, fill=PAPER, stroke=ENGLAND, stroke_width=1.75, stroke_linejoin="round"
    )


def whisker(
    picture: Picture, low: float, high: float, y: float, cut_low: bool = False, cut_high: bool = False
) -> None:
    """A 95 % range lying along `y`, its ends as small bars; an arrow where it runs on beyond the drawing."""
    picture.line(low, y, high, y, INK, 1.5)
    for x, cut, way in ((low, cut_low, 1), (high, cut_high, -1)):
        if cut:
            picture.add(
                "polyline",
                points=f"{x + 5 * way:.2f},{y - 4:.2f} {x:.2f},{y:.2f} {x + 5 * way:.2f},{y + 4:.2f}",
                fill="none",
                stroke=INK,
                stroke_width=1.5,
            )
        else:
            picture.line(x, y - 4, x, y + 4, INK, 1.5)


def upright_whisker(picture: Picture, x: float, low: float, high: float, stroke: str = TEAL) -> None:
    """A 95 % range standing at `x`, its ends as small bars."""
    picture.line(x, low, x, high, stroke, 1.5)
    for y in (low, high):
        picture.line(x - 4, y, x + 4, y, stroke, 1.5)


Sample = Callable[[Picture, float, float], None]  # drawn from (x, y) on, 26 wide, about the line y


@dataclass(frozen=True)
class KeyLine:
    """A sample and its words."""

    sample: Sample
    words: str


def own_line(picture: Picture, x: float, y: float) -> None:
    picture.line(x, y, x + 26, y, TEAL, 2.5)
    dot(picture, x + 13, y)


def own_dot(picture: Picture, x: float, y: float) -> None:
    dot(picture, x + 13, y, radius=5)


def own_bar(picture: Picture, x: float, y: float) -> None:
    bar(picture, x, y - 6, 26, 12)


def bar(picture: Picture, x: float, y: float, width: float, height: float, says: str = "") -> None:
    """The place's own amount: a pale bar with a dark edge, on which a whisker is seen; a line for nothing."""
    if width < 0.5:
        picture.line(x, y, x, y + height, TEAL, 2.5)
        return
    picture.add(
        "rect", says, x=x, y=y, width=width, height=height, fill=PALE_TEAL, stroke=TEAL, stroke_width=1.5
    )


def band(picture: Picture, x: float, y: float) -> None:
    picture.add("rect", x=x, y=y - 6, width=26, height=12, fill=PALE_TEAL)


def lying_whisker(picture: Picture, x: float, y: float) -> None:
    whisker(picture, x + 2, x + 24, y)


def standing_whisker(picture: Picture, x: float, y: float) -> None:
    upright_whisker(picture, x + 13, y - 7, y + 7)


def others(picture: Picture, x: float, y: float) -> None:
    other(picture, x + 13, y)


def signal(picture: Picture, x: float, y: float) -> None:
    ring(picture, x + 13, y)
    dot(picture, x + 13, y)


def line_of(stroke: str, width: float, dash: str = "") -> Sample:
    """A line as limits have it."""
    return lambda picture, x, y: picture.line(x, y, x + 26, y, stroke, width, dash)


def shape_of(number: int) -> Sample:
    """The shape of what stands beside, by its order."""
    return lambda picture, x, y: shape(picture, SHAPES[number % len(SHAPES)], x + 13, y)


def key_shapes(names: Sequence[str]) -> list[tuple[Sample, str]]:
    """The shape of each that stands beside, with its name."""
    return [(shape_of(style), name) for style, name in zip(styles(names), names, strict=True)]


def key_lines(names: Sequence[str]) -> list[tuple[Sample, str]]:
    """The line of each that stands beside, with its name."""
    dashes = [DASHES[style % len(DASHES)] for style in styles(names)]
    return [(line_of(ENGLAND, 2, dash), name) for dash, name in zip(dashes, names, strict=True)]


def rest(picture: Picture, x: float, y: float) -> None:
    picture.add("rect", x=x, y=y - 6, width=26, height=12, fill=picture.hatch("rest"), stroke=EDGE)
