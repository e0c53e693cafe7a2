"""Reading and writing a directory of services as Open Referral UK publishes it: pages of services in JSON.

Names, fields and ids are theirs and are kept as they came. Source: the UK profile of HSDS 3.0, "API
reference" (a list has the services in `contents`, and says how many pages there are).
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kith.record.refusals import NotPossible

LARGEST = 10 * 1024 * 1024  # bytes of one file
LONGEST_ID = 200
LONGEST_NAME = 300
MOST_FAULTS = 5  # told of one file
SPREADSHEETS = {b"PK\x03\x04": "an Excel file or another zip", b"\xd0\xcf\x11\xe0": "an old Excel file"}
WORD = re.compile(r"\w+")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
AGAIN = "Ask whoever sent it for Open Referral UK services as JSON in UTF-8."


class NotADirectory(NotPossible):
    """A file that is no directory of services."""


@dataclass(frozen=True)
class Given:
    """A service as a file gives it."""

    source_id: str
    name: str
    status: str
    as_given: dict[str, Any]


@dataclass(frozen=True)
class Told:
    """What a service of the directory tells a family; "" and () where it does not."""

    name: str
    what: str = ""
    phone: str = ""
    web: str = ""  # an address that a page may lead to
    email: str = ""
    costs: str = ""
    how_to_ask: str = ""
    where: tuple[str, ...] = ()  # each place it is at, in one line
    postcodes: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()  # the places it serves
    kinds: tuple[str, ...] = ()  # what whoever publishes it calls that kind of help

    @property
    def words(self) -> set[str]:
        """The words it is found by, in small letters."""
        return set(WORD.findall(" ".join((self.name, self.what, *self.kinds)).casefold()))


def told(as_given: Mapping[str, Any]) -> Told:
    """What a service tells, from the fields of the UK profile of HSDS 3.0; another shape is left out."""
    at = ("service_at_locations", "location")
    places = _things(as_given, *at, "addresses")
    webs = [web for web in _texts(as_given, "url") if web.startswith(("https://", "http://"))]
    phones = [
        *_texts(as_given, "phones", "number"), *_texts(as_given, "contacts", "phones", "number"),
        *_texts(as_given, *at, "phones", "number"),
    ]  # fmt: skip
    return Told(
        name=_first(_texts(as_given, "name")),
        what=_first(_texts(as_given, "description")),
        phone=_first(phones),
        web=_first(webs),
        email=_first([*_texts(as_given, "email"), *_texts(as_given, "contacts", "email")]),
        costs=_first([*_texts(as_given, "fees_description"), *_texts(as_given, "cost_options", "option")]),
        how_to_ask=_first(_texts(as_given, "application_process")),
        where=tuple(filter(None, (_in_one_line(place) for place in places))),
        postcodes=tuple(code for place in places for code in _texts(place, "postal_code")),
        areas=tuple(_texts(as_given, "service_areas", "name")),
        kinds=tuple(_texts(as_given, "attributes", "taxonomy_term", "name")),
    )


def _things(found: Any, *path: str) -> list[Any]:
    """Whatever lies at the end of a path of names, through every list on the way."""
    if isinstance(found, list):
        return [thing for one in found for thing in _things(one, *path)]
    if not path:
        return [found]
    return _things(found.get(path[0]), *path[1:]) if isinstance(found, dict) else []


def _texts(found: Any, *path: str) -> list[str]:
    return [text.strip() for text in _things(found, *path) if isinstance(text, str) and text.strip()]


def _first(texts: Sequence[str]) -> str:
    return texts[0] if texts else ""


def _in_one_line(place: Any) -> str:
    return ", ".join(text for name in ("address_1", "city", "postal_code") for text in _texts(place, name))


def read(content: bytes) -> list[Given]:
    """The services of a file, each once. Raises NotADirectory, saying what the file is instead."""
    listed = _listed(_json(_text(content)))
    faults = [fault for number, one in enumerate(listed, 1) if (fault := _fault(one, number))]
    if faults:
        told = " ".join(faults[:MOST_FAULTS])
        more = f" And {len(faults) - MOST_FAULTS} more." if len(faults) > MOST_FAULTS else ""
        raise NotADirectory(f"{told}{more} Nothing was taken in.", AGAIN)
    given = [_given(one) for one in listed]
    most = Counter(one.source_id for one in given).most_common(1)
    if most and most[0][1] > 1:
        raise NotADirectory(f"Two services have the id {most[0][0]}. Nothing was taken in.", AGAIN)
    return given


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise NotADirectory("The file is larger than 10 MB.", "Send it in parts: one page of services each.")
    if not content.strip():
        raise NotADirectory("The file is empty.", AGAIN)
    for beginning, what in SPREADSHEETS.items():
        if content.startswith(beginning):
            raise NotADirectory(f"This is {what}, whatever its name says.", AGAIN)
    if content.startswith(UTF_16):
        raise NotADirectory("The file is written in UTF-16.", AGAIN)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotADirectory("The letters of this file cannot be read: it is not UTF-8.", AGAIN) from None


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except RecursionError:
        raise NotADirectory("The file is folded into itself too deeply to be read.", AGAIN) from None
    except json.JSONDecodeError as fault:
        is_cut = fault.pos >= len(text.rstrip()) - 1 or "Unterminated" in fault.msg
        why = "The file stops in the middle: half of it is missing." if is_cut else "The file is not JSON."
        raise NotADirectory(f"{why} Line {fault.lineno}, place {fault.colno}.", AGAIN) from None
    except ValueError:
        raise NotADirectory("The file holds a number that is none.", AGAIN) from None


def _no_number(word: str) -> None:
    raise ValueError(word)


def _listed(found: Any) -> list[Any]:
    """The services: the `contents` of a page, a list of them, or one alone."""
    if isinstance(found, dict):
        for name in ("contents", "services", "content"):
            if isinstance(found.get(name), list):
                return list(found[name])
        if "id" in found and "name" in found:
            return [found]
    if isinstance(found, list):
        return found
    raise NotADirectory("There are no services in this file.", AGAIN)


def _fault(one: Any, number: int) -> str:
    if not isinstance(one, dict):
        return f"Entry {number} is no service."
    for name, longest in (("id", LONGEST_ID), ("name", LONGEST_NAME)):
        value = one.get(name)
        if not isinstance(value, str) or not value.strip():
            return f"Entry {number} has no {name}."
        if len(value) > longest:
            return f"Entry {number} has a {name} longer than {longest} letters."
    return "" if _can_be_kept(one) else f"Entry {number} holds letters that are none."


def _can_be_kept(one: Any) -> bool:
    """Whether every word of it is text that a database keeps."""
    written = json.dumps(one, ensure_ascii=False)
    try:
        written.encode()
    except UnicodeEncodeError:
        return False
    return "\\u0000" not in written.replace("\\\\", "")


def _given(one: dict[str, Any]) -> Given:
    status = one.get("status")
    return Given(one["id"].strip(), one["name"].strip(), status[:40] if isinstance(status, str) else "", one)


def page_of(services: Sequence[dict[str, Any]], *, number: int, size: int, in_all: int) -> dict[str, Any]:
    """One page of a list of services, with the header that the standard asks for."""
    pages = max(-(-in_all // size), 1)
    return {
        "total_items": in_all,
        "total_pages": pages,
        "page_number": number,
        "size": len(services),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not services,
        "contents": list(services),
    }
