"""Ties between young people and what is of concern as a picture: people on the left, the rest on the right.

Each line has the number of its row in the table beside the picture; a broken line is a rumour.
"""

from collections.abc import Sequence
from dataclasses import dataclass

BOX_W, BOX_H, ROW = 210, 44, 64
LEFT, RIGHT, TOP = 10, 430, 12
WIDTH = 720  # room on the right for lines between two things of concern
LONGEST = 26  # letters of a name in its box


@dataclass(frozen=True)
class Node:
    """Somebody or something in the picture; `detail` stands small below its name."""

    key: str
    name: str
    detail: str


@dataclass(frozen=True)
class Edge:
    """A line from one to another; `number` is its row in the table, 0 for none."""

    one: str
    other: str
    number: int
    is_rumour: bool


@dataclass(frozen=True)
class DrawnNode:
    x: int
    y: int
    name: str
    short: str
    detail: str
    is_person: bool

    @property
    def middle(self) -> int:
        return self.x + BOX_W // 2


@dataclass(frozen=True)
class DrawnEdge:
    points: str
    x: int
    y: int
    number: int
    is_rumour: bool


@dataclass(frozen=True)
class PeerMap:
    width: int
    height: int
    box_width: int
    box_height: int
    nodes: tuple[DrawnNode, ...]
    edges: tuple[DrawnEdge, ...]


def draw_peer_map(people: Sequence[Node], concerns: Sequence[Node], edges: Sequence[Edge]) -> PeerMap | None:
    """The picture; None where there is nothing to draw. Lines to what it does not hold are left out."""
    if not people and not concerns:
        return None
    drawn = {node.key: _node(node, row, is_person=True) for row, node in enumerate(people)}
    drawn |= {node.key: _node(node, row, is_person=False) for row, node in enumerate(concerns)}
    known = [edge for edge in edges if edge.one in drawn and edge.other in drawn]
    lines = [_edge(drawn[edge.one], drawn[edge.other], edge, place) for place, edge in enumerate(known)]
    height = TOP * 2 + ROW * max(len(people), len(concerns))
    return PeerMap(WIDTH, height, BOX_W, BOX_H, tuple(drawn.values()), tuple(lines))


def _node(node: Node, row: int, *, is_person: bool) -> DrawnNode:
    short = node.name if len(node.name) <= LONGEST else f"{node.name[: LONGEST - 1]}…"
    return DrawnNode(LEFT if is_person else RIGHT, TOP + row * ROW, node.name, short, node.detail, is_person)


def _edge(one: DrawnNode, other: DrawnNode, edge: Edge, place: int) -> DrawnEdge:
    """Across between the columns; around the right side between two things of concern.

    The numbers stand at four places along the lines, so that those of lines that cross lie apart.
    """
    y1, y2 = one.y + BOX_H // 2, other.y + BOX_H // 2
    if one.is_person:
        x1, x2 = LEFT + BOX_W, RIGHT
        along = (place % 4 + 1) / 5
        at = (round(x1 + (x2 - x1) * along), round(y1 + (y2 - y1) * along))
        return DrawnEdge(f"{x1},{y1} {x2},{y2}", *at, edge.number, edge.is_rumour)
    x1 = RIGHT + BOX_W
    out = x1 + 24 + place % 3 * 18
    points = f"{x1},{y1} {out},{y1} {out},{y2} {x1},{y2}"
    return DrawnEdge(points, out, (y1 + y2) // 2, edge.number, edge.is_rumour)
