"""An extract of the Standard Safeguarding Dataset, taken in by its ids."""

from datetime import date

import pytest

from kith.dataset.dataset import Dataset
from kith.dataset.facts import facts_of, return_of
from kith.dataset.readers.folder import read_folder
from kith.dataset.schema import from_rows
from kith.record.care.models import LegalStatus, PeriodOfCare, Placement
from kith.record.extract.queries import extract
from kith.record.facts import Ending
from kith.record.frontdoor.models import Referral
from kith.record.importer.models import Reject, Unreturned
from kith.record.importer.services import import_dataset, import_returns, undo
from kith.record.importer.tests.made import bring, header, person_of, returns, told
from kith.record.people.models import Allocation, PersonDetails, PersonName, Team, User
from kith.record.protection.models import ProtectionPlan

pytestmark = pytest.mark.django_db


def made(received=date(2024, 5, 1), **person) -> Dataset:
    child = {"pers_person_id": "7", "pers_legacy_id": "C1", "pers_sex": "F", "pers_dob": date(2010, 6, 5)}
    return Dataset(
        {
            "ssd_person": from_rows("ssd_person", [child | person]),
            "ssd_cin_episodes": from_rows(
                "ssd_cin_episodes",
                [
                    {
                        "cine_referral_id": "R1",
                        "cine_person_id": "7",
                        "cine_referral_date": received,
                        "cine_referral_nfa": "N",
                        "cine_referral_outcome_json": "[]",
                    }
                ],
            ),
            "ssd_cp_plans": from_rows(
                "ssd_cp_plans",
                [
                    {
                        "cppl_cp_plan_id": "P1",
                        "cppl_person_id": "7",
                        "cppl_referral_id": "R1",
                        "cppl_cp_plan_start_date": date(2024, 6, 1),
                    }
                ],
            ),
            "ssd_voice_of_child": from_rows("ssd_voice_of_child", [{"voch_person_id": "7"}]),
        }
    )


def take(dataset, year=2025):
    return import_dataset(dataset, by=None, authority="999", description="An extract", year=year)


def test_an_extract_is_in_the_record_and_what_it_cannot_hold_is_said():
    result = take(made(pers_forename="Ama", pers_surname="Invented"))
    assert result.counts.as_dict() == result.counts.as_dict() | {"read": 4, "added": 3, "rejected": 1}
    assert "voice_of_child" in Reject.objects.get().reason
    assert "cine_referral_outcome_json" in Unreturned.objects.get().reason
    assert PersonName.current.get().given_names == "Ama"
    assert ProtectionPlan.current.get().referral_thread == Referral.current.get().thread
    assert Referral.current.get().is_no_further_action is False


def test_the_same_extract_twice_changes_nothing():
    take(made())
    before = told()
    again = take(made())
    assert (again.counts.unchanged, again.counts.rejected, again.counts.read) == (3, 1, 4)
    assert told() == before
    assert not Referral.objects.exclude(superseded_at=None).exists()


def test_a_row_with_the_same_id_is_the_same_fact_even_where_its_date_changed():
    take(made())
    result = take(made(received=date(2024, 5, 2)))
    assert result.counts.corrected == 1
    now = Referral.current.get()
    assert (now.received_on, now.supersedes.ended_as) == (date(2024, 5, 2), Ending.CORRECTED)
    undo(result.batch, by=None, reason="The old date was right")
    assert Referral.current.get().received_on == date(2024, 5, 1)


def test_a_return_and_an_extract_tell_of_one_child_and_the_later_is_believed(tmp_path):
    take(made(), year=2024)
    bring(returns(tmp_path, 2025, header=[header("C1")]))
    assert PersonDetails.current.get().person_id == person_of("C1")
    assert PersonDetails.current.get().ethnicity == "WBRI"
    assert Referral.current.exists()


def test_a_row_about_nobody_is_rejected():
    dataset = made()
    lost = from_rows("ssd_disability", [{"disa_person_id": "8", "disa_disability_code": "HEAR"}])
    result = take(dataset.with_tables({"ssd_disability": lost}))
    assert result.counts.rejected == 2
    assert Reject.objects.filter(file="dataset/ssd_disability", reason__contains="names nobody").exists()


def test_an_extract_out_of_the_record_holds_what_went_in():
    take(made(pers_forename="Ama", pers_surname="Invented"))
    out = extract()
    person = out["ssd_person"].row(0, named=True)
    assert (person["pers_legacy_id"], person["pers_forename"], person["pers_sex"]) == ("C1", "Ama", "F")
    plan = out["ssd_cp_plans"].row(0, named=True)
    assert plan["cppl_referral_id"] == out["ssd_cin_episodes"]["cine_referral_id"][0]
    assert plan["cppl_person_id"] == person["pers_person_id"]


WHOLE = (
    "C1,05/06/2018,S,C2,N1,U4,PR1,01/05/2019,X1,CARPL,AB1 1AA,AB1 2BB,SC000001\n"
    "C1,01/05/2019,P,C2,N1,K2,PR1,,,,AB1 1AA,AB1 3CC,SC000002\n"
)


@pytest.mark.parametrize("extract_first", [True, False])
def test_a_years_return_beside_an_extract_does_not_put_a_child_in_care_twice(tmp_path, extract_first):
    heading = (
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
    )
    for name, rows in (("whole", WHOLE), ("year", WHOLE.splitlines(keepends=True)[1])):
        (tmp_path / name).mkdir()
        (tmp_path / name / "episodes.csv").write_text(heading + rows)
        (tmp_path / name / "header.csv").write_text(
            "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nC1,F,05/06/2010,WBRI,,,\n"
        )
    whole = facts_of(read_folder(tmp_path / "whole", year=2020))
    year = read_folder(tmp_path / "year", year=2020)
    steps = [
        lambda: take(whole, year=2020),
        lambda: import_returns(year, by=None, authority="999", description="2019-20"),
    ]
    for step in steps if extract_first else reversed(steps):
        step()
    (period,) = PeriodOfCare.current.all()
    assert (period.started_on, period.is_start_known, period.ended_on) == (date(2018, 6, 5), True, None)
    assert Placement.current.count() == 2
    assert LegalStatus.current.filter(ended_on=None).count() == 1


def decided_by(worker="SW123", team="Duty", **more) -> Dataset:
    """One closed referral and one spell of its worker, with who did what."""
    referral = {
        "cine_referral_id": "R1",
        "cine_person_id": "7",
        "cine_referral_date": date(2024, 5, 1),
        "cine_close_date": date(2024, 9, 2),
        "cine_referral_worker_id": worker,
        "cine_referral_team": team,
        "kith_closed_by_worker_id": "old system 7",
        "kith_closed_by_team": "T4",
    }
    spell = {
        "invo_involvements_id": "I1",
        "invo_person_id": "7",
        "invo_professional_id": "SW123",
        "invo_professional_team": "Duty",
        "invo_involvement_start_date": date(2024, 5, 1),
    }
    return made().with_tables(
        {
            "ssd_cin_episodes": from_rows("ssd_cin_episodes", [referral | more]),
            "ssd_involvements": from_rows("ssd_involvements", [spell]),
        }
    )


def ada(number="SW123", email="ada@northbrook.example") -> User:
    return User.objects.create_user(email, None, name="Ada Invented", registration_number=number)


def test_who_decided_comes_in_by_its_ids_and_goes_out_by_the_same():
    take(decided_by())
    out = extract()
    given = out["ssd_cin_episodes"].row(0, named=True)
    assert (given["cine_referral_worker_id"], given["cine_referral_team"]) == ("SW123", "Duty")
    assert (given["kith_closed_by_worker_id"], given["kith_closed_by_team"]) == ("old system 7", "T4")
    assert out["ssd_involvements"]["invo_professional_team"].to_list() == ["Duty"]
    referral = Referral.current.get()
    assert (referral.decided_by, referral.deciding_team, referral.closed_by) == (None, None, None)


def test_somebody_whose_registration_number_it_is_and_a_team_of_that_name_are_linked():
    worker, team = ada(), Team.objects.create(name="Duty")
    take(decided_by())
    referral = Referral.current.get()
    assert (referral.decided_by, referral.deciding_team) == (worker, team)
    assert (referral.closed_by, referral.closing_team) == (None, None)
    assert referral.decided_by_reference == "SW123"


def test_a_number_that_two_people_have_links_neither():
    ada(), ada(email="other@northbrook.example")
    take(decided_by())
    assert Referral.current.get().decided_by is None


def test_an_extract_gives_nobody_work_with_a_child():
    ada(), Team.objects.create(name="Duty")
    take(decided_by())
    spell = Allocation.current.get(worker_reference="SW123")
    assert (spell.worker, spell.team, spell.team_reference) == (None, None, "Duty")


def test_another_decider_in_a_later_extract_is_a_correction_that_an_undo_takes_back():
    worker = ada()
    take(decided_by(worker="SW9"))
    result = take(decided_by())
    assert result.counts.corrected == 1
    assert Referral.current.get().decided_by == worker
    undo(result.batch, by=None, reason="The old one was right")
    was = Referral.current.get()
    assert (was.decided_by, was.decided_by_reference) == (None, "SW9")


def test_a_closing_that_is_filled_in_continues_the_referral():
    still_open = dict.fromkeys(("cine_close_date", "kith_closed_by_worker_id", "kith_closed_by_team"))
    take(decided_by(**still_open))
    take(decided_by())
    assert Referral.current.get().supersedes.ended_as == Ending.CONTINUED


def test_a_later_census_which_cannot_tell_who_decided_takes_no_decider_away():
    take(decided_by(), year=2024)
    census = decided_by(worker=None, team=None, kith_closed_by_worker_id=None, kith_closed_by_team=None)
    import_returns([return_of(census, "cin", 2025, "999")], by=None, authority="999", description="2024-25")
    referral = Referral.current.get()
    assert (referral.decided_by_reference, referral.deciding_team_reference) == ("SW123", "Duty")
    assert referral.closed_by_reference == "old system 7"
