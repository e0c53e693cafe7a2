"""The family on a child's page: who they are, as a picture and as words, restricted people kept back."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from kith.record.access.looking import show_names
from kith.record.people.family import parents_among, ties_of
from kith.record.people.models import Person, PersonDetails, User
from kith.record.people.queries import Shown
from kith.standards.codes import code_list
from kith.web.pictures.genogram import Genogram, Relative, draw_genogram


@dataclass(frozen=True)
class Member:
    """One relative in words; `url` is empty when their record may not even be named."""

    name: str
    what: str
    born: date | None
    died: date | None
    holds_responsibility: bool | None
    url: str


@dataclass(frozen=True)
class Family:
    members: tuple[Member, ...]
    picture: Genogram | None  # None when nobody is known


def family_of(person: Person, child: Shown, user: User) -> Family:
    """The family network of `person` as `user` may see it; each relative's name shown is audited."""
    ties = ties_of(person)
    if not ties:
        return Family((), None)
    shown = show_names(user, [tie.person_id for tie in ties], where="family")
    kinds = code_list("family_relationships")
    ids = [tie.person_id for tie in ties if tie.person_id in shown]
    sex = _sex([person.pk, *ids])
    members = tuple(
        Member(
            name=shown[tie.person_id].name,
            what=kinds.label(tie.kind),
            born=shown[tie.person_id].date_of_birth,
            died=shown[tie.person_id].date_of_death,
            holds_responsibility=tie.holds_responsibility,
            url=reverse("story", args=[tie.person_id]),
        )
        for tie in ties
        if tie.person_id in shown
    )
    relatives = [
        _relative(shown[tie.person_id], tie.kind, sex.get(tie.person_id, ""))
        for tie in sorted(ties, key=lambda tie: _eldest_first(shown.get(tie.person_id)))
        if tie.person_id in shown
    ]
    picture = draw_genogram(
        _relative(child, "", sex.get(person.pk, "")),
        relatives,
        [(str(parent), str(offspring)) for parent, offspring in parents_among([person.pk, *ids])],
    )
    return Family(members, picture)


def _eldest_first(shown: Shown | None) -> date:
    return (shown.date_of_birth if shown else None) or date.max


def _sex(person_ids: list[int]) -> dict[int, str]:
    return dict(PersonDetails.current.filter(person_id__in=person_ids).values_list("person_id", "sex"))


def _relative(shown: Shown, kind: str, sex: str) -> Relative:
    born = f"b. {shown.date_of_birth.year}" if shown.date_of_birth else ""
    return Relative(
        key=str(shown.person_id),
        name=shown.name,
        sex=sex,
        kind=kind,
        detail=born,
        is_dead=shown.date_of_death is not None,
        link=reverse("story", args=[shown.person_id]) if kind else "",
    )
