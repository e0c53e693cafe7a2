"""An invented family to read pages by: half sisters, twins, an unborn child, hostile names and all.

Everything is written through the record's services by invented staff. Nobody in it is real.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from kith.record.access import services as access
from kith.record.assessment import services as assessment
from kith.record.care import services as care
from kith.record.frontdoor import services as frontdoor
from kith.record.pathway import services as pathway
from kith.record.people import services as people
from kith.record.people import staff
from kith.record.people.models import Identifier, Membership, Person, Role, Team, User, UserRole
from kith.record.protection import services as protection

LONG_AGO = date(2010, 1, 1)
HOSTILE = "<script>alert(1)</script>"


@dataclass
class Family:
    """The Khans of Northbrook, by what each is called; `amira` is the child to read about."""

    today: date
    team: Team
    worker: User
    manager: User
    custodian: User
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def ago(self, days: int) -> date:
        """The day so many days before today."""
        return self.today - timedelta(days=days)


def user(name: str, *roles: str, phone: str = "") -> User:
    """Somebody who works here and holds these roles."""
    made = User.objects.create_user(f"{name.lower().replace(' ', '.')}@example.test", name=name, phone=phone)
    for role in roles:
        UserRole.objects.create(user=made, role=Role(role), started_on=LONG_AGO)
    return made


def the_khans(today: date) -> Family:
    """The family, on a day: Amira is in foster care; her sister lives with their grandmother."""
    team = Team.objects.create(name="Northbrook West", phone="01632 960100")
    worker = user("Zainab Osei", Role.SOCIAL_WORKER, phone="01632 960123")
    manager = user("Ada Thorne", Role.TEAM_MANAGER, Role.SENIOR_MANAGER, Role.REVIEWING_OFFICER)
    custodian = user("Noel Keeper", Role.CUSTODIAN)
    Membership.objects.create(user=worker, team=team, started_on=LONG_AGO)
    Membership.objects.create(user=manager, team=team, is_manager=True, started_on=LONG_AGO)
    family = Family(today, team, worker, manager, custodian)
    _born(family)
    _related(family)
    _lived(family)
    _cared_for(family)
    _kept_back(family)
    return family


def _born(family: Family) -> None:
    years = 365
    for key, given, surname, sex, days in (
        ("amira", "Amira", "Khan", "F", 7 * years),
        ("zara", "Zara", "Khan", "F", 11 * years),
        ("yusuf", "Yusuf", "Khan", "M", 4 * years),
        ("yunus", "Yunus", "Khan", "M", 4 * years),
        ("half_sister", "Leila", "Rahman-Featherstonehaugh", "F", 15 * years),
        ("half_brother", "Idris", "Rahman", "M", 13 * years),
        ("mother", "Sana", "Khan", "F", 34 * years),
        ("father", "Imran", "Khan", "M", 38 * years),
        ("first_partner", "Karim", "Rahman", "M", 40 * years),
        ("grandmother", "Noor", "Begum", "F", 61 * years),
        ("grandfather", "Abdul", "Begum", "M", 70 * years),
        ("hostile", HOSTILE, "O'Neill", "", 30 * years),
        ("hidden", "Salma", "Secret", "F", 36 * years),
    ):
        family.people[key] = people.register_person(
            by=family.manager, given_names=given, family_name=surname, sex=sex, date_of_birth=family.ago(days)
        )
    family.people["unborn"] = people.register_person(
        by=family.manager, given_names="Baby", family_name="Khan", expected_date_of_birth=family.ago(-60)
    )
    family.people["ageless"] = people.register_person(
        by=family.manager, given_names="Aunt", family_name="Rani"
    )
    people.correct_details(
        family.amira,
        by=family.worker,
        because="Told by her grandmother",
        likes_to_be_called="Mimi",
        first_language="Urdu",
        know_before_ringing="Ring her grandmother first. Her mother's number is known to somebody unsafe.",
    )
    people.add_identifier(
        family.amira, by=family.manager, kind=Identifier.Kind.CHILD_ID, value="NB10044", authority="299"
    )
    pathway.record_death(person=family.grandfather, on=family.ago(500), by=family.manager)


def _related(family: Family) -> None:
    for one, other, kind, responsible in (
        ("amira", "mother", "mother", True),
        ("amira", "father", "father", True),
        ("amira", "zara", "sibling", None),
        ("amira", "yusuf", "sibling", None),
        ("amira", "yunus", "sibling", None),
        ("amira", "unborn", "sibling", None),
        ("amira", "half_sister", "half_sibling", None),
        ("amira", "half_brother", "half_sibling", None),
        ("amira", "grandmother", "grandparent", None),
        ("amira", "grandfather", "grandparent", None),
        ("amira", "first_partner", "step_parent", None),
        ("amira", "ageless", "aunt_uncle", None),
        ("amira", "hostile", "family_friend", None),
        ("amira", "hidden", "aunt_uncle", None),
        ("zara", "mother", "mother", True),
        ("zara", "father", "father", True),
        ("zara", "grandmother", "special_guardian", True),
        ("yusuf", "mother", "mother", True),
        ("yusuf", "father", "father", True),
        ("yunus", "mother", "mother", True),
        ("yunus", "father", "father", True),
        ("unborn", "mother", "mother", True),
        ("unborn", "father", "father", None),
        ("half_sister", "mother", "mother", True),
        ("half_sister", "first_partner", "father", True),
        ("half_brother", "mother", "mother", True),
        ("half_brother", "first_partner", "father", True),
        ("mother", "grandmother", "mother", None),
        ("mother", "grandfather", "father", None),
    ):
        people.relate(
            family.people[one],
            family.people[other],
            by=family.manager,
            kind=kind,
            has_parental_responsibility=responsible,
        )


def _lived(family: Family) -> None:
    for key, lines, postcode, is_confidential in (
        ("amira", "4 Mill Lane", "NB1 4AA", False),
        ("zara", "9 Orchard Street", "NB2 5BB", False),
        ("yusuf", "4 Mill Lane", "NB1 4AA", False),
        ("mother", "1 Hidden Way", "NB9 9ZZ", True),
        ("grandmother", "9 Orchard Street", "NB2 5BB", False),
    ):
        people.live_at(
            family.people[key],
            by=family.manager,
            lines=lines,
            postcode=postcode,
            is_confidential=is_confidential,
            started_on=family.ago(900),
        )


def _cared_for(family: Family) -> None:
    """A referral for the sisters, an enquiry, a plan; then care for Amira, with a move and a night away."""
    sisters = [family.amira, family.zara]
    for child in sisters:
        pathway.allocate_worker(
            child=child, on=family.ago(800), worker=family.worker, by=family.manager, team=family.team
        )
    made = frontdoor.receive_referral(
        children=sisters,
        on=family.ago(820),
        source="1A",
        by=family.manager,
        is_no_further_action=False,
        primary_need="N1",
    )
    referrals = {one.person_id: one.thread for one in made}
    begun = assessment.start_assessment(
        children=sisters, on=family.ago(818), referrals=referrals, by=family.worker
    )
    enquiries = protection.start_section_47(
        children=sisters, on=family.ago(815), referrals=referrals, by=family.worker
    )
    for enquiry in enquiries:
        protection.conclude_section_47(
            enquiry=enquiry, on=family.ago(805), is_conference_required=True, by=family.worker
        )
    for each in begun:
        assessment.authorise_assessment(
            assessment=each, on=family.ago(800), factors=["3A", "4A"], by=family.manager
        )
    protection.hold_initial_conference(
        children=sisters, on=family.ago(797), referrals=referrals, by=family.manager, is_plan_made=True
    )
    protection.start_protection_plan(
        child=family.amira, on=family.ago(797), category="NEG", by=family.manager, previous_plans=0
    )
    amira = family.amira
    care.start_care(
        child=amira,
        on=family.ago(600),
        need="N1",
        legal_status="V2",
        placement_type="U6",
        provider="PR1",
        postcode="NB3 6CC",
        carer="foster-1",
        by=family.manager,
    )
    care.hold_care_review(child=amira, on=family.ago(580), participation="PN3", by=family.manager)
    care.go_missing(child=amira, on=family.ago(320), kind="M", by=family.worker)
    care.return_from_missing(child=amira, on=family.ago(319), by=family.worker)
    care.place_child(
        child=amira,
        on=family.ago(300),
        placement_type="U4",
        provider="PR1",
        postcode="NB4 7DD",
        carer="foster-2",
        change_reason="CARPL",
        by=family.manager,
    )
    care.hold_care_review(child=amira, on=family.ago(200), participation="PN1", by=family.manager)


def _kept_back(family: Family) -> None:
    """One aunt is restricted; a second record of Amira was merged into hers."""
    access.place_restriction(
        family.hidden,
        by=family.manager,
        kind="hidden_address",
        reason="Hidden from a former partner",
        custodian=family.custodian,
    )
    double = people.register_person(by=family.manager, given_names="Ameera", family_name="Khan")
    staff.allocate(double, by=family.manager, worker=family.worker, started_on=family.ago(10))
    family.people["double"] = double
    people.merge(family.amira, double, by=family.manager, reason="The same child, spelt in two ways")


def the_okoros(today: date) -> Family:
    """Three children at home with their mother and father, one not yet born, and a cousin kept hidden.

    One worker has all four; their referral is open. `ada` is nine, `ben` six and `chi` two.
    """
    team = Team.objects.create(name="Northbrook South", phone="01632 960200")
    worker = user("Ruth Adeyemi", Role.SOCIAL_WORKER, phone="01632 960223")
    manager = user("Priya Nair", Role.TEAM_MANAGER, Role.SENIOR_MANAGER, Role.REVIEWING_OFFICER)
    custodian = user("Hal Keeper", Role.CUSTODIAN)
    Membership.objects.create(user=worker, team=team, started_on=LONG_AGO)
    Membership.objects.create(user=manager, team=team, is_manager=True, started_on=LONG_AGO)
    family = Family(today, team, worker, manager, custodian)
    for key, given, days in (
        ("ada", "Ada", 9 * 365),
        ("ben", "Ben", 6 * 365),
        ("chi", "Chi", 2 * 365),
        ("cousin", "Dele", 8 * 365),
        ("mother", "Grace", 33 * 365),
        ("father", "Emeka", 36 * 365),
    ):
        family.people[key] = people.register_person(
            by=manager, given_names=given, family_name="Okoro", sex="U", date_of_birth=family.ago(days)
        )
    family.people["unborn"] = people.register_person(
        by=manager, given_names="Baby", family_name="Okoro", expected_date_of_birth=family.ago(-70)
    )
    _the_okoros_at_home(family)
    return family


def _the_okoros_at_home(family: Family) -> None:
    children = [family.ada, family.ben, family.chi, family.unborn]
    for place, child in enumerate(children):
        for parent in ("mother", "father"):
            people.relate(child, family.people[parent], by=family.manager, kind=parent)
        for other in children[place + 1 :]:
            people.relate(child, other, by=family.manager, kind="sibling")
        pathway.allocate_worker(
            child=child, on=family.ago(30), worker=family.worker, by=family.manager, team=family.team
        )
    people.relate(family.ada, family.cousin, by=family.manager, kind="cousin")
    frontdoor.receive_referral(
        children=children,
        on=family.ago(30),
        source="1A",
        by=family.manager,
        is_no_further_action=False,
        primary_need="N1",
    )
    access.place_restriction(
        family.cousin,
        by=family.manager,
        kind="hidden_address",
        reason="Hidden from a former partner",
        custodian=family.custodian,
    )
