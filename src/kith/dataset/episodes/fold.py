"""Turn a child's SSDA903 episodes into what happened: periods of care, legal statuses, placements (D5).

Real files contradict themselves. `fold` believes as much of them as can be true at once, and never fails:
what it had to leave out shows when the history is unfolded again and compared with the rows.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TypeVar

from kith.dataset.episodes.history import (
    CONTINUES,
    STARTS_CARE,
    CareHistory,
    Episode,
    LegalStatus,
    PeriodOfCare,
    Placement,
    Sources,
)

NEW_LEGAL_STATUS = frozenset({"L", "B", "U"})
NEW_CARER = frozenset({"P", "B"})
SAME_CARER = frozenset({"T", "U"})
NEW_PLACEMENT = NEW_CARER | SAME_CARER

LONGEST_CARER = 50

Value = TypeVar("Value", bound=Hashable)


def fold(episodes: Iterable[Episode]) -> CareHistory:
    """The history behind one child's episodes, which may come in any order and from several years.

    Of episodes that cannot be true together, those of the latest return are believed, and of one return as
    many as possible. Within a period the details are believed before RNE: a placement or legal status that
    differs from the one before is a new one, whatever RNE says.
    """
    chain = _end_what_was_left_open(believable(episodes))
    return CareHistory(tuple(_period(stretch) for stretch in _stretches(chain)))


def believable(episodes: Iterable[Episode]) -> list[Episode]:
    """The episodes that `fold` believes, in order: no two overlap, and each lasts a day or more."""
    lasting = [episode for episode in episodes if episode.end is None or episode.end > episode.start]
    chosen: list[Episode] = []
    for year in sorted({episode.told_in for episode in lasting}, reverse=True):
        told = [x for x in lasting if x.told_in == year and _fits(x, chosen)]
        chosen = sorted(chosen + _most_without_overlap(told), key=_start)
    return chosen


def _start(episode: Episode) -> date:
    return episode.start


def _fits(episode: Episode, chosen: Sequence[Episode]) -> bool:
    """True where `episode` overlaps none of `chosen`: told later, in order, and not overlapping each other.

    What a later return shows as open had not ended, so nothing that an earlier one tells comes after it.
    """
    place = bisect_left(chosen, episode.start, key=_start)
    if any(_overlap(episode, other) for other in chosen[max(place - 1, 0) : place + 1]):
        return False
    return place == 0 or chosen[place - 1].end is not None


def _last_day(episode: Episode) -> date:
    """The day it stops standing in the way of another; an open one only keeps its first day."""
    if episode.end is not None:
        return episode.end
    return episode.start + timedelta(days=1) if episode.start < date.max else date.max


def _overlap(one: Episode, other: Episode) -> bool:
    return one.start == other.start or (one.start < _last_day(other) and other.start < _last_day(one))


def _most_without_overlap(episodes: Sequence[Episode]) -> list[Episode]:
    """As many of `episodes` as fit beside each other; of two that fit as well, the one that ends first."""
    kept: list[Episode] = []
    for episode in sorted(episodes, key=_ends_first):
        if not kept or not _overlap(kept[-1], episode):
            kept.append(episode)
    return kept


def _ends_first(episode: Episode) -> tuple[date, date, str, str]:
    """Order of ending; the rest only makes the answer the same whatever order rows come in."""
    return _last_day(episode), episode.start, repr(episode), "".join(episode.sources)


def _end_what_was_left_open(chain: Sequence[Episode]) -> list[Episode]:
    """An open episode that is followed by another had ended by then: nobody is in two at once."""
    ended = []
    for i, episode in enumerate(chain):
        following = chain[i + 1] if i + 1 < len(chain) else None
        if episode.end is not None:
            ended.append(episode)
        elif following is None:
            ended.append(replace(episode, end_reason=None))
        else:
            ended.append(_ended_by(episode, following))
    return ended


def _ended_by(episode: Episode, following: Episode) -> Episode:
    if following.new_reason != STARTS_CARE:
        return replace(episode, end=following.start, end_reason=CONTINUES)
    leaving = None if episode.end_reason == CONTINUES else episode.end_reason
    return replace(episode, end=following.start, end_reason=leaving)


def _stretches(chain: Sequence[Episode]) -> list[list[Episode]]:
    """The chain broken into periods of care."""
    stretches: list[list[Episode]] = []
    for episode in chain:
        if stretches and _goes_on(stretches[-1][-1], episode):
            stretches[-1].append(episode)
        else:
            stretches.append([episode])
    return stretches


def _goes_on(episode: Episode, following: Episode) -> bool:
    return (
        episode.end == following.start
        and episode.end_reason in (CONTINUES, None)
        and following.new_reason != STARTS_CARE
    )


@dataclass
class _Lines:
    """The two time lines of one period while they are being drawn."""

    home_postcode: str | None
    legal_statuses: list[LegalStatus] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    carers: dict[tuple[str | None, str | None], str] = field(default_factory=dict)

    def draw(self, episode: Episode) -> None:
        self._draw_legal_status(episode)
        self._draw_placement(episode)

    def _draw_legal_status(self, episode: Episode) -> None:
        now = self.legal_statuses[-1] if self.legal_statuses else None
        if now and now.code == episode.legal_status and episode.new_reason not in NEW_LEGAL_STATUS:
            self.legal_statuses[-1] = replace(now, end=episode.end, sources=now.sources + episode.sources)
        else:
            new = LegalStatus(episode.legal_status, episode.start, episode.end, episode.sources)
            self.legal_statuses.append(new)

    def _draw_placement(self, episode: Episode) -> None:
        now = self.placements[-1] if self.placements else None
        if now and _is_same_placement(now, episode) and episode.new_reason not in NEW_PLACEMENT:
            self.placements[-1] = replace(
                now,
                end=episode.end,
                change_reason=episode.change_reason,
                sources=now.sources + episode.sources,
            )
        else:
            self.placements.append(self._new_placement(episode, now))

    def _new_placement(self, episode: Episode, before: Placement | None) -> Placement:
        carer = self._carer(episode, before)
        self.carers[episode.urn, episode.postcode] = carer
        is_other_home = episode.home_postcode != self.home_postcode
        return Placement(
            placement_type=episode.placement_type,
            carer=carer,
            start=episode.start,
            end=episode.end,
            provider=episode.provider,
            urn=episode.urn,
            postcode=episode.postcode,
            home_postcode=episode.home_postcode if is_other_home else None,
            change_reason=episode.change_reason,
            sources=episode.sources,
        )

    def _carer(self, episode: Episode, before: Placement | None) -> str:
        """Who cares: the same text as before for T and U, another for P and B.

        A 903 names no carer, so the text is made of the provider's URN and the postcode, and siblings in
        one home share it. A child who comes back from a temporary stay comes back to the same carer.
        """
        if before and _stays_with_carer(episode, before):
            return before.carer
        known = self.carers.get((episode.urn, episode.postcode))
        if known and (before is None or known != before.carer):
            return known
        name = (
            " ".join(x for x in (episode.urn, episode.postcode) if x) or episode.placement_type or "not told"
        )
        name = name[:LONGEST_CARER]
        taken = {before.carer} if before else set()
        return next(text for text in _numbered(name) if text not in taken)


def _numbered(name: str) -> Iterable[str]:
    yield name
    for number in range(2, 1_000_000):
        yield f"{name} ({number})"


def _stays_with_carer(episode: Episode, before: Placement) -> bool:
    """True where RNE says so; where RNE speaks of no move, a changed placement has a new carer if the
    child sleeps elsewhere."""
    if episode.new_reason in SAME_CARER:
        return True
    return episode.new_reason not in NEW_CARER and episode.postcode == before.postcode


def _is_same_placement(placement: Placement, episode: Episode) -> bool:
    return (placement.placement_type, placement.provider, placement.urn, placement.postcode) == (
        episode.placement_type,
        episode.provider,
        episode.urn,
        episode.postcode,
    )


def _period(stretch: Sequence[Episode]) -> PeriodOfCare:
    first, last = stretch[0], stretch[-1]
    lines = _Lines(home_postcode=_home_when_care_began(stretch))
    for episode in stretch:
        lines.draw(episode)
    is_start_known = first.new_reason == STARTS_CARE
    return PeriodOfCare(
        start=first.start,
        end=last.end,
        end_reason=last.end_reason,
        need=_commonest([x.need for x in stretch]),
        home_postcode=lines.home_postcode,
        is_start_known=is_start_known,
        first_reason=None if is_start_known else first.new_reason,
        legal_statuses=tuple(lines.legal_statuses),
        placements=tuple(lines.placements),
        sources=_sources(stretch),
    )


def _home_when_care_began(stretch: Sequence[Episode]) -> str | None:
    """None where some row is blank: then each placement keeps the home that was told with it."""
    homes = [episode.home_postcode for episode in stretch]
    return homes[0] if all(homes) else None


def _commonest(values: Sequence[Value]) -> Value:
    """The value that most rows give; of two as common, the one given first."""
    return Counter(values).most_common(1)[0][0]


def _sources(episodes: Iterable[Episode]) -> Sources:
    return tuple(source for episode in episodes for source in episode.sources)
