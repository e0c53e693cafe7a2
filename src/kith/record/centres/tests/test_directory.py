"""The directory: Open Referral UK services taken in as they are, and files that are none answered kindly."""

import json

import pytest

from kith.record.audit.models import Entry
from kith.record.centres import open_referral, queries, services
from kith.record.centres.models import DirectoryService
from kith.record.centres.open_referral import NotADirectory
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import refused

FOOD = {
    "id": "ac148810-d857-441c-9679-408f346de14b",
    "name": "Food bank",
    "status": "active",
    "organization": {"id": "d9d5e0f5", "name": "Northbrook Pantry", "description": "Food"},
    "languages": [{"id": "1", "name": "Urdu", "code": "ur"}],
    "schedules": [{"id": "2", "freq": "WEEKLY", "byday": "TU", "opens_at": "10:00", "closes_at": "12:00"}],
    "a_field_of_their_own": {"kept": True},
}
DEBT = {"id": "debt-1", "name": "Debt advice", "status": "active"}


def written(*services_given):
    page = open_referral.page_of(services_given, number=1, size=50, in_all=len(services_given))
    return json.dumps(page).encode()


def test_services_are_taken_in_with_their_own_fields_and_ids(helper):
    taken = services.import_directory(content=written(FOOD, DEBT), by=helper)
    assert (taken.new, taken.changed, taken.same) == (2, 0, 0)
    assert queries.service_of(FOOD["id"]).as_given == FOOD
    assert Entry.objects.get(act="import_directory").about == {"new": 2, "changed": 0, "same": 0}


def test_taken_in_twice_nothing_changes_and_a_change_is_a_new_version(helper):
    services.import_directory(content=written(FOOD, DEBT), by=helper)
    again = services.import_directory(content=written(FOOD), by=helper)
    assert (again.new, again.changed, again.same) == (0, 0, 1)
    changed = services.import_directory(content=written({**FOOD, "status": "inactive"}), by=helper)
    assert (changed.new, changed.changed, changed.same) == (0, 1, 0)
    assert queries.service_of(FOOD["id"]).status == "inactive"
    assert DirectoryService.objects.count() == 3  # the old version stays readable
    assert queries.service_of(DEBT["id"]) is not None  # a file may be one page of many


@pytest.mark.parametrize("shape", [lambda one: [one], lambda one: one, lambda one: {"services": [one]}])
def test_a_list_and_one_alone_are_read_as_well(helper, shape):
    assert services.import_directory(content=json.dumps(shape(FOOD)).encode(), by=helper).new == 1


def test_a_mark_at_the_beginning_does_no_harm(helper):
    assert services.import_directory(content=b"\xef\xbb\xbf" + written(FOOD), by=helper).new == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (written(FOOD)[:-40], "half of it is missing"),
        (written(FOOD)[:70], "half of it is missing"),
        (b"PK\x03\x04" + b"\0" * 50, "an Excel file or another zip"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 50, "an old Excel file"),
        (b"id,name\n1,Food bank\n", "is not JSON"),
        (written(FOOD).decode().encode("utf-16"), "UTF-16"),
        ('{"id": "1", "name": "Café"}'.encode("latin-1"), "not UTF-8"),
        (b" " * (open_referral.LARGEST + 1), "larger than 10 MB"),
        (b"[" * 100_000, "too deeply|half of it"),
        (b'{"id": "1", "name": "A", "x": NaN}', "a number that is none"),
        (b'{"id": "1", "name": "A", "x": "\\ud800"}', "letters that are none"),
        (b'{"id": "1", "name": "A", "x": "\\u0000"}', "letters that are none"),
        (b'{"hello": "world"}', "no services"),
        (b'"words"', "no services"),
        (b"[1]", "Entry 1 is no service"),
        (b'[{"id": "1"}]', "Entry 1 has no name"),
        (b'[{"id": 1, "name": "A"}]', "Entry 1 has no id"),
        (written(FOOD, FOOD), "Two services have the id"),
        (json.dumps([{"id": "1", "name": "A" * 301}]).encode(), "longer than 300"),
    ],
)
def test_a_file_that_is_no_directory_is_answered_and_nothing_is_taken_in(helper, content, told):
    with refused(NotADirectory, told):
        services.import_directory(content=content, by=helper)
    assert not DirectoryService.objects.exists()


def test_one_bad_service_keeps_all_of_a_file_out(helper):
    with refused(NotADirectory, "Entry 2 has no name"):
        services.import_directory(content=json.dumps([FOOD, {"id": "2", "name": " "}]).encode(), by=helper)
    assert not DirectoryService.objects.exists()


def test_a_file_of_ten_megabytes_is_read():
    filler = {**DEBT, "description": "x" * (open_referral.LARGEST - 200)}
    assert len(open_referral.read(json.dumps([filler]).encode())) == 1


def test_a_page_has_the_header_of_the_standard():
    page = open_referral.page_of([FOOD], number=2, size=1, in_all=3)
    assert page == {
        "total_items": 3, "total_pages": 3, "page_number": 2, "size": 1, "first_page": False,
        "last_page": False, "empty": False, "contents": [FOOD],
    }  # fmt: skip
    assert open_referral.page_of([], number=1, size=50, in_all=0)["last_page"]


def test_who_may_not(stranger):
    with refused(NotAllowed, "run a family centre"):
        services.import_directory(content=written(FOOD), by=stranger)
