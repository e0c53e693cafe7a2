"""After a night: an enquiry begun at once for brothers and sisters leaves a census without a finding."""

from datetime import date

import pytest
from django.utils import timezone

from kith.checks import check
from kith.checks.door.reading import read_given
from kith.dataset.writers.cin_xml import write_cin_xml
from kith.record.access.services import break_glass
from kith.record.assessment.models import Assessment
from kith.record.assessment.services import authorise_assessment
from kith.record.extract.queries import export_return
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.models import Decision, Message, Referral
from kith.record.owed.queries import owed_for
from kith.record.pathway import protecting
from kith.record.pathway.died import died
from kith.record.pathway.urgent import start_urgently
from kith.record.people.models import OwnAuthority, Role
from kith.record.people.services import add_identifier, record_disability
from kith.record.protection import services
from kith.record.protection.models import EnquiryFinding, Section47Enquiry
from kith.record.protection.services import Found
from kith.record.tests.practice import worked_with
from kith.standards.years import return_year

CODE = "999"


@pytest.fixture
def night(staff):
    return staff(Role.OUT_OF_HOURS, name="Nia Night")


@pytest.fixture
def head(staff):
    return staff(Role.SENIOR_MANAGER, name="Hal Head")


@pytest.fixture
def siblings(db, someone, head):
    """Three children the authority knows by an id, of whom nobody ever told it anything else."""
    OwnAuthority.objects.create(code=CODE, name="Northbrook", started_on=date(2020, 1, 1))
    born = {"Sana": date(2014, 3, 9), "Adil": date(2018, 7, 21), "Hana": date(2023, 1, 30)}
    children = []
    for place, (name, day) in enumerate(born.items()):
        child = someone(
            name, "Mirza", date_of_birth=day, sex="F" if name != "Adil" else "M", ethnicity="APKN"
        )
        add_identifier(child, by=head, kind="child_id", value=f"NB9000{place}", authority=CODE)
        add_identifier(child, by=head, kind="upn_unknown", value="UN1" if place == 2 else "UN4")
        record_disability(child, by=head, code="NONE")
        children.append(child)
    return children


def what_is_wrong(tmp_path):
    """What `kith check` finds in the census as it would be sent; shares of the whole return say nothing."""
    year = return_year(timezone.localdate())
    path = write_cin_xml(export_return("cin", year, CODE), tmp_path / "cin.xml")
    [given] = read_given(path, year=year)
    report = check(given, return_="cin", year=year)
    assert report.with_status("crashed") == ()
    return sorted(
        (one.rule.code, one.child) for one in report.findings() if not one.rule.is_of_the_whole_return
    )


def fill_what_is_owed(children, night, head):
    """Everything that the urgent start left owed, each by the act that settles it."""
    now = timezone.now()
    protecting.hold_strategy_discussion(
        children=children, held_at=now, decision="enquire_with_police", discussed="Police saw them tonight.",
        took_part=[{"agency": "police", "who": "PC Bell"}, {"agency": "nhs_provider", "who": "Dr Rao"}],
        by=night,
    )  # fmt: skip
    frontdoor.complete_message(message=Message.current.get(), by=night, source="5A")
    frontdoor.complete_decision(
        decision=Decision.current.get(), threshold="4", consent_position="will_be_told",
        lawful_basis="protect", by=night,
    )  # fmt: skip
    frontdoor.agree_decision(decision=Decision.current.get(), by=head, because="Right to act.")
    frontdoor.reply_to_teller(message=Message.current.get(), words="Thank you. We are with them.", by=night)
    for referral in Referral.current.filter(primary_need=""):
        frontdoor.say_need(referral=referral, primary_need="N1", by=head)


def find(children, finding, worker, manager):
    """By day the enquiry is over for these children, and a manager agreed; the assessment is signed off."""
    today = timezone.localdate()
    found = {child.pk: Found(finding, "As seen", seen_on=today) for child in children}
    services.find(
        enquiries=list(Section47Enquiry.current.filter(person__in=children)), on=today, found=found, by=worker
    )
    for one in EnquiryFinding.current.filter(person__in=children):
        services.agree_finding(finding=one, by=manager)
    for one in Assessment.current.filter(person__in=children):
        authorise_assessment(assessment=one, on=today, factors=["4A"], by=manager)


def test_after_a_night_nothing_is_owed_and_the_census_is_right(
    siblings, night, head, worker, manager, team, tmp_path
):
    start_urgently(children=siblings, suspected_harm="He held Sana by the throat.", by=night)
    assert {one.person_id for one in Section47Enquiry.current.all()} == {child.pk for child in siblings}
    fill_what_is_owed(siblings, night, head)
    for child in siblings:
        worked_with(child, worker, team)
    find(siblings, "not_continuing", worker, manager)
    assert [line.owed.what for line in owed_for([child.pk for child in siblings], timezone.now())] == []
    assert what_is_wrong(tmp_path) == []


def test_a_sister_whose_case_was_open_gets_no_second_one_and_the_census_is_right(
    siblings, night, head, worker, manager, team, tmp_path
):
    sana, *others = siblings
    worked_with(sana, worker, team)
    frontdoor.receive_referral(
        children=[sana], on=timezone.localdate(), source="6", primary_need="N1",
        is_no_further_action=False, by=worker,
    )  # fmt: skip
    break_glass(sana, by=night, reason="Somebody else’s case, and the police have rung", hours=12)
    start_urgently(children=siblings, suspected_harm="He held Sana by the throat.", by=night)
    assert Referral.current.filter(person=sana).count() == 1
    fill_what_is_owed(siblings, night, head)
    for child in others:
        worked_with(child, worker, team)
    find(others, "not_borne_out", worker, manager)
    find([sana], "to_court", worker, manager)
    assert what_is_wrong(tmp_path) == []


def test_a_death_while_all_is_open_closes_the_case_and_the_census_asks_for_the_factors_alone(
    siblings, night, head, worker, manager, team, tmp_path
):
    sana, *others = siblings
    start_urgently(children=siblings, suspected_harm="He held Sana by the throat.", by=night)
    fill_what_is_owed(siblings, night, head)
    for child in siblings:
        worked_with(child, worker, team)
    died(child=sana, on=timezone.localdate(), closes_case=True, by=worker)
    assert Referral.current.get(person=sana).closure_reason == "RC2"
    find(others, "not_continuing", worker, manager)
    assert what_is_wrong(tmp_path) == [("8897Q", "NB90000")]  # nobody found any: a query, to be explained
