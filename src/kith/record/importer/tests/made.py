"""Small returns about invented children, and the record's facts in a form that can be compared."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kith.dataset.readers.folder import read_folder
from kith.dataset.returns import Return
from kith.record.extract.mapping import FACTS
from kith.record.importer.services import ImportResult, import_returns
from kith.record.people.models import Identifier, User, UserRole

AUTHORITY = "999"
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
REVIEWS = "CHILD,DOB,REVIEW,REVIEW_CODE"
MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END"
WORKERS = "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON"
HEADINGS = {
    "header": HEADER, "episodes": EPISODES, "reviews": REVIEWS, "missing": MISSING, "sw_episodes": WORKERS,
}  # fmt: skip
BORN = "05/06/2010"


def returns(
    folder: Path, year: int, authority: str | None = AUTHORITY, **tables: Sequence[str]
) -> list[Return]:
    """A 903 return of `year` read from CSV files with these rows."""
    place = folder / f"{year}-{len(list(folder.iterdir()))}"
    place.mkdir(parents=True)
    for name, rows in tables.items():
        (place / f"{name}.csv").write_text("\n".join([HEADINGS[name], *rows]) + "\n", encoding="utf-8")
    return read_folder(place, year=year, authority=authority)


def header(child: str, upn: str = "", born: str = BORN) -> str:
    return f"{child},1,{born},WBRI,{upn},,"


def episode(
    child: str, start: str, end: str = "", reason: str = "", legal: str = "C2", new: str = "S"
) -> str:
    return f"{child},{start},{new},{legal},N1,U1,PR1,{end},{reason},,AB1 2CD,EF3 4GH,SC123456"


def bring(these: Sequence[Return], **options: Any) -> ImportResult:
    return import_returns(
        these, **{"by": None, "authority": AUTHORITY, "description": "A folder of returns", **options}
    )


def worker(*roles: str, email: str = "worker@northbrook.example") -> User:
    user = User.objects.create_user(email, None, name="Ada Invented")
    for role in roles:
        UserRole.objects.create(user=user, role=role, started_on=date(2020, 1, 1))
    return user


def person_of(child: str, authority: str = AUTHORITY) -> int:
    return Identifier.current.get(kind="child_id", authority=authority, value=child).person_id


def told() -> list[str]:
    """Every current fact in a form without ids: child, kind, values, and what it hangs on by its key."""
    children = dict(
        Identifier.current.filter(kind="child_id").values_list("person_id", "value").order_by("person_id")
    )
    hangs_on: dict[int, Mapping[str, Any]] = {}
    facts = []
    for table in FACTS:
        links = {link.field for link in table.links}
        for row in table.of(table.model.current.all()).values("thread", "person_id", *table.fields):
            key = {name: row[name] for name in table.key if name not in links}
            hangs_on[row["thread"]] = {"table": table.name, **key}
            values = {name: row[name] for name in table.fields if name not in links}
            facts.append((children.get(row["person_id"]), table.name, values, [row[name] for name in links]))
    return sorted(
        str((child, table, values, [hangs_on.get(link) for link in threads]))
        for child, table, values, threads in facts
    )
