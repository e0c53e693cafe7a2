"""A child's time in care as it happened: periods of care, legal statuses and placements (D5).

An SSDA903 episode is never such a fact; `fold` turns episodes into these and `unfold` derives them again.
"""

from dataclasses import dataclass, field
from datetime import date

STARTS_CARE = "S"
CONTINUES = "X1"
TEMPORARY = frozenset({"T0", "T1", "T2", "T3", "T4"})
WITHOUT_PROVIDER = TEMPORARY | {"Z11", "Z12", "Z13", "Z14"}
ONE_ROW_AGREEMENT = "V4"

Sources = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Episode:
    """One row of the SSDA903 Episodes table, in words.

    `told_in` is the END year of the return that told it and `sources` the hashes of its rows; neither
    takes part when two episodes are compared.
    """

    start: date
    new_reason: str | None = None  # RNE
    legal_status: str | None = None  # LS
    need: str | None = None  # CIN
    placement_type: str | None = None  # PLACE
    provider: str | None = None  # PLACE_PROVIDER
    end: date | None = None  # DEC
    end_reason: str | None = None  # REC
    change_reason: str | None = None  # REASON_PLACE_CHANGE
    home_postcode: str | None = None  # HOME_POST
    postcode: str | None = None  # PL_POST
    urn: str | None = None  # URN
    told_in: int = field(default=0, compare=False)
    sources: Sources = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class LegalStatus:
    """A legal status from a day to a day. Renewing an order of the same kind does not make a new one."""

    code: str | None
    start: date
    end: date | None = None
    sources: Sources = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a child lived, and with whom: `carer` is the same text for the same carer or setting.

    `home_postcode` is filled only where the source told, with this placement, another home address than
    that of the period of care. `change_reason` says why the placement ended for another.
    """

    placement_type: str | None
    carer: str
    start: date
    end: date | None = None
    provider: str | None = None
    urn: str | None = None
    postcode: str | None = None
    home_postcode: str | None = None
    change_reason: str | None = None
    sources: Sources = field(default=(), compare=False)

    @property
    def is_temporary(self) -> bool:
        return self.placement_type in TEMPORARY

    @property
    def is_under_a_day(self) -> bool:
        return self.end == self.start


@dataclass(frozen=True, slots=True)
class PeriodOfCare:
    """A child looked after without a break, from a day to a day.

    Where the history starts part-way, `is_start_known` is False, `start` is the first day the source tells
    of, and `first_reason` is what the source gave as the reason for that first episode: it speaks of a
    change from something unknown, so it cannot be derived. An `end_reason` of X1 says that care went on
    after `end`, and the source does not tell how.
    """

    start: date
    end: date | None = None
    end_reason: str | None = None
    need: str | None = None
    home_postcode: str | None = None
    is_start_known: bool = True
    first_reason: str | None = None
    legal_statuses: tuple[LegalStatus, ...] = ()
    placements: tuple[Placement, ...] = ()
    sources: Sources = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class CareHistory:
    """All of one child's periods of care, in order of their start."""

    periods: tuple[PeriodOfCare, ...] = ()
