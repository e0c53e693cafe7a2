"""The family on a child's page: who they are, as a picture and as words, restricted people kept back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from kith.record.access.looking import names_to_show
from kith.record.access.permissions import Access, Level
from kith.record.people.family import Tie, parents_among, relationships_of, ties_of
from kith.record.people.models import Person, User
from kith.record.people.queries import Shown, kept_ids, merged_under
from kith.standards.codes import code_list
from kith.web.pictures.genogram import Genogram, Relative, draw_genogram
from kith.web.story.home import where_each_is

CHILDREN = frozenset({"sibling", "half_sibling", "step_sibling", "own_child"})
PARENTS = frozenset(
    {"mother", "father", "parent_pr", "step_parent", "partner_of_parent", "adoptive_parent"}
    | {"special_guardian", "foster_carer", "private_foster_carer"}
)


@dataclass(frozen=True)
class Member:
    """One relative in words. `now` is where they are, only where their record may be opened."""

    name: str
    what: str
    kind: str
    born: date | None
    expected: date | None
    died: date | None
    holds_responsibility: bool | None
    now: str
    district: str
    worker: str
    url: str
    said_by: str = ""  # who told of the tie, where nobody has checked it


@dataclass(frozen=True)
class Family:
    """The relatives in groups, each with its heading, and their picture (None when nobody is known)."""

    groups: tuple[tuple[str, tuple[Member, ...]], ...]
    picture: Genogram | None
    responsible: tuple[str, ...]  # who holds parental responsibility, as "Sana Khan (mother)"


@dataclass(frozen=True)
class Relatives:
    """The ties of a child to people whose name may be shown, and how much of each may be seen.

    `openable` are the children among them whose record may be opened, with the ids of all their records.
    """

    ties: tuple[Tie, ...]
    seen: Mapping[int, Access]
    openable: Mapping[int, list[int]]


def relatives_of(person: Person, user: User) -> Relatives:
    """Whom `user` may see of the family of `person`; each name is written down as shown."""
    known = ties_of(person)
    kept = kept_ids(tie.person_id for tie in known)
    ties: dict[int, Tie] = {}
    for tie in known:
        ties.setdefault(kept[tie.person_id], replace(tie, person_id=kept[tie.person_id]))
    ties.pop(person.pk, None)
    relationships_of(pk for ids in merged_under(ties).values() for pk in ids)  # read at once for what follows
    seen = names_to_show(user, ties, where="family") if ties else {}
    may = tuple(tie for pk, tie in ties.items() if pk in seen)
    openable = [
        tie.person_id for tie in may if tie.kind in CHILDREN and seen[tie.person_id].level is Level.RECORD
    ]
    return Relatives(may, seen, merged_under(openable))


def family_of(
    person: Person, relatives: Relatives, shown: Mapping[int, Shown], sex: Mapping[int, str], on: date
) -> Family:
    """The family in words and as a picture. `shown` and `sex` hold the child and every relative."""
    if not relatives.ties:
        return Family((), None, ())
    under = merged_under([person.pk, *(tie.person_id for tie in relatives.ties)])
    now = where_each_is(relatives.openable, on)
    members = [
        _member(tie, shown[tie.person_id], now.get(tie.person_id)) for tie in _eldest(relatives.ties, shown)
    ]
    return Family(
        groups=_groups(members),
        picture=_picture(person, relatives.ties, shown, sex, under),
        responsible=tuple(
            f"{each.name} ({each.what.lower()})"
            for each in members
            if each.holds_responsibility and not each.died
        ),
    )


def _groups(members: Sequence[Member]) -> tuple[tuple[str, tuple[Member, ...]], ...]:
    """The relatives under their headings; a kind that no heading knows is among the others."""
    groups = (
        ("Brothers, sisters and own children", CHILDREN),
        ("Parents and carers", PARENTS),
        ("Others who matter", {each.kind for each in members} - CHILDREN - PARENTS),
    )
    found = ((heading, tuple(each for each in members if each.kind in kinds)) for heading, kinds in groups)
    return tuple((heading, people) for heading, people in found if people)


def _member(tie: Tie, shown: Shown, now: str | None) -> Member:
    """A relative in words; `now` is None where their record may not be opened by the reader."""
    is_alive = shown.date_of_death is None and shown.pregnancy_ended_on is None
    return Member(
        name=shown.name,
        what=code_list("family_relationships").label(tie.kind),
        kind=tie.kind,
        born=shown.date_of_birth,
        expected=shown.expected_date_of_birth if shown.date_of_birth is None else None,
        died=shown.date_of_death,
        holds_responsibility=tie.holds_responsibility,
        said_by=tie.said_by,
        now=now or "",
        district=shown.district if is_alive and not now else "",
        worker=shown.named_worker if now is None and is_alive else "",
        url=reverse("story", args=[tie.person_id]),
    )


def _eldest(ties: Iterable[Tie], shown: Mapping[int, Shown]) -> list[Tie]:
    return sorted(ties, key=lambda tie: shown[tie.person_id].date_of_birth or date.max)


def _picture(
    person: Person,
    ties: Sequence[Tie],
    shown: Mapping[int, Shown],
    sex: Mapping[int, str],
    under: Mapping[int, list[int]],
) -> Genogram:
    root = {pk: kept for kept, ids in under.items() for pk in ids}
    child = _relative(shown[person.pk], "", sex.get(person.pk, ""))
    others = [_relative(shown[tie.person_id], tie.kind, sex.get(tie.person_id, "")) for tie in ties]
    pairs = [(str(root[parent]), str(root[offspring])) for parent, offspring in parents_among(root)]
    return draw_genogram(child, others, dict.fromkeys(pairs))


def _relative(shown: Shown, kind: str, sex: str) -> Relative:
    return Relative(
        key=str(shown.person_id),
        name=shown.name,
        sex=sex,
        kind=kind,
        detail=_years(shown),
        is_dead=bool(shown.date_of_death or shown.pregnancy_ended_on),
        link=reverse("story", args=[shown.person_id]) if kind else "",
        born=shown.date_of_birth,
    )


def _years(shown: Shown) -> str:
    """The years of a life, as far as known: "b. 2014", "1950 to 2020", "due 2027"."""
    born, died = shown.date_of_birth, shown.date_of_death
    if shown.pregnancy_ended_on:
        return f"not born, {shown.pregnancy_ended_on.year}"
    if died:
        return f"{born.year} to {died.year}" if born else f"d. {died.year}"
    if born:
        return f"b. {born.year}"
    return f"due {shown.expected_date_of_birth.year}" if shown.expected_date_of_birth else ""
