"""Whole numbers that add up: a total shared out, within limits, or in a table with both sums given."""

from collections.abc import Sequence
from itertools import pairwise
from math import floor

_DOUBLINGS = 60


class MarginsDisagree(ValueError):
    """No whole numbers meet all that was asked; the message says what was."""


def spread(total: int, weights: Sequence[float]) -> list[int]:
    """The total shared out as the weights are, each within one of its exact share."""
    whole, so_far, given = sum(weights), 0.0, 0
    shares = []
    for weight in weights:
        so_far += weight
        upto = floor(total * so_far / whole + 0.5) if whole else 0
        shares.append(upto - given)
        given = upto
    return shares


def spread_within(
    total: int, wished: Sequence[float], low: Sequence[int], high: Sequence[int], what: str
) -> list[int]:
    """The total shared out in about the wished proportions, each share from `low` to `high`.

    Raises MarginsDisagree where the limits leave no room for the total.
    """
    if not sum(low) <= total <= sum(high):
        raise MarginsDisagree(f"{what}: {total:,} is not between {sum(low):,} and {sum(high):,}.")

    def shares(scale: float) -> list[int]:
        return [
            min(max(floor(wish * scale), least), most)
            for wish, least, most in zip(wished, low, high, strict=True)
        ]

    least, most = 0.0, 1.0
    for _ in range(_DOUBLINGS):
        if sum(shares(most)) > total:
            break
        most *= 2
    for _ in range(_DOUBLINGS):
        middle = (least + most) / 2
        least, most = (middle, most) if sum(shares(middle)) <= total else (least, middle)
    found = shares(least)
    while sum(found) < total:
        for at in range(len(found)):
            if found[at] < high[at] and sum(found) < total:
                found[at] += 1
    return found


Table = list[list[int]]


def balanced(table: Table, low: Table, high: Table, columns: Sequence[int], what: str) -> Table:
    """The table with the same sums of rows, and these sums of columns, each cell from `low` to `high`.

    What a column has too much of goes to one with too little, within rows, by way of others where it has to.
    Raises MarginsDisagree where it cannot be done.
    """
    cells = [list(row) for row in table]
    while True:
        over = [sum(row[at] for row in cells) - column for at, column in enumerate(columns)]
        if not any(over):
            return cells
        path = _path(cells, low, high, over)
        if path is None:
            raise MarginsDisagree(f"{what}: the columns cannot come to {', '.join(map(str, columns))}.")
        for start, end in pairwise(path):
            row = _row_to_move_in(cells, low, high, start, end)
            if row is not None:
                cells[row][start] -= 1
                cells[row][end] += 1


def _path(cells: Table, low: Table, high: Table, over: Sequence[int]) -> list[int] | None:
    """The shortest way from a column with too much to one with too little."""
    paths = [[at] for at, more in enumerate(over) if more > 0]
    seen = {path[0] for path in paths}
    while paths:
        path = paths.pop(0)
        if over[path[-1]] < 0:
            return path
        for end in range(len(over)):
            if end not in seen and _row_to_move_in(cells, low, high, path[-1], end) is not None:
                seen.add(end)
                paths.append([*path, end])
    return None


def _row_to_move_in(cells: Table, low: Table, high: Table, start: int, end: int) -> int | None:
    """The row with the most room for one less in `start` and one more in `end`; None where there is none."""
    rooms = [
        min(row[start] - least[start], most[end] - row[end])
        for row, least, most in zip(cells, low, high, strict=True)
    ]
    best = max(range(len(rooms)), key=rooms.__getitem__)
    return best if rooms[best] > 0 else None
