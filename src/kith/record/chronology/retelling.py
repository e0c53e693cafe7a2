"""Lines told again beside other facts: a stored line knows its own fact alone.

A placement told alone is a move; beside the one before, with the same carers, it is none. What is stored
stays as it was written: the lines given back are copies.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass

from kith.record.chronology.models import Line

PLACEMENT, ALLOCATION = "care.placement", "people.allocation"


@dataclass(frozen=True)
class Placed:
    """How a placement is told that is no move to new carers: its kind, and words in place of "Moved to"."""

    kind: str
    start: str


KEPT = Placed("placement_kept", "Stayed with the same carers, now ")
MOVED_TOGETHER = Placed("placement_moved_together", "Moved house with the same carers, in ")
SHORT_STAY = Placed("short_stay", "Away for ")
BACK = Placed("short_stay_over", "Back with the same carers, in ")


def retell(lines: Iterable[Line], *, placed: Mapping[int, Placed], workers: Mapping[int, str]) -> list[Line]:
    """These lines, told beside the facts around them.

    `placed` holds the placements that were no move, and `workers` the worker's name of each allocation
    where it is known, both by thread.
    """
    return [_again(line, placed, workers) for line in lines]


def _again(line: Line, placed: Mapping[int, Placed], workers: Mapping[int, str]) -> Line:
    if line.fact_table == PLACEMENT and line.kind == "placement_started" and line.fact_thread in placed:
        return _no_move(line, placed[line.fact_thread])
    if line.fact_table == PLACEMENT and line.kind == "placement_ended":
        return _changed(line, line.text.replace("The move was because", "The change was because", 1))
    if line.fact_table == ALLOCATION and (name := workers.get(line.fact_thread)):
        return _named(line, name)
    return line


def _no_move(line: Line, told: Placed) -> Line:
    text = line.text
    if text.startswith("Moved to "):  # an adoptive placement has words of its own, that are true of it
        text = told.start + text.removeprefix("Moved to ")
    again = _changed(line, text)
    again.kind = told.kind
    return again


def _named(line: Line, name: str) -> Line:
    """The worker by name, in place of a registration number or of nobody."""
    for act in (" began to work with the child", " stopped working with the child"):
        before, found, after = line.text.partition(act)
        if found and before != name:
            return _changed(line, f"{name}{act}{after}")
    return line


def _changed(line: Line, text: str) -> Line:
    again = copy(line)
    again.text = text
    return again
