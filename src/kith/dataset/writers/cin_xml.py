"""Writes a CIN census return as its XML file, elements in the order that the census sets."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from kith.dataset.formats import Column, tables_cin
from kith.dataset.readers.cin_xml import RUNNING_NUMBERS
from kith.dataset.returns import Return
from kith.dataset.writers.xml_elements import Row, add, rows_by, rows_of

_Grouped = dict[tuple[Any, ...], list[Row]]
_Parts = Mapping[str, _Grouped]

_AFTER_SECTION_47 = "ReferralNFA"
_NUMBER = "CINdetailsID"


def write_cin_xml(return_: Return, path: Path | str) -> Path:
    """Write the return to `path`, a `Child` for each child in order of first mention; the path.

    Of `Sex` and `GenderCurrent` the one that the return's year asks for is written, or the other where
    only that is held. All the reviews of a plan go in one `Reviews` block. A child with a referral but no
    row in Children is written with the id alone; one with two rows there has its referrals in the first.
    """
    parts = _parts(return_)
    place = Path(path)
    with etree.xmlfile(str(place), encoding="utf-8") as file:
        file.write_declaration()
        with file.element("Message"):
            for header in rows_of(return_.tables.get("Header")):
                file.write(_header(header), pretty_print=True)
            with file.element("Children"):
                for child in _children(return_):
                    file.write(_child(child, parts, return_.year), pretty_print=True)
    return place


def _parts(return_: Return) -> _Parts:
    keys = {
        "Disabilities": ("LAchildID",),
        "CINdetails": ("LAchildID",),
        "AssessmentFactors": (RUNNING_NUMBERS["Assessments"],),
        "Reviews": (RUNNING_NUMBERS["ChildProtectionPlans"],),
    }
    return {
        name: rows_by(return_.tables.get(name), *keys.get(name, (_NUMBER,)))
        for name in tables_cin()
        if name not in ("Header", "Children")
    }


def _children(return_: Return) -> list[Row]:
    children = list(rows_of(return_.tables.get("Children")))
    known = {child["LAchildID"] for child in children}
    unknown = dict.fromkeys(
        row["LAchildID"]
        for name in ("Disabilities", "CINdetails")
        for row in rows_of(return_.tables.get(name))
        if row["LAchildID"] not in known
    )
    blank = dict.fromkeys(tables_cin()["Children"].headings)
    return [*children, *({**blank, "LAchildID": child} for child in unknown)]


def _header(row: Row) -> etree._Element:
    header = etree.Element("Header")
    for column in tables_cin()["Header"].columns:
        if (text := _text(row[column.name])) is not None:
            group = column.xml_path.split("/")[-2]
            parent = header.find(group)
            add(etree.SubElement(header, group) if parent is None else parent, column.xml_tag, text)
    return header


def _child(row: Row, parts: _Parts, year: int) -> etree._Element:
    child = etree.Element("Child")
    identifiers = etree.SubElement(child, "ChildIdentifiers")
    skipped = _sex_not_written(row, year)
    columns = tables_cin()["Children"].columns
    _add_values(identifiers, [column for column in columns if column.name not in ("Ethnicity", skipped)], row)
    characteristics = etree.SubElement(child, "ChildCharacteristics")
    add(characteristics, "Ethnicity", _text(row["Ethnicity"]))
    _add_list(characteristics, "Disabilities", parts["Disabilities"].pop((row["LAchildID"],), []))
    for details in parts["CINdetails"].pop((row["LAchildID"],), []):
        child.append(_details(details, parts))
    return child


def _sex_not_written(row: Row, year: int) -> str:
    """Whichever of `Sex` and `GenderCurrent` stays out: the one that is not of the year, if both are held."""
    sex = tables_cin()["Children"].column("Sex")
    of_the_year, other = (
        ("Sex", "GenderCurrent") if year >= (sex.first_year or 0) else ("GenderCurrent", "Sex")
    )
    return other if row[of_the_year] is not None else of_the_year


def _details(row: Row, parts: _Parts) -> etree._Element:
    details = etree.Element("CINdetails")
    key = (row[_NUMBER],)
    columns = tables_cin()["CINdetails"].columns
    _add_values(details, [column for column in columns if column.name != _AFTER_SECTION_47], row)
    for assessment in parts["Assessments"].get(key, ()):
        element = _add_row(details, "Assessments", assessment)
        factors = parts["AssessmentFactors"].get((assessment[RUNNING_NUMBERS["Assessments"]],), [])
        _add_list(element, "AssessmentFactors", factors)
    for name in ("CINplanDates", "Section47"):
        for held in parts[name].get(key, ()):
            _add_row(details, name, held)
    _add_values(details, [tables_cin()["CINdetails"].column(_AFTER_SECTION_47)], row)
    for plan in parts["ChildProtectionPlans"].get(key, ()):
        element = _add_row(details, "ChildProtectionPlans", plan)
        number = plan[RUNNING_NUMBERS["ChildProtectionPlans"]]
        _add_list(element, "Reviews", parts["Reviews"].get((number,), []))
    for held in parts["PreProceedings"].get(key, ()):
        _add_row(details, "PreProceedings", held)
    return details


def _add_row(parent: etree._Element, name: str, row: Row) -> etree._Element:
    table = tables_cin()[name]
    element = etree.SubElement(parent, table.row_tag)
    _add_values(element, table.columns, row)
    return element


def _add_list(parent: etree._Element, name: str, rows: list[Row]) -> None:
    """The values of `rows` in one element, which is left out where there are none."""
    if rows:
        column = tables_cin()[name].columns[0]
        element = etree.SubElement(parent, column.xml_path.split("/")[-2])
        for row in rows:
            add(element, column.xml_tag, _text(row[column.name]))


def _add_values(parent: etree._Element, columns: "tuple[Column, ...] | list[Column]", row: Row) -> None:
    for column in columns:
        value = row[column.name]
        add(parent, column.xml_tag, _flag(value) if column.type == "flag" else _text(value))


def _flag(value: int | str | None) -> str | None:
    """A yes-or-no as the census writes it; text (of a return read for checking) as it stands."""
    if value is None or isinstance(value, str):
        return value
    return "true" if value else "false"


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)
