"""Care histories as tables, and tables as care histories."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from kith.dataset.dataset import Dataset
from kith.dataset.episodes import CareHistory, Episode, LegalStatus, PeriodOfCare, Placement, unfold
from kith.dataset.schema import from_rows

Row = dict[str, Any]


def tables_of(histories: Mapping[str, CareHistory]) -> dict[str, pl.DataFrame]:
    """Periods of care, legal statuses, placements and the episodes derived from them, by child.

    Ids are the child and the day it began, so the same history always gives the same ids.
    """
    periods: list[Row] = []
    legal_statuses: list[Row] = []
    placements: list[Row] = []
    for child, history in histories.items():
        for period in history.periods:
            period_id = _id(child, period.start)
            periods.append(_period_row(child, period_id, period))
            legal_statuses += [_legal_status_row(child, period_id, x) for x in period.legal_statuses]
            placements += [_placement_row(child, period_id, x) for x in period.placements]
    return {
        "kith_periods_of_care": from_rows("kith_periods_of_care", periods),
        "ssd_legal_status": from_rows("ssd_legal_status", legal_statuses),
        "ssd_cla_placement": from_rows("ssd_cla_placement", placements),
    }


def episodes_table(histories: Mapping[str, CareHistory]) -> pl.DataFrame:
    """`ssd_cla_episodes`, derived from the histories."""
    rows = [
        _episode_row(child, _id(child, period.start), period, episode)
        for child, history in histories.items()
        for period in history.periods
        for episode in unfold(CareHistory((period,)))
    ]
    return from_rows("ssd_cla_episodes", rows)


def histories_of(dataset: Dataset) -> dict[str, CareHistory]:
    """Each child's care history, by person id, from the three time lines of `dataset`."""
    legal_statuses = _grouped(dataset["ssd_legal_status"], "kith_period_id")
    placements = _grouped(dataset["ssd_cla_placement"], "clap_cla_id")
    periods: dict[str, list[PeriodOfCare]] = defaultdict(list)
    for row in dataset["kith_periods_of_care"].sort("kith_start_date").iter_rows(named=True):
        if row["kith_start_date"] is None:
            continue
        period_id = row["kith_period_id"]
        periods[row["kith_person_id"]].append(
            PeriodOfCare(
                start=row["kith_start_date"],
                end=row["kith_end_date"],
                end_reason=row["kith_end_reason"],
                need=row["kith_need_code"],
                home_postcode=row["kith_home_postcode"],
                is_start_known=row["kith_start_known"] is not False,
                first_reason=row["kith_first_reason"],
                legal_statuses=tuple(_legal_statuses(legal_statuses.get(period_id, ()))),
                placements=tuple(_placements(placements.get(period_id, ()))),
                sources=tuple(row["kith_source_rows"] or ()),
            )
        )
    return {child: CareHistory(tuple(held)) for child, held in periods.items()}


def _id(child: str, start: date) -> str:
    return f"{child}|{start.isoformat()}"


def _period_row(child: str, period_id: str, period: PeriodOfCare) -> Row:
    return {
        "kith_period_id": period_id,
        "kith_person_id": child,
        "kith_start_date": period.start,
        "kith_start_known": period.is_start_known,
        "kith_first_reason": period.first_reason,
        "kith_end_date": period.end,
        "kith_end_reason": period.end_reason,
        "kith_need_code": period.need,
        "kith_home_postcode": period.home_postcode,
        "kith_source_rows": list(period.sources),
    }


def _legal_status_row(child: str, period_id: str, legal_status: LegalStatus) -> Row:
    return {
        "lega_legal_status_id": _id(child, legal_status.start),
        "lega_person_id": child,
        "lega_legal_status": legal_status.code,
        "lega_legal_status_start_date": legal_status.start,
        "lega_legal_status_end_date": legal_status.end,
        "kith_period_id": period_id,
        "kith_source_rows": list(legal_status.sources),
    }


def _placement_row(child: str, period_id: str, placement: Placement) -> Row:
    return {
        "clap_cla_placement_id": _id(child, placement.start),
        "clap_person_id": child,
        "clap_cla_id": period_id,
        "clap_cla_placement_type": placement.placement_type,
        "clap_cla_placement_start_date": placement.start,
        "clap_cla_placement_end_date": placement.end,
        "clap_cla_placement_provider": placement.provider,
        "clap_cla_placement_urn": placement.urn,
        "clap_cla_placement_postcode": placement.postcode,
        "clap_cla_placement_change_reason": placement.change_reason,
        "kith_carer": placement.carer,
        "kith_home_postcode": placement.home_postcode,
        "kith_source_rows": list(placement.sources),
    }


def _episode_row(child: str, period_id: str, period: PeriodOfCare, episode: Episode) -> Row:
    placement = max(
        (x for x in period.placements if x.start <= episode.start), key=lambda x: x.start, default=None
    )
    return {
        "clae_cla_episode_id": _id(child, episode.start),
        "clae_person_id": child,
        "clae_cla_id": period_id,
        "clae_cla_placement_id": _id(child, placement.start) if placement else None,
        "clae_cla_episode_start_date": episode.start,
        "clae_cla_episode_start_reason": episode.new_reason,
        "clae_cla_primary_need_code": episode.need,
        "clae_cla_episode_ceased_date": episode.end,
        "clae_cla_episode_ceased_reason": episode.end_reason,
        "clae_entered_care_date": period.start if period.is_start_known else None,
    }


def _grouped(frame: pl.DataFrame, by: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in frame.iter_rows(named=True):
        groups[row[by]].append(row)
    return groups


def _legal_statuses(rows: Iterable[Row]) -> list[LegalStatus]:
    found = [
        LegalStatus(
            code=row["lega_legal_status"],
            start=row["lega_legal_status_start_date"],
            end=row["lega_legal_status_end_date"],
            sources=tuple(row["kith_source_rows"] or ()),
        )
        for row in rows
        if row["lega_legal_status_start_date"] is not None
    ]
    return sorted(found, key=lambda x: (x.start, x.end or date.max))


def _placements(rows: Iterable[Row]) -> list[Placement]:
    found = [
        Placement(
            placement_type=row["clap_cla_placement_type"],
            carer=row["kith_carer"] or row["clap_cla_placement_id"],
            start=row["clap_cla_placement_start_date"],
            end=row["clap_cla_placement_end_date"],
            provider=row["clap_cla_placement_provider"],
            urn=row["clap_cla_placement_urn"],
            postcode=row["clap_cla_placement_postcode"],
            home_postcode=row["kith_home_postcode"],
            change_reason=row["clap_cla_placement_change_reason"],
            sources=tuple(row["kith_source_rows"] or ()),
        )
        for row in rows
        if row["clap_cla_placement_start_date"] is not None
    ]
    return sorted(found, key=lambda x: (x.start, x.end or date.max))
