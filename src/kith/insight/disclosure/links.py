"""What ties counts together: every sum by which one of them can be worked out from others.

In each link the counts, each times its sign, come to nothing, cell by cell. A link may hold a count that is
never shown: the rest of a share, the quarter that was not asked for, the authorities that are not there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from kith.insight.disclosure.audience import Audience
from kith.insight.disclosure.counts import COUNTED, OUT_OF, Count, Key, show
from kith.insight.disclosure.fixed_periods import kind_of_period
from kith.insight.disclosure.layout import IN_NO_GROUP
from kith.insight.disclosure.sums import Sum

ENGLAND = "England"
Link = tuple[tuple[Count, int], ...]


@dataclass(slots=True)
class Web:
    """All counts of what is given out, and the links between them; `links_of` finds those of one count."""

    counts: list[Count]
    links: list[Link] = field(default_factory=list)
    links_of: dict[Count, list[Link]] = field(default_factory=dict)

    def tie(self, *members: tuple[Count, int]) -> None:
        """Add a link, unless a count is in it twice, for then it says nothing of that count."""
        if len({count for count, _ in members}) == len(members):
            self.links.append(members)
            for count, _ in members:
                self.links_of.setdefault(count, []).append(members)


def web_of(counts: Sequence[Count], sums: Iterable[Sum], audience: Audience) -> Web:
    """The counts with every link between them that can be found in the figures or is declared."""
    kept = _once_each(counts)
    web = Web([count for count in counts if kept[count.key] is count])
    _tie_shares(web, kept, audience)
    for one in sums:
        _tie_sum(web, kept, one, audience)
    _tie_periods(web, kept, audience)
    _tie_england(web, kept, audience)
    return web


def _once_each(counts: Sequence[Count]) -> dict[Key, Count]:
    """Each key's count, where what a share is out of is the count that agrees with it in every cell."""
    seen: dict[object, Count] = {}
    found = {}
    for is_out_of in (False, True):
        for count in counts:
            if count.key.count.endswith(OUT_OF) is is_out_of:
                key = count.key
                what = (key.authority, key.first, key.last, count.layout, tuple(count.true))
                same = seen.setdefault(what, count) if _may_be_the_same(count) else count
                found[key] = same if is_out_of else count
                if found[key] is not count:
                    same.also.append(key)
    return found


def _may_be_the_same(count: Count) -> bool:
    return count.key.count.endswith(OUT_OF) or COUNTED not in count.key.count


def _tie_shares(web: Web, kept: dict[Key, Count], audience: Audience) -> None:
    for key, counted in kept.items():
        if key.count.endswith(COUNTED):
            indicator = key.count.removesuffix(COUNTED)
            out_of = kept.get(Key(key.authority, key.first, key.last, indicator + OUT_OF))
            if out_of is not None:
                _tie_parts(web, out_of, [counted], audience, indicator + " the rest", or_none=True)


def _tie_sum(web: Web, kept: dict[Key, Count], one: Sum, audience: Audience) -> None:
    for key, whole in kept.items():
        if key.count != one.whole:
            continue
        parts = [(kept.get(Key(key.authority, key.first, key.last, name)), sign) for name, sign in one.parts]
        held = [(part, sign) for part, sign in parts if part is not None]
        if one.kind == "parts":
            _tie_parts(web, whole, [part for part, _ in held], audience, one.whole + " other")
        elif len(held) == len(parts) and (before := _before(kept, key)):
            members = ((whole, 1), (before, -1), *((part, -sign) for part, sign in held))
            if _holds(members):
                web.tie(*members)


def _holds(members: Link) -> bool:
    """Whether the counts come to nothing in every cell, as who works with the sum would have to believe.

    A child who comes into care twice is one child, and a year older in the next year's group: where the facts
    do not keep to a sum, it gives nobody a number.
    """
    first = members[0][0].layout
    return all(
        sum(sign * count.true[count.layout.at[cell]] for count, sign in members if cell in count.layout.at)
        == 0
        for cell in first.cells
    )


def _before(kept: dict[Key, Count], key: Key) -> Count | None:
    """The same count in the period of the same kind that ended the day before."""
    kind = kind_of_period(key.first, key.last)
    for other, count in kept.items():
        same = (other.authority, other.count) == (key.authority, key.count)
        follows = other.last + timedelta(days=1) == key.first
        if same and follows and kind_of_period(other.first, other.last) == kind:
            return count
    return None


def _tie_periods(web: Web, kept: dict[Key, Count], audience: Audience) -> None:
    """Tie each period with those of each shorter kind within it, for counts that add up over time."""
    by_name: dict[tuple[str, str], list[Key]] = {}
    for key in kept:
        by_name.setdefault((key.authority, key.count), []).append(key)
    shorter = {"year": ("quarter", "month"), "quarter": ("month",)}
    for keys in by_name.values():
        kinds: dict[str | None, list[Key]] = {}
        for key in keys:
            kinds.setdefault(kind_of_period(key.first, key.last), []).append(key)
        for long, shorts in shorter.items():
            for whole in kinds.get(long, ()):
                for short in shorts:
                    within = [kept[key] for key in kinds.get(short, ()) if _lies_in(key, whole)]
                    _tie_parts(web, kept[whole], within, audience, f"{whole.count} other {short}")


def _lies_in(key: Key, whole: Key) -> bool:
    return whole.first <= key.first and key.last <= whole.last


def _tie_england(web: Web, kept: dict[Key, Count], audience: Audience) -> None:
    by_name: dict[tuple[object, ...], list[Key]] = {}
    for key in kept:
        by_name.setdefault((key.count, key.first, key.last), []).append(key)
    for keys in by_name.values():
        whole = next((key for key in keys if key.authority == ENGLAND), None)
        if whole is not None:
            parts = [kept[key] for key in keys if key is not whole]
            _tie_parts(web, kept[whole], parts, audience, whole.count + " other authorities")


def _tie_parts(
    web: Web,
    whole: Count,
    parts: Sequence[Count],
    audience: Audience,
    rest_name: str,
    or_none: bool = False,
) -> None:
    """Tie a whole with its parts, and with a count that is never shown where they leave something over.

    `or_none`: also where they leave nothing, which nobody knows. No link where the parts come to more than
    the whole in any cell: then they are not its parts.
    """
    if not parts or whole in parts:
        return
    rest = _rest(whole, parts, rest_name)
    if rest is None:
        return
    members = [(whole, 1), *((part, -1) for part in parts)]
    if or_none or any(rest.true):
        show(rest, audience)
        web.counts.append(rest)
        members.append((rest, -1))
    web.tie(*members)


def _rest(whole: Count, parts: Sequence[Count], name: str) -> Count | None:
    true = list(whole.true)
    for part in parts:
        if part.layout is whole.layout:
            true = [one - other for one, other in zip(true, part.true, strict=True)]
        else:
            for at, cell in enumerate(whole.layout.cells):
                true[at] -= part.true[part.layout.at[cell]] if cell in part.layout.at else 0
    cells = whole.layout.cells
    if any(true[at] < 0 for at in range(len(true)) if cells[at][1] != IN_NO_GROUP):
        return None
    key = whole.key
    return Count(Key(key.authority, key.first, key.last, name), whole.layout, true, is_shown=False)
