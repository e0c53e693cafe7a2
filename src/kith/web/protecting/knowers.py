"""Who knows the family, to be asked to a conference: workers, partners, school, carers and the family."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kith.record.access.looking import names_to_show
from kith.record.care.models import Placement
from kith.record.care.queries import placements_on
from kith.record.chronology.words import label, words_for
from kith.record.frontdoor.models import Message
from kith.record.help.models import TeamMember
from kith.record.help.queries import family_of as family_helped
from kith.record.help.queries import of_family
from kith.record.people.family import PARENTS, ties_of
from kith.record.people.models import Person, SafeContact, User
from kith.record.people.queries import Shown, same_person_ids, shown, workers_of
from kith.record.people.safe_contact import safe_contacts_of
from kith.record.protection.policies import CHAIRS, is_quorate
from kith.record.protection.queries import discussions_of, enquiries_of
from kith.record.protection.services import Asked
from kith.record.schooling.models import SchoolPlace
from kith.record.schooling.queries import places_on
from kith.record.sharing.queries import asks_about, professionals_of
from kith.standards.limits import is_child
from kith.standards.working_days import legal_day
from kith.web.front_door.told import TABLE, told_about
from kith.web.protecting.slots import own_chairs

SOCIAL_CARE, ARRANGING = "la_csc", "arrange conference"
LEADS_HELP, NEWEST = "Leads the family’s help", 3
# Of a professional who told us: code list `referral_source` to code list `agency_types`.
AGENCY_OF = {
    "2A": "school", "2B": "school", "3A": "gp", "3B": "health_visiting", "3C": "health_visiting",
    "3D": "nhs_provider", "3E": "nhs_provider", "3F": "nhs_provider", "4": "la_housing", "6": "police",
    "7": "legal",
}  # fmt: skip
TITLES = {
    "dr", "doctor", "prof", "professor", "nurse", "sister", "mr", "mrs", "ms", "miss", "mx",
    "pc", "dc", "ds", "di", "sgt",
}  # fmt: skip
SCHOOL_LEAD = "Whoever leads on safeguarding"
OF_ANY_AGE = frozenset({"household_member", "family_friend", "aunt_uncle"})
ADULTS = PARENTS | OF_ANY_AGE | {
    "step_parent", "grandparent", "partner_of_parent", "special_guardian", "foster_carer",
    "private_foster_carer",
}  # fmt: skip


@dataclass(frozen=True)
class Knower:
    """Somebody to be asked. `is_ticked` is a fact: they work with the children, and nothing says beware."""

    key: str
    asked: Asked
    is_ticked: bool
    beware: str = ""

    @property
    def words(self) -> str:
        return ", ".join(part for part in (self.asked.name, self.asked.job, self.beware) if part)


def who_knows(user: User, children: Iterable[Person], on: date) -> list[Knower]:
    """Everybody who is proposed, each once: workers here, professionals elsewhere, then the family.

    Somebody whom a strategy discussion named too is proposed once (`is_same`). The family's names are written
    down as shown.
    """
    held = list(children)
    ids = [pk for child in held for pk in same_person_ids(child)]
    found = _workers(held, on)
    for more in (_professionals(held, on), _discussed(ids), _of_help(held, on), _who_told(user, ids)):
        for one in more:
            if not any(is_same(one.asked, other.asked) for other in found):
                found.append(one)
    return [*found, *_schools(held, on), *_carers(ids, on), *_family(user, held, on)]


def is_same(one: Asked, other: Asked) -> bool:
    """Whether two names are of one person: “Dr Rao” and “Anita Rao”, both of the doctor's practice.

    A last name alone, or with an initial, is somebody of the same agency; a whole name is that person
    everywhere. Two first names that differ are two people.
    """
    first, second = sorted((_names(one), _names(other)), key=len)
    if first == second and len(first) > 1:
        return True
    if one.agency != other.agency or first[-1:] != second[-1:]:
        return False
    return all(map(_may_be, first[:-1], second[:-1]))


def _may_be(one: str, other: str) -> bool:
    """Whether two first names are one, or one is the other's initial."""
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def _names(asked: Asked) -> list[str]:
    """The words of a name, without titles."""
    words = asked.name.casefold().replace(".", " ").replace(",", " ").split()
    return [word for word in words if word not in TITLES] or words


def _workers(children: list[Person], on: date) -> list[Knower]:
    leads = {one.lead_id for child in children if (one := family_helped(child.pk, on))}
    chairs = {one.pk for one in own_chairs(children)}  # they hold it, and are no guest of it
    found = {
        one.worker.pk: Knower(
            f"u{one.worker.pk}",
            Asked(
                one.worker.name,
                LEADS_HELP if one.worker.pk in leads else label("working_relationship_roles", one.role),
                SOCIAL_CARE,
                user=one.worker,
                is_report_wanted=True,
            ),
            True,
        )
        for one in workers_of((child.pk for child in children), on=on)
        if one.worker and one.role not in CHAIRS and one.worker.pk not in chairs
    }
    return list(found.values())


def _of_help(children: list[Person], on: date) -> list[Knower]:
    """Who leads the family's help, and the team around the family."""
    helps = {one.thread: one for child in children if (one := family_helped(child.pk, on))}
    leads = {one.lead.pk: one.lead for one in helps.values() if one.lead}
    team = [one for thread in helps for one in of_family(TeamMember, thread) if one.ended_on is None]
    return [
        *(
            Knower(
                f"u{pk}", Asked(lead.name, LEADS_HELP, SOCIAL_CARE, user=lead, is_report_wanted=True), True
            )
            for pk, lead in leads.items()
        ),
        *(
            Knower(f"h{one.thread}", Asked(one.name, one.does_what[:100], is_report_wanted=True), True)
            for one in team
        ),
    ]


def _who_told(user: User, ids: list[int]) -> list[Knower]:
    """Professionals who told us what began this, and partners who answered: of what `user` may read.

    Who told us is ticked only where the family may know that they did.
    """
    messages = [one.message for one in told_about(user, ids)[:NEWEST]]
    tellers = [
        Knower(
            f"m{one.thread}",
            Asked(one.teller_name, (one.teller_role or one.teller_organisation)[:100], _agency_of(one),
                  is_report_wanted=True),
            bool(one.may_name_teller),
            "" if one.may_name_teller else "ask first whether the family may know that they told us",
        )
        for one in messages
        if one.teller_name and _agency_of(one)
    ]  # fmt: skip
    asked = asks_about(TABLE, [one.thread for one in messages]) if messages else {}
    answered = [one for asks in asked.values() for one in asks if one.answered_at and one.is_family_known]
    return [
        *tellers,
        *(
            Knower(f"q{one.thread}", Asked((one.answered_by or one.asked_of)[:200], "", one.kind,
                   is_report_wanted=True), True)
            for one in answered
        ),
    ]  # fmt: skip


def _agency_of(message: Message) -> str:
    """The agency of a professional who told us; "" of the family, a neighbour or somebody not known."""
    if "midwi" in f"{message.teller_role} {message.teller_organisation}".casefold():
        return "midwifery"
    return AGENCY_OF.get(message.source, "")


def cannot_be_quorate(knowers: Iterable[Knower], others: int) -> bool:
    """Whether all who are proposed, were they to come, would leave a conference without its quorum."""
    return not is_quorate((one.asked.agency for one in knowers), others)


def _professionals(children: list[Person], on: date) -> list[Knower]:
    named = {
        one.professional.thread: one
        for each in professionals_of((child.pk for child in children), on).values()
        for one in each
    }
    return [
        Knower(
            f"p{thread}",
            Asked(
                one.professional.name,
                one.professional.job,
                one.agency.kind if one.agency else "",
                professional_thread=thread,
                is_report_wanted=True,
            ),
            True,
        )
        for thread, one in named.items()
    ]


def _discussed(ids: list[int]) -> list[Knower]:
    """Who spoke for another agency in a strategy discussion since the latest enquiry began."""
    since = min((one.started_on for one in enquiries_of(ids)[-1:]), default=date.max)
    took_part = {
        (one["agency"], one["who"].strip()): None
        for part, held in discussions_of(ids)
        if legal_day(held.held_at) >= since
        for one in held.took_part
        if one["agency"] != SOCIAL_CARE and one["who"].strip()
    }
    return [
        Knower(
            f"d{agency}:{who}"[:100],
            Asked(who, words_for("agency_types", agency), agency, is_report_wanted=True),
            True,
        )
        for agency, who in took_part
    ]


def _schools(children: list[Person], on: date) -> list[Knower]:
    """Whoever leads on safeguarding at the school of each child, of whom the record has no name.

    Which school it is stands on the child's own page: a brother's or sister's tells of none.
    """
    names = shown([child.pk for child in children])
    at = {
        child.pk: next((one for one in places_on(same_person_ids(child), on) if _is_school(one)), None)
        for child in children
    }
    return [
        Knower(f"s{pk}", Asked(f"{SCHOOL_LEAD} at the school of {names[pk].name}"[:200], "", "school",
               is_report_wanted=True), True)
        for pk, place in at.items()
        if place and pk in names
    ]  # fmt: skip


def _is_school(place: SchoolPlace) -> bool:
    return bool(place.school) and not place.is_no_school


def _carers(ids: list[int], on: date) -> list[Knower]:
    """The foster carer of each child who is in care, whom the record of a placement does not name."""
    carers = {one.carer or one.thread: one for one in placements_on(ids, on).values() if _is_fostering(one)}
    return [
        Knower(f"c{one.thread}", Asked("The foster carer", "with whom a child lives", "la_fostering",
               is_report_wanted=True), True)
        for one in carers.values()
    ]  # fmt: skip


def _is_fostering(placement: Placement) -> bool:
    return placement.placement_type.startswith("U")  # code list `placement_type`: U1 to U6


def _family(user: User, children: list[Person], on: date) -> list[Knower]:
    """The parents, then the other adults of the family: those are proposed, and ticked by nobody."""
    ties = {tie.person_id: tie for child in children for tie in ties_of(child) if tie.kind in ADULTS}
    seen = names_to_show(user, sorted(ties, key=lambda pk: ties[pk].kind not in PARENTS), where=ARRANGING)
    people, unsafe = shown(seen), _unsafe(seen, on)
    return [
        Knower(
            f"r{pk}",
            Asked(people[pk].name, label("family_relationships", ties[pk].kind), relative=Person(pk=pk)),
            ties[pk].kind in PARENTS and pk not in unsafe,
            "ask first how they can come" if pk in unsafe else "",
        )
        for pk in sorted(ties, key=lambda pk: ties[pk].kind not in PARENTS)
        if pk in people and _is_adult(ties[pk].kind, people[pk], on)
    ]


def _is_adult(kind: str, person: Shown, on: date) -> bool:
    """Whether they are grown up: a parent always; where nobody knows the age, as the tie says."""
    if kind in PARENTS:
        return True
    if person.date_of_birth is None:
        return kind not in OF_ANY_AGE
    return not is_child(person.date_of_birth, on)


def _unsafe(person_ids: Iterable[int], on: date) -> set[int]:
    """Those of whom it is said that a way to reach them is not safe."""
    said: list[SafeContact] = safe_contacts_of(person_ids, on)
    return {one.person_id for one in said if not one.is_safe}


def chosen(knowers: Iterable[Knower], keys: Iterable[str]) -> list[Asked]:
    """Those of the proposed people whose key was ticked."""
    wanted = set(keys)
    return [one.asked for one in knowers if one.key in wanted]


def by_key(knowers: Iterable[Knower]) -> Mapping[str, Knower]:
    return {one.key: one for one in knowers}
