"""The record as a dataset: who is in it, under which ids, and what is left out of it."""

from datetime import date

import pytest

from kith.record.access.models import Restriction
from kith.record.audit.models import Entry
from kith.record.care.models import MissingEpisode, PeriodOfCare
from kith.record.extract.queries import (
    by_child_id,
    export_return,
    extract,
    restricted_among,
    return_held,
    years_held,
)
from kith.record.frontdoor.models import Referral
from kith.record.people.models import (
    Address,
    Allocation,
    Identifier,
    Person,
    PersonDetails,
    PersonName,
    Role,
    Team,
    User,
    UserRole,
)
from kith.record.people.permissions import NotAllowed
from kith.record.people.queries import authorities_known
from kith.record.protection.models import Section47Enquiry
from kith.record.visits.models import Seen

pytestmark = pytest.mark.django_db


def child(value="C1", authority="999", **details) -> Person:
    person = Person.objects.create()
    Identifier.objects.create(person=person, kind="child_id", authority=authority, value=value)
    PersonDetails.objects.create(person=person, **{"sex": "F", "date_of_birth": date(2010, 6, 5), **details})
    PersonName.objects.create(person=person, given_names="Ama", family_name="Invented")
    PeriodOfCare.objects.create(person=person, started_on=date(2019, 5, 1), need="N1")
    return person


def worker(*roles: str, **fields) -> User:
    user = User.objects.create_user("w@northbrook.example", None, name="Ada Invented", **fields)
    for role in roles:
        UserRole.objects.create(user=user, role=role, started_on=date(2020, 1, 1))
    return user


def restrict(person, kind=Restriction.Kind.HIGH_PROFILE):
    user = worker()
    return Restriction.objects.create(
        person=person, kind=kind, reason="Invented", custodian=user, placed_by=user
    )


def test_people_have_the_records_id_and_the_childs_id_beside_it():
    person = child()
    row = extract()["ssd_person"].row(0, named=True)
    assert (row["pers_person_id"], row["pers_legacy_id"]) == (str(person.pk), "C1")
    assert (row["pers_forename"], row["pers_dob"]) == ("Ama", date(2010, 6, 5))
    assert by_child_id(extract())["kith_periods_of_care"]["kith_person_id"].to_list() == ["C1"]


def test_only_those_asked_for_are_in_it():
    one, _ = child("C1"), child("C2")
    assert extract([one.pk])["ssd_person"]["pers_legacy_id"].to_list() == ["C1"]
    assert extract()["ssd_person"].height == 2


def test_superseded_facts_are_not_in_it_and_somebody_with_no_fact_is_nobody():
    person = child()
    Person.objects.create()
    PeriodOfCare.objects.update(superseded_at="2024-01-01T00:00Z", ended_as="entered_in_error")
    out = extract()
    assert out["kith_periods_of_care"].is_empty()
    assert out["ssd_person"]["pers_person_id"].to_list() == [str(person.pk)]


def test_merged_people_come_as_one_and_the_kept_record_is_believed():
    kept, merged = child("C1"), child("C2", sex="M", ethnicity="WBRI")
    Person.objects.filter(pk=merged.pk).update(merged_into=kept)
    for out in (extract(), extract([kept.pk]), extract([merged.pk])):
        person = out["ssd_person"].row(0, named=True)
        assert out["ssd_person"].height == 1
        assert (person["pers_sex"], person["pers_ethnicity"], person["pers_legacy_id"]) == ("F", "WBRI", "C1")
        assert out["kith_periods_of_care"]["kith_person_id"].unique().to_list() == [str(kept.pk)]


def test_a_restricted_child_is_in_the_return_and_their_name_and_address_in_no_extract():
    person = child()
    Address.objects.create(person=person, lines="1 Invented Street", postcode="AB1 2CD")
    restrict(person)
    assert restricted_among(None) == {person.pk}
    out = extract()
    assert out["ssd_person"]["pers_forename"].to_list() == [None]
    assert out["ssd_address"].is_empty()
    assert export_return("903", 2020, "999").tables["Header"]["CHILD"].to_list() == ["C1"]


def test_a_restriction_holds_for_the_record_that_it_was_merged_into():
    hidden, kept = child(), child("C2")
    PersonName.objects.create(person=kept, given_names="Amira", family_name="Khan")
    restrict(hidden)
    hidden.merged_into = kept
    hidden.save()
    assert restricted_among([kept.pk]) == {kept.pk}
    assert extract()["ssd_person"]["pers_forename"].to_list() == [None]


def test_a_return_names_children_by_the_id_of_the_authority_that_asks():
    person = child("C1")
    Identifier.objects.create(person=person, kind="child_id", authority="998", value="Z9")
    child("C2", authority="998")
    assert export_return("903", 2020, "998").tables["Header"]["CHILD"].to_list() == ["C2", "Z9"]
    assert export_return("903", 2020, "999").tables["Header"]["CHILD"].to_list() == ["C1"]


def test_a_worker_of_ours_is_told_by_registration_and_a_team_is_no_worker():
    person, user = child(), worker(registration_number="SW123")
    Allocation.objects.create(person=person, worker=user, started_on=date(2024, 5, 1))
    Allocation.objects.create(
        person=person, team=Team.objects.create(name="Nobody yet"), started_on=date(2024, 5, 1)
    )
    assert extract()["ssd_involvements"]["invo_professional_id"].to_list() == ["SW123"]


def test_who_may_take_a_return_away_and_that_it_is_written_down():
    child()
    with pytest.raises(NotAllowed):
        export_return("903", 2020, "999", by=worker(Role.SOCIAL_WORKER))
    assert not Entry.objects.filter(act="return_exported").exists()
    analyst = User.objects.create_user("a@northbrook.example", None, name="Ana Invented")
    UserRole.objects.create(user=analyst, role=Role.ANALYST, started_on=date(2020, 1, 1))
    export_return("903", 2020, "999", by=analyst)
    entry = Entry.objects.get(act="return_exported")
    assert (entry.actor_id, entry.about["people"]) == (analyst.pk, 1)


def test_what_a_return_would_hold_is_told_in_numbers_and_not_as_taken_away():
    restrict(child("C1"))
    analyst = User.objects.create_user("a@northbrook.example", None, name="Ana Invented")
    UserRole.objects.create(user=analyst, role=Role.ANALYST, started_on=date(2020, 1, 1))
    child("C2")
    child("Z1", authority="998")
    held = return_held("903", 2020, "999", by=analyst)
    assert (held.children, held.restricted, held.rows["Header"]) == (2, 1, 2)
    assert not Entry.objects.filter(act="return_exported").exists()
    with pytest.raises(NotAllowed):
        return_held("903", 2020, "999", by=User.objects.create_user("s@northbrook.example", None, name="S"))


def test_years_are_held_from_the_first_day_to_the_last_that_was_told_of():
    PeriodOfCare.objects.create(
        person=child(), started_on=date(2016, 4, 1), ended_on=date(2017, 4, 1), end_reason="E11"
    )
    assert years_held("903") == {2020: 1, 2018: 1, 2017: 1}
    assert years_held("cin") == {}


def test_authorities_are_those_whose_ids_are_held():
    child("C1")
    child("Z1", authority="998")
    assert authorities_known() == ["998", "999"]


def test_who_decided_is_told_by_registration_or_our_number_and_the_teams_name():
    person, ada, team = child(), worker(registration_number="SW123"), Team.objects.create(name="North")
    bo = User.objects.create_user("b@northbrook.example", None, name="Bo Invented")
    Referral.objects.create(
        person=person, received_on=date(2024, 5, 1), decided_by=bo, closed_by=ada, closing_team=team
    )
    told = extract()["ssd_cin_episodes"].row(0, named=True)
    assert (told["cine_referral_worker_id"], told["cine_referral_team"]) == (f"K{bo.pk}", None)
    assert (told["kith_closed_by_worker_id"], told["kith_closed_by_team"]) == ("SW123", "North")


def test_the_ids_that_an_extract_gave_come_out_as_they_were_given():
    Section47Enquiry.objects.create(
        person=child(),
        started_on=date(2024, 5, 1),
        decided_by=worker(registration_number="SW123"),
        decided_by_reference="old system 7",
        deciding_team_reference="T4",
    )
    told = extract()["ssd_s47_enquiry"].row(0, named=True)
    assert told["s47e_s47_completed_by_worker_id"] == "old system 7"
    assert told["s47e_s47_completed_by_team"] == "T4"


def test_a_worker_of_ours_is_told_with_the_team_they_were_allocated_in():
    team = Team.objects.create(name="North")
    Allocation.objects.create(person=child(), worker=worker(), team=team, started_on=date(2024, 5, 1))
    assert extract()["ssd_involvements"]["invo_professional_team"].to_list() == ["North"]


def test_a_return_tells_the_times_missing_that_began_in_care_and_no_others():
    in_care, at_home = child("C1"), child("C2")
    PeriodOfCare.objects.filter(person=in_care).update(ended_on=date(2025, 9, 1), end_reason="E8")
    PeriodOfCare.objects.filter(person=at_home).delete()
    days = {
        in_care: (
            date(2025, 4, 30),  # in care
            date(2025, 9, 1),  # on the last day of it, which counts
            date(2025, 9, 2),  # at home again
        ),
        at_home: (date(2025, 5, 1),),  # never in care
    }
    for person, each in days.items():
        for day in each:
            MissingEpisode.objects.create(person=person, kind="M", started_on=day, ended_on=day)
    MissingEpisode.objects.create(  # as a file told it, and so it is told again
        person=at_home, kind="M", started_on=date(2025, 6, 1), ended_on=date(2025, 6, 1), source_rows=[1]
    )
    assert extract()["ssd_missing"].height == 5  # the record holds every child's
    told = export_return("903", 2026, "999").tables["Missing"]
    assert sorted(told["MIS_START"]) == [date(2025, 4, 30), date(2025, 6, 1), date(2025, 9, 1)]


def seen_on(person, day, counts_as, plan_thread=None, **seen):
    said = {"is_seen": True, "is_seen_alone": True, **seen}
    return Seen.objects.create(
        person=person, visited_on=day, counts_as=counts_as, plan_thread=plan_thread, own_words="Kept", **said
    )


def test_a_visit_to_a_child_in_care_is_told_with_its_time_in_care():
    person = child()
    care = PeriodOfCare.current.get(person=person)
    seen = seen_on(person, date(2020, 1, 7), "care", care.thread, is_seen=False, is_seen_alone=None)
    assert extract()["ssd_cla_visits"].drop("kith_source_rows").to_dicts() == [
        {
            "clav_cla_visit_id": str(seen.thread),
            "clav_cla_id": str(care.thread),
            "clav_person_id": str(person.pk),
            "clav_cla_visit_date": date(2020, 1, 7),
            "clav_cla_visit_seen": "N",
            "clav_cla_visit_seen_alone": None,
        }
    ]
    assert by_child_id(extract())["ssd_cla_visits"]["clav_person_id"].to_list() == ["C1"]


def test_a_protection_visit_in_care_is_in_both_tables_and_one_before_care_is_not():
    person = child()
    care = PeriodOfCare.current.get(person=person)
    in_care = seen_on(person, date(2019, 5, 1), "protection", 5)  # the very day that care began
    seen_on(person, date(2019, 4, 30), "protection", 5)
    seen_on(person, date(2020, 1, 7), "child_in_need", 6)
    told = extract()
    assert told["ssd_cp_visits"].height == 2
    rows = told["ssd_cla_visits"].select("clav_cla_visit_id", "clav_cla_id", "clav_cla_visit_seen").rows()
    assert rows == [(str(in_care.thread), str(care.thread), "Y")]
