"""What is decided at the front door is in the next CIN census, with nothing typed again."""

from datetime import date

import pytest
from django.utils import timezone

from kith.record.extract.queries import export_return
from kith.record.frontdoor import services as frontdoor
from kith.record.frontdoor.models import Way
from kith.record.frontdoor.services import Named
from kith.record.pathway.deciding_contacts import decide_contact
from kith.record.pathway.urgent import start_urgently
from kith.record.people.models import OwnAuthority
from kith.standards.years import return_year

CODE = "999"


@pytest.fixture
def census(db):
    """The CIN census as it stands, by table."""
    OwnAuthority.objects.create(code=CODE, name="Northbrook", started_on=date(2020, 1, 1))

    def tables():
        made = export_return("cin", return_year(timezone.localdate()), CODE)
        return {name: table.rows(named=True) for name, table in made.tables.items()}

    return tables


def told(by, **child):
    return frontdoor.write_message(
        children=[Named(is_new=True, **child)], what_was_said="Cold", way=Way.PHONE, source="2A", by=by
    )


def test_a_decision_to_assess_gives_a_case_and_an_assessment(census, manager):
    message = told(manager, given_names="Sana", family_name="Khan", sex="F", date_of_birth=date(2024, 1, 2))
    decide_contact(
        message=message, decision="assess", threshold="4", reason="Cold", consent_position="agree",
        lawful_basis="help", primary_need="N1", by=manager,
    )  # fmt: skip
    tables = census()
    [case] = tables["CINdetails"]
    assert (case["ReferralSource"], case["PrimaryNeedCode"]) == ("2A", "N1")
    assert case["CINreferralDate"] == timezone.localdate()
    assert len(tables["Assessments"]) == 1


def test_an_urgent_start_gives_a_case_an_assessment_and_an_enquiry(census, manager, staff):
    start_urgently(new=[Named(said_as="A boy of about 6")], suspected_harm="He hit him", by=manager)
    tables = census()
    assert [len(tables[name]) for name in ("CINdetails", "Assessments", "Section47")] == [1, 1, 1]


def test_a_message_that_needs_nothing_is_in_no_census(census, manager):
    decide_contact(
        message=told(manager, given_names="Sana"), decision="nothing", threshold="1", reason="A mistake",
        consent_position="agree", lawful_basis="help", by=manager,
    )  # fmt: skip
    assert census().get("CINdetails", []) == []
