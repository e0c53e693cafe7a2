"""Ofsted's list of children's social care providers, as the rules ask of it (`Provider.PLACE_CODES` ...).

Ofsted sends authorities the list as workbooks whose sheets and headings differ from year to year: children's
homes, other providers, both in one, providers that closed, supported accommodation. A sheet is known by its
headings, not by its name.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from copy import copy
from datetime import date
from functools import reduce
from pathlib import Path

import polars as pl

from kith.dataset.readers.files import CannotRead
from kith.standards import places

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "URN": ("urn",),
    "PLACE_CODES": ("placement code", "provider placement code"),
    "PROVIDER_CODES": ("placement provider code", "provider code"),
    "POSTCODE": ("setting address postcode", "setting postcode", "provider postcode"),
    "REG_DATE": ("registration date",),
    "REG_END": ("deregistration date", "closed date"),
}
"""Our columns, with the headings each goes by; the first that a sheet has is taken."""

CODES = ("PLACE_CODES", "PROVIDER_CODES")
DAYS = ("REG_DATE", "REG_END")
SUPPORTED_ACCOMMODATION = "setting category"
"""The heading that only a sheet of supported accommodation has."""

ITS_CODES = "H5,K3"
_MOST_UNPACKED = 256 * 1024 * 1024
_MOST_CELLS = 20_000_000
"""Up to the furthest cell, blank ones too: the reader makes room for each. Ofsted's list has a tenth."""

_FURTHEST = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{0,3})([0-9]{1,7})[\"']")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_ROWS_ABOVE_THE_HEADINGS = 20
_BLANK = ("", "-", "NA", "N/A")
_CODE = "[A-Z]*[0-9][A-Z0-9]*"
_CODES = rf"^[A-Z]+$|^{_CODE}(?:[\s,;/&]+{_CODE})*$"
"""One word, or several that each have a digit: a sentence ("Not provided as ...") or a day is no code."""
_NO_LIST = (
    "There is no list of providers in {name}: none of its sheets has the headings URN, a postcode and a "
    "placement code. Give the workbook as Ofsted sent it."
)


def read_providers(path: Path | str, on: date = date.max) -> pl.DataFrame:
    """Every provider of a workbook, or of all the workbooks in a folder, one row for each URN.

    URN, PLACE_CODES, PROVIDER_CODES, POSTCODE and PROVIDER_LA are text, REG_DATE and REG_END days. Codes are
    parted by commas; so are postcodes, where a provider has several settings. PROVIDER_LA is the ONS code of
    the authority in which the first of those lies on the day `on` (by default as authorities are now), null
    where the postcodes are not built. A provider that comes twice has all its codes, the first day of
    registration, and the last day it ended (none where one of them lasts).

    Supported accommodation that has no placement code is given H5 and K3, which mean just that.
    Raises CannotRead, saying why and what to do.
    """
    found = pl.concat([sheet for file in _files(Path(path)) for sheet in _provider_sheets(file)])
    return _with_authority(_one_for_each_urn(found), on)


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise CannotRead(f"There is nothing at {path}. Check the path.")
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.glob("*.xlsx") if not file.name.startswith((".", "~$")))
    if not found:
        raise CannotRead(f"There is no workbook (.xlsx) in {path.name}. Give the folder of Ofsted's lists.")
    return found


def _provider_sheets(file: Path) -> list[pl.DataFrame]:
    found = [sheet for cells in _sheets(file) if (sheet := _providers_in(cells)) is not None]
    if not found:
        raise CannotRead(_NO_LIST.format(name=file.name))
    if not any(sheet.height for sheet in found):
        raise CannotRead(f"The list of providers in {file.name} is empty. Ask for it again.")
    return found


def _sheets(file: Path) -> Iterator[pl.DataFrame]:
    """Every sheet's cells as text, with no heading."""
    import fastexcel

    _refuse_what_is_no_workbook(file)
    try:
        book = fastexcel.read_excel(file)
        for name in book.sheet_names:
            yield book.load_sheet(name, header_row=None, dtypes="string").to_polars()
    except fastexcel.FastExcelError as fault:
        raise CannotRead(
            f"{file.name} is damaged, not whole, or locked with a password. Save it again from where it came."
        ) from fault


def _refuse_what_is_no_workbook(file: Path) -> None:
    with file.open("rb") as stream:
        if stream.read(4) not in _WORKBOOKS:
            raise CannotRead(
                f"{file.name} is no Excel workbook, whatever its name says. Give the workbook as Ofsted "
                "sent it."
            )
    if file.stat().st_size > _MOST_UNPACKED:
        raise _too_large(file)
    try:
        _refuse_what_fills_the_memory(file)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        return  # an older workbook, or a damaged one: the reader says so


def _refuse_what_fills_the_memory(file: Path) -> None:
    """Raise CannotRead where the workbook unpacks to far more than a list of providers, or reaches as far."""
    left = _MOST_UNPACKED
    with zipfile.ZipFile(file) as archive:
        for entry in archive.infolist():
            part = _unpacked(archive, entry, left + 1)
            left -= len(part)
            if left < 0:
                raise _too_large(file)
            if _cells_up_to_the_furthest(part) > _MOST_CELLS:
                raise CannotRead(
                    f"A sheet of {file.name} reaches far below or beside any list of providers. Delete the "
                    "empty rows and columns around the list, and save it again."
                )


def _too_large(file: Path) -> CannotRead:
    return CannotRead(f"{file.name} holds far more than a list of providers has.")


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """The bytes that really come out of an entry, `most` at most, whatever size it says it has."""
    untold = copy(entry)
    untold.file_size = most + 1  # of a longer one the end, with its check sum, is not reached
    with archive.open(untold) as stream:
        return stream.read(most)


def _cells_up_to_the_furthest(part: bytes) -> int:
    column = row = 0
    for letters, digits in _FURTHEST.findall(part):
        column, row = max(column, _number(letters.upper())), max(row, int(digits))
    return column * row


def _number(letters: bytes) -> int:
    """A column's number: 1 for A, 27 for AA; 0 for none."""
    return reduce(lambda number, letter: number * 26 + letter - 64, letters, 0)


def _providers_in(cells: pl.DataFrame) -> pl.DataFrame | None:
    """The providers of a sheet, in our columns; None where it is no list of them."""
    for at, row in enumerate(cells.head(_ROWS_ABOVE_THE_HEADINGS).iter_rows()):
        headings = [" ".join((cell or "").split()).lower() for cell in row]
        named = _columns(headings, cells.columns)
        if {"URN", "POSTCODE"} <= named.keys() and named.keys() & set(CODES):
            return _tidied(cells.slice(at + 1), named, SUPPORTED_ACCOMMODATION in headings)
    return None


def _columns(headings: list[str], columns: list[str]) -> dict[str, str]:
    """Which of the sheet's columns each of ours is, where it has one."""
    places_of = dict(zip(reversed(headings), reversed(columns), strict=True))
    found = {
        ours: next((places_of[one] for one in names if one in places_of), None)
        for ours, names in HEADINGS.items()
    }
    return {ours: column for ours, column in found.items() if column is not None}


def _tidied(rows: pl.DataFrame, named: Mapping[str, str], is_supported: bool) -> pl.DataFrame:
    text = {ours: pl.col(column).str.strip_chars().str.to_uppercase() for ours, column in named.items()}
    blank = pl.lit(None, dtype=pl.String)
    columns = [_as_ours(ours, text.get(ours, blank)).alias(ours) for ours in HEADINGS]
    found = rows.select(columns).filter(pl.col("URN").is_not_null())
    return found.with_columns(pl.col("PLACE_CODES").fill_null(ITS_CODES)) if is_supported else found


def _as_ours(name: str, text: pl.Expr) -> pl.Expr:
    text = pl.when(~text.is_in(_BLANK)).then(text)
    if name == "URN":
        return text.str.replace(r"\.0$", "")
    if name in CODES:
        is_codes = text.str.contains(_CODES)
        return pl.when(is_codes).then(text.str.extract_all("[A-Z0-9]+").list.join(","))
    if name in DAYS:
        day = text.str.slice(0, 10)
        return pl.coalesce(day.str.to_date(form, strict=False) for form in ("%Y-%m-%d", "%d/%m/%Y"))
    return text


def _one_for_each_urn(found: pl.DataFrame) -> pl.DataFrame:
    lasts = pl.col("REG_END").is_null().any()
    return found.group_by("URN", maintain_order=True).agg(
        *(_together(name) for name in CODES),
        _together("POSTCODE"),
        pl.col("REG_DATE").min(),
        pl.when(~lasts).then(pl.col("REG_END").max()).alias("REG_END"),
    )


def _together(name: str) -> pl.Expr:
    """Every one of the texts, parted by commas, each once and in order; null where there is none."""
    each = pl.col(name).str.split(",").explode().drop_nulls().unique(maintain_order=True)
    return pl.when(each.len() > 0).then(each.str.join(",")).alias(name)


def _with_authority(providers: pl.DataFrame, on: date) -> pl.DataFrame:
    if not places.is_built():
        return providers.with_columns(pl.lit(None, dtype=pl.String).alias("PROVIDER_LA"))
    first = providers["POSTCODE"].str.split(",").list.first()
    districts = places.find_all(first)["district"]
    codes = {one: _code(one, on) for one in districts.unique().drop_nulls()}
    return providers.with_columns(
        districts.replace_strict(codes, default=None, return_dtype=pl.String).alias("PROVIDER_LA")
    )


def _code(district: str, on: date) -> str | None:
    found = places.authority_of_district(district, on)
    return found.code if found else None
