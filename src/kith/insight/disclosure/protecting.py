"""Keeping back more, until no small count can be worked out from what is shown.

First every count is shown by what it is alone: a small one not at all, another rounded. Then each small
count, shown or not, has to have its room: values in a row that it could have for all that is given out. Where
it has not, the fewest other cells are kept back that give it room, small ones rather than large, and groups
rather than everyone together, so that least is lost.
"""

from collections.abc import Iterable, Iterator

from kith.insight.disclosure.audience import Audience
from kith.insight.disclosure.counts import MANY, NEVER_SHOWN, SHOWN, SMALL, Count
from kith.insight.disclosure.fixed_periods import CannotBeProtected
from kith.insight.disclosure.layout import EVERYONE
from kith.insight.disclosure.links import Web
from kith.insight.disclosure.moves import Move, moves_of, room_of
from kith.insight.disclosure.plans import cheapest_plan
from kith.insight.disclosure.ways import Rooms, Spot, Ways


def protect(web: Web, audience: Audience) -> None:
    """Keep back cells of `web` until every small count has room for `possible_values` values in a row.

    Raises CannotBeProtected where that cannot be.

    Deterministic: the same counts are always shown the same. What is kept back only gives more room to
    others, so each count is looked at once.
    """
    for count in web.counts:
        needed = [at for at in range(len(count.true)) if _is_to_protect(count, at, audience)]
        if needed:
            moves, rooms = moves_of(web, count), Rooms()
            for at in _without_room(count, needed, moves, audience):
                _give_room(web, Ways(count, at, web, moves, rooms), audience)


def _is_to_protect(count: Count, at: int, audience: Audience) -> bool:
    """Whether the cell is small, and is not shown or never was. That nobody is in no group is no secret."""
    if count.how[at] == NEVER_SHOWN:
        is_open = bool(count.down[at] or count.up[at])
        return is_open and count.down[at] < MANY and audience.is_small(count.true[at])
    return count.how[at] == SMALL


def _without_room(count: Count, needed: list[int], moves: list[Move], audience: Audience) -> Iterator[int]:
    """Those of `needed` that no one move gives room; a look at all cells at once, for most have it."""
    down, up = [0] * len(count.true), [0] * len(count.true)
    for move in moves:
        room = room_of(move)
        lower, higher = room.everywhere()
        same = room.layout is count.layout
        where = range(len(down)) if same else [room.layout.at[cell] for cell in count.layout.cells]
        down = [max(one, lower[at]) for one, at in zip(down, where, strict=True)]
        up = [max(one, higher[at]) for one, at in zip(up, where, strict=True)]
        if all(down[at] + up[at] + 1 >= audience.possible_values for at in needed):
            return
    for at in needed:
        if down[at] + up[at] + 1 < audience.possible_values:
            yield at


def _give_room(web: Web, ways: Ways, audience: Audience) -> None:
    """Give a cell its room: all of it for what readers are told, and for somebody who knows which cells are
    small all of it, or as much as can be.
    """
    enough = audience.possible_values
    for fewer in range(enough, 1, -1):
        if _has_room(ways, fewer, as_told=False):
            break
    if not _has_room(ways, enough, as_told=True):
        _keep_back_all_around(web, ways, audience)


def _has_room(ways: Ways, enough: int, *, as_told: bool) -> bool:
    """Whether the cell has so many possible values, after keeping back others if it takes that and helps."""
    if ways.values_possible(as_told) >= enough:
        return True
    spots = cheapest_plan(ways, enough, as_told=as_told)
    ways.rooms.keep_back(spots or [])
    return spots is not None


def _keep_back_all_around(web: Web, ways: Ways, audience: Audience) -> None:
    """The last resort: keep back the whole breakdown and everyone in all counts that are tied to this one,
    wider with every round, until there is room. Raises CannotBeProtected where nothing more is shown and
    there is none.
    """
    around = {ways.count}
    while True:
        around |= _tied(web, around)
        for whole in (False, True):
            ways.rooms.keep_back(list(_cells_of(around, ways.cell[0], whole)))
            if ways.values_possible(as_told=True) >= audience.possible_values:
                return
        if _tied(web, around) <= around:
            raise CannotBeProtected(
                f"{ways.count.key.count} of {ways.count.key.authority} cannot be given to {audience.words}: "
                "however little of it is shown, a small number can be worked out. Leave it out.",
                ways.count.key.count.partition(" ")[0],
            )


def _tied(web: Web, around: set[Count]) -> set[Count]:
    return {other for one in around for link in web.links_of.get(one, ()) for other, _ in link}


def _cells_of(counts: Iterable[Count], name: str | None, whole: bool) -> Iterator[Spot]:
    for count in counts:
        for at, cell in enumerate(count.layout.cells):
            is_near = whole or cell[0] == name or cell == EVERYONE
            if is_near and count.how[at] == SHOWN:
                yield count, at
