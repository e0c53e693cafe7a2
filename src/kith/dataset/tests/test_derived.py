"""The standard's tables out of facts, and facts out of an extract that holds episodes only."""

from datetime import date

from kith.dataset.care_tables import histories_of
from kith.dataset.dataset import Dataset
from kith.dataset.derived import with_derived, with_histories
from kith.dataset.episodes import unfold
from kith.dataset.facts import facts_of
from kith.dataset.readers.folder import read_folder
from kith.dataset.schema import empty, from_rows
from kith.dataset.tests.samples import SAMPLES

LINES = ("kith_periods_of_care", "ssd_legal_status", "ssd_cla_placement")


def test_episodes_are_unfolded_for_an_extract():
    facts = facts_of(read_folder(SAMPLES / "903_years"))
    episodes = with_derived(facts)["ssd_cla_episodes"]
    derived = sum(len(unfold(history)) for history in histories_of(facts).values())
    assert episodes.height == derived > 2000
    assert episodes["clae_cla_episode_id"].n_unique() == episodes.height


def test_an_extract_with_episodes_only_is_folded():
    facts = facts_of(read_folder(SAMPLES / "903_years"))
    extract = with_derived(facts).with_tables({"kith_periods_of_care": empty("kith_periods_of_care")})
    again = with_derived(with_histories(extract))["ssd_cla_episodes"]
    columns = ["clae_person_id", "clae_cla_episode_start_date", "clae_cla_episode_start_reason"]
    before = extract["ssd_cla_episodes"].select(columns).sort(columns)
    assert again.select(columns).sort(columns).equals(before)


def test_a_dataset_that_has_periods_of_care_is_left_as_it_is():
    facts = with_derived(facts_of(read_folder(SAMPLES / "903_years")))
    assert with_histories(facts) is facts


def test_the_latest_year_tells_of_a_care_leaver():
    years = [
        {
            "kith_care_leaver_year_id": f"C1|{year}",
            "kith_person_id": "C1",
            "kith_year": year,
            "kith_in_touch": told,
        }
        for year, told in ((2021, "NO"), (2022, "YES"))
    ]
    leavers = with_derived(Dataset({"kith_care_leaver_years": from_rows("kith_care_leaver_years", years)}))
    assert leavers["ssd_care_leavers"]["clea_care_leaver_in_touch"].to_list() == ["YES"]


def test_a_decision_and_the_adoption_that_followed_are_one_row_of_permanence():
    decision = {
        "kith_adoption_decision_id": "d",
        "kith_person_id": "C1",
        "kith_decision_date": date(2020, 1, 1),
    }
    adoption = {"kith_adoption_id": "a", "kith_person_id": "C1", "kith_year": 2021, "kith_adopters": 2}
    other = {"kith_adoption_id": "b", "kith_person_id": "C2", "kith_year": 2021, "kith_by_foster_carer": True}
    dataset = with_derived(
        Dataset(
            {
                "kith_adoption_decisions": from_rows("kith_adoption_decisions", [decision]),
                "kith_adoptions": from_rows("kith_adoptions", [adoption, other]),
            }
        )
    )
    rows = dataset["ssd_permanence"].select(
        "perm_person_id", "perm_adm_decision_date", "perm_number_of_adopters", "perm_adopted_by_carer_flag"
    )
    assert rows.sort("perm_person_id").rows() == [
        ("C1", date(2020, 1, 1), "2", None),
        ("C2", None, None, "Y"),
    ]
