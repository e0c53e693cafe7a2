"""The published totals of 2019-20, as the invented England is built to them."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from kith.invented.england.days import YEAR

_ROUNDED_TO = 10


@dataclass(frozen=True)
class Published:
    """England's figures by published id, and each authority's, in the order of `codes` (ONS).

    `authorities[id]` has a value for each code, None where nothing is published.
    """

    england: Mapping[str, float]
    authorities: Mapping[str, tuple[float | None, ...]]
    codes: tuple[str, ...]
    dfe_codes: tuple[str, ...]

    def counts(self, published_id: str) -> list[int]:
        """Each authority's count; those not published share what the others leave of England's."""
        given = self.authorities[published_id]
        known = sum(int(value) for value in given if value is not None)
        missing = [at for at, value in enumerate(given) if value is None]
        left = max(0, round(self.england[published_id]) - known)
        return [
            int(value)
            if value is not None
            else left // len(missing) + (at == missing[0]) * (left % len(missing))
            for at, value in enumerate(given)
        ]

    def limits(
        self, published_id: str, out_of: list[int], off: float = 0.5
    ) -> tuple[list[float], list[int], list[int]]:
        """Counts out of `out_of` that come to the published percentages: wished, least and most.

        `off` is how far a percentage may be off. Where none is published anything from none to all will do,
        and England's share is wished.
        """
        given = self.authorities[published_id]
        england = self.england.get(published_id, 0.0)
        wished, low, high = [], [], []
        for value, whole in zip(given, out_of, strict=True):
            middle = england if value is None else value
            wished.append(whole * middle / 100)
            least, most = (0.0, 100.0) if value is None else (value - off, value + off)
            low.append(max(0, -int(-whole * least // 100)))
            high.append(min(whole, int(whole * most // 100)))
            if low[-1] > high[-1]:  # no count of so few children is near enough: the nearest
                low[-1] = high[-1] = round(whole * middle / 100)
        return wished, low, high


def published_of(figures: pl.DataFrame) -> Published:
    """The totals out of a frame of published figures of 2019-20, England's and every authority's.

    `figures` has `published_id`, `year`, `level` ("England" or "authority"), `code`, `dfe_code` and `value`.
    """
    told = figures.filter(pl.col("year") == YEAR)
    england = told.filter((pl.col("level") == "England") & pl.col("value").is_not_null())
    authorities = told.filter(pl.col("level") == "authority")
    names = authorities.select("code", "dfe_code").unique().sort("dfe_code")
    wide = names.join(
        authorities.pivot(on="published_id", index="code", values="value"), on="code", how="left"
    ).sort("dfe_code")
    return Published(
        dict(england.select("published_id", "value").iter_rows()),
        {name: tuple(wide[name]) for name in wide.columns if name not in ("code", "dfe_code")},
        tuple(names["code"]),
        tuple(names["dfe_code"]),
    )
