"""What the directory has for a need, near first; and what nothing meets, kept without a name."""

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from kith.record.centres import matching, open_referral, queries, services
from kith.record.chronology.policies import WrongCode
from kith.record.tests.practice import refused
from kith.standards.codes import code_list

MILL_LANE = {"address_1": "1 Mill Lane", "city": "Northbrook", "postal_code": "NB1 4AA"}
PANTRY = {
    "id": "1", "name": "Mill Lane pantry", "description": "A week of food for a few pounds.",
    "status": "active", "url": "https://pantry.example.test", "phones": [{"number": "01632 960001"}],
    "fees_description": "£4",
    "service_at_locations": [
        {"location": {"addresses": [MILL_LANE]}}
    ],
}  # fmt: skip
SHELTER = {
    "id": "2", "name": "Keep your home", "description": "For anybody whose landlord wants them out.",
    "service_areas": [{"name": "Northbrook West"}],
    "attributes": [{"taxonomy_term": {"name": "Housing"}}],
    "contacts": [{"email": "home@example.test", "phones": [{"number": "01632 960002"}]}],
}  # fmt: skip
FAR = {"id": "3", "name": "A far food bank", "description": "Food.", "status": "active"}
CLOSED = {"id": "4", "name": "Food no more", "description": "Food.", "status": "inactive"}


@pytest.fixture
def directory(helper):
    services.import_directory(content=json.dumps([FAR, PANTRY, SHELTER, CLOSED]).encode(), by=helper)


def names(found):
    return [each.service.name for each in found]


def test_a_kind_of_need_finds_what_is_open_for_it_and_what_is_near_first(directory):
    found = matching.services_for("food", where="nb1")
    assert names(found) == ["Mill Lane pantry", "A far food bank"]
    assert [each.is_near for each in found] == [True, False]
    assert names(matching.services_for("housing", where="Northbrook West")) == ["Keep your home"]
    assert names(matching.services_for("debt")) == []


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("landlord", ["Keep your home"]),
        ("pant", ["Mill Lane pantry"]),  # the beginning of a word
        ("pan", []),  # too short to be one
        ("food week", ["Mill Lane pantry"]),  # all that was typed
        ("\0 <script> %", []),
        ("", ["A far food bank", "Keep your home", "Mill Lane pantry"]),
    ],
)
def test_a_worker_looks_by_words_of_their_own(directory, said, found):
    assert names(matching.services_for(said=said)) == found


def test_what_a_service_tells_is_read_wherever_the_standard_puts_it():
    pantry, home = open_referral.told(PANTRY), open_referral.told(SHELTER)
    assert (pantry.phone, pantry.web, pantry.costs) == ("01632 960001", "https://pantry.example.test", "£4")
    assert pantry.where == ("1 Mill Lane, Northbrook, NB1 4AA",)
    assert (home.phone, home.email, home.kinds) == ("01632 960002", "home@example.test", ("Housing",))


@pytest.mark.parametrize(
    "shape",
    [
        {"phones": "01632"}, {"phones": [[{"number": 7}]]}, {"service_at_locations": {"location": None}},
        {"url": "javascript:alert(1)"}, {"description": ["food"]},
    ],
)  # fmt: skip
def test_a_shape_that_is_not_the_standards_breaks_nothing(shape):
    told = open_referral.told({"id": "1", "name": "Food", **shape})
    assert (told.name, told.phone, told.web, told.where) == ("Food", "", "", ())


def test_every_kind_of_need_has_its_words():
    assert set(matching.need_words()) == {code.code for code in code_list("help_needs")}


def test_what_nothing_meets_is_counted_by_kind_and_place_once_a_need(helper):
    today = timezone.localdate()
    for thread, where in ((1, "NB1"), (2, "NB1"), (2, "NB1"), (3, "NB7")):
        services.keep_unmet_need(what="A cot", kind="money", district=where, need_thread=thread, by=helper)
    services.keep_unmet_need(what="A rest", by=helper)
    services.keep_unmet_need(what="A bed", kind="money", noted_on=date(2020, 1, 1), by=helper)
    found = queries.unmet_by_kind(today - timedelta(days=365))
    assert [(one.kind, one.count, one.where) for one in found] == [
        ("Money", 3, [("NB1", 2), ("NB7", 1)]), ("Something else", 1, []),
    ]  # fmt: skip
    with refused(WrongCode, "what kind of help"):
        services.keep_unmet_need(what="A castle", kind="castle", by=helper)
