"""An attacker with all the time there is: every population that fits what was given out, by trying.

Written apart from what it attacks. It is given the figures as released, and the sums that it knows to hold;
it tries numbers for every cell, and finds each value that some whole population has.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence

Equation = Sequence[tuple[Hashable, int]]
Boxes = Mapping[Hashable, tuple[int, int]]


def values_that_fit(
    cell: Hashable, equations: Sequence[Equation], boxes: Boxes, among: Iterable[int] = range(100)
) -> set[int]:
    """Each value of `cell` for which every other cell can be filled in, within its box, and all sums hold.

    Only values in `among` are tried.
    """
    tidy = _narrowed(dict(boxes), equations)
    assert tidy is not None, "no population fits: what was given out is false"
    low, high = tidy[cell]
    values = [value for value in among if low <= value <= high]
    return {value for value in values if _fits({**tidy, cell: (value, value)}, equations)}


def _fits(boxes: dict, equations: Sequence[Equation]) -> bool:
    tidy = _narrowed(boxes, equations)
    if tidy is None:
        return False
    open_cells = [cell for cell, (low, high) in tidy.items() if low < high]
    if not open_cells:
        return True
    cell = min(open_cells, key=lambda one: tidy[one][1] - tidy[one][0])
    low, high = tidy[cell]
    middle_out = sorted(range(low, high + 1), key=lambda value: abs(2 * value - low - high))
    return any(_fits({**tidy, cell: (value, value)}, equations) for value in middle_out)


def _narrowed(boxes: dict, equations: Iterable[Equation]) -> dict | None:
    """The boxes without values that one sum alone rules out; None where nothing is left of one."""
    boxes = dict(boxes)
    changed = True
    while changed:
        changed = False
        for equation in equations:
            for cell, sign in equation:
                others = [
                    (boxes[one][0] * s, boxes[one][1] * s)
                    if s > 0
                    else (boxes[one][1] * s, boxes[one][0] * s)
                    for one, s in equation
                    if one != cell
                ]
                least, most = sum(low for low, _ in others), sum(high for _, high in others)
                low, high = boxes[cell]
                new = (max(low, -most), min(high, -least)) if sign > 0 else (max(low, least), min(high, most))
                if new[0] > new[1]:
                    return None
                if new != boxes[cell]:
                    boxes[cell], changed = new, True
    return boxes
