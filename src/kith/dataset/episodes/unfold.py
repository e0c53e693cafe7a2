"""Derive SSDA903 episodes from what happened (docs/decisions/0005-episodes.md)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from kith.dataset.episodes.history import (
    CONTINUES,
    ONE_ROW_AGREEMENT,
    STARTS_CARE,
    WITHOUT_PROVIDER,
    CareHistory,
    Episode,
    LegalStatus,
    PeriodOfCare,
    Placement,
)

# (legal status changed, placement changed, carer changed) -> RNE
NEW_REASON = {
    (True, False, False): "L",
    (False, True, True): "P",
    (False, True, False): "T",
    (True, True, True): "B",
    (True, True, False): "U",
}

State = tuple[LegalStatus | None, Placement | None]
Spell = TypeVar("Spell", LegalStatus, Placement)


def unfold(history: CareHistory) -> list[Episode]:
    """Every episode of `history`, in order of its start.

    A legal status or placement that begins is a cut; several on one day are one. What starts and ends on
    the same day makes no episode: what went before carries on.
    """
    return [episode for period in history.periods for episode in _unfold_period(period)]


def cut_to_year(episodes: Iterable[Episode], first: date, last: date) -> list[Episode]:
    """The episodes that touch the year from `first` to `last`, as they stood on its last day.

    Starts are not clipped. What ended after `last` was still open then, so it has no end and no reasons.
    """
    return [
        replace(episode, end=None, end_reason=None, change_reason=None)
        if episode.end and episode.end > last
        else episode
        for episode in episodes
        if episode.start <= last and (episode.end is None or episode.end >= first)
    ]


def _unfold_period(period: PeriodOfCare) -> list[Episode]:
    if period.end is not None and period.end <= period.start:
        return []
    cuts = _cuts(period)
    episodes = []
    for i, (start, state) in enumerate(cuts):
        following = cuts[i + 1] if i + 1 < len(cuts) else None
        episodes.append(
            _episode(
                period,
                start,
                state,
                new_reason=_first_reason(period) if i == 0 else _new_reason(cuts[i - 1][1], state),
                end=following[0] if following else period.end,
                end_reason=CONTINUES if following else period.end_reason if period.end else None,
                change_reason=_change_reason(period, state, following[1] if following else None),
            )
        )
    return episodes


def _cuts(period: PeriodOfCare) -> list[tuple[date, State]]:
    """The days on which an episode starts, each with the legal status and placement from then on."""
    legal_statuses = [x for x in period.legal_statuses if x.end != x.start]
    placements = _without_short_stays(period.placements)
    if _is_one_row(legal_statuses):
        placements = placements[:1]
    days = {period.start, *(x.start for x in legal_statuses), *(x.start for x in placements)}
    cuts: list[tuple[date, State]] = []
    for day in sorted(day for day in days if _is_inside(day, period)):
        cuts.append((day, (_last_begun(legal_statuses, day), _last_begun(placements, day))))
    return cuts


def _is_inside(day: date, period: PeriodOfCare) -> bool:
    return period.start <= day and (period.end is None or day < period.end)


def _without_short_stays(placements: Sequence[Placement]) -> list[Placement]:
    """Placements of a day or more; the one that a shorter stay broke into two is one again."""
    kept: list[Placement] = []
    broken = False
    for placement in sorted(placements, key=lambda x: (x.start, x.end or date.max)):
        if placement.is_under_a_day:
            broken = True
        elif broken and kept and _is_same_home(kept[-1], placement):
            kept[-1] = replace(kept[-1], end=placement.end, change_reason=placement.change_reason)
            broken = False
        else:
            kept.append(placement)
            broken = False
    return kept


def _is_same_home(one: Placement, other: Placement) -> bool:
    return (one.carer, one.placement_type, one.provider, one.urn, one.postcode) == (
        other.carer,
        other.placement_type,
        other.provider,
        other.urn,
        other.postcode,
    )


def _last_begun(spells: Sequence[Spell], day: date) -> Spell | None:
    begun = [spell for spell in spells if spell.start <= day]
    return max(begun, key=lambda spell: spell.start, default=None)


def _is_one_row(legal_statuses: Sequence[LegalStatus]) -> bool:
    """An agreed series of short breaks (V4 and nothing else) is one row, wherever the breaks were spent."""
    return bool(legal_statuses) and all(x.code == ONE_ROW_AGREEMENT for x in legal_statuses)


def _first_reason(period: PeriodOfCare) -> str | None:
    return STARTS_CARE if period.is_start_known else period.first_reason


def _new_reason(before: State, after: State) -> str | None:
    status_changed = before[0] is not after[0]
    placement_changed = before[1] is not after[1]
    carer_changed = placement_changed and not _is_same_carer(before[1], after[1])
    return NEW_REASON[status_changed, placement_changed, carer_changed]


def _is_same_carer(before: Placement | None, after: Placement | None) -> bool:
    return before is not None and after is not None and before.carer == after.carer


def _change_reason(period: PeriodOfCare, state: State, following: State | None) -> str | None:
    """Why the placement ended, on the episode that ends it; never beside a temporary placement.

    Where the source breaks off with X1, what follows is not known, and the reason is given as told.
    """
    placement = state[1]
    if placement is None or placement.is_temporary:
        return None
    if following is None:
        goes_on = period.end is not None and period.end_reason == CONTINUES
        return placement.change_reason if goes_on else None
    next_placement = following[1]
    if next_placement is placement or (next_placement and next_placement.is_temporary):
        return None
    return placement.change_reason


def _episode(
    period: PeriodOfCare,
    start: date,
    state: State,
    *,
    new_reason: str | None,
    end: date | None,
    end_reason: str | None,
    change_reason: str | None,
) -> Episode:
    legal_status, placement = state
    kind = placement.placement_type if placement else None
    told_home = placement.home_postcode if placement else None
    return Episode(
        start=start,
        new_reason=new_reason,
        legal_status=legal_status.code if legal_status else None,
        need=period.need,
        placement_type=kind,
        provider=placement.provider if placement and kind not in WITHOUT_PROVIDER else None,
        end=end,
        end_reason=end_reason,
        change_reason=change_reason,
        home_postcode=told_home or period.home_postcode,
        postcode=placement.postcode if placement else None,
        urn=placement.urn if placement else None,
    )
