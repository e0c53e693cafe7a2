from datetime import date
from itertools import permutations

import pytest
from django.utils import timezone

from kith.dataset.returns import Return
from kith.record.access.models import Restriction
from kith.record.access.permissions import can_open, can_open_index
from kith.record.audit.models import Batch, Entry
from kith.record.care import services as care
from kith.record.care.models import CareReview, LegalStatus, PeriodOfCare
from kith.record.chronology.models import Line
from kith.record.facts import Ending
from kith.record.importer import services
from kith.record.importer.lock import ImportRunning, only_one
from kith.record.importer.models import Difference, ImportLock, Reject, SourceFile, SourceRow
from kith.record.importer.services import undo
from kith.record.importer.tests.made import (
    BORN,
    bring,
    episode,
    header,
    person_of,
    returns,
    told,
    worker,
)
from kith.record.people.models import Allocation, Identifier, MatchProposal, Person, PersonDetails, Role
from kith.record.people.permissions import NotAllowed
from kith.record.refusals import NotPossible
from kith.record.versions import enter_in_error, supersede

pytestmark = pytest.mark.django_db


def versions() -> int:
    return sum(
        model.objects.count() for model in (PersonDetails, Identifier, PeriodOfCare, LegalStatus, CareReview)
    )


def test_a_child_of_a_return_is_in_the_record_with_a_story_and_a_source(tmp_path):
    result = bring(returns(tmp_path, 2019, header=[header("C1")], episodes=[episode("C1", "01/05/2018")]))
    assert result.counts.as_dict() == {
        "read": 2, "added": 2, "continued": 0, "corrected": 0, "unchanged": 0, "rejected": 0,
    }  # fmt: skip
    period = PeriodOfCare.current.get()
    assert (period.started_on, period.ended_on, period.need) == (date(2018, 5, 1), None, "N1")
    row = SourceRow.objects.get(pk=period.source_rows[0])
    assert (row.table, row.line, row.child, row.year) == ("Episodes", 2, "C1", 2019)
    line = Line.objects.get(fact_table="care.periodofcare")
    assert (line.on, line.fact_thread, line.batch) == (date(2018, 5, 1), period.thread, result.batch)
    assert Entry.objects.get(act="returns_imported").about["added"] == 2


def test_the_same_folder_twice_changes_nothing(tmp_path):
    these = returns(tmp_path, 2019, header=[header("C1")], episodes=[episode("C1", "01/05/2018")])
    bring(these)
    before, count, lines, rows = told(), versions(), Line.objects.count(), SourceRow.objects.count()
    again = bring(these)
    assert again.counts.as_dict() | {"read": 2, "unchanged": 2, "added": 0} == again.counts.as_dict()
    assert (told(), versions(), Line.objects.count(), SourceRow.objects.count()) == (
        before, count, lines, rows,
    )  # fmt: skip


def test_an_open_row_later_closed_is_continued(tmp_path):
    bring(returns(tmp_path, 2019, header=[header("C1")], episodes=[episode("C1", "01/05/2018")]))
    result = bring(
        returns(
            tmp_path,
            2020,
            header=[header("C1")],
            episodes=[episode("C1", "01/05/2018", "03/02/2020", "E3")],
        )
    )
    assert (result.counts.continued, result.counts.unchanged) == (1, 1)
    now = PeriodOfCare.current.get()
    assert (now.ended_on, now.end_reason) == (date(2020, 2, 3), "E3")
    assert (now.supersedes.ended_as, now.supersedes.thread) == (Ending.CONTINUED, now.thread)
    lines = Line.objects.filter(fact_thread=now.thread).values_list("kind", "struck_at")
    assert sorted(lines) == [("care_ended", None), ("care_started", None)]


def test_a_past_row_that_changed_is_a_correction_that_shows(tmp_path):
    bring(returns(tmp_path, 2019, episodes=[episode("C1", "01/05/2018", legal="C2")]))
    result = bring(returns(tmp_path, 2020, episodes=[episode("C1", "01/05/2018", legal="E1")]))
    assert result.counts.corrected == 1
    now = LegalStatus.current.get()
    assert (now.code, now.supersedes.code, now.supersedes.ended_as) == ("E1", "C2", Ending.CORRECTED)
    struck = Line.objects.filter(fact_thread=now.thread).values_list("text", "struck_at")
    assert sorted(when is None for _, when in struck) == [False, True]


def test_a_row_of_an_earlier_return_never_overrides_a_later_one(tmp_path):
    bring(returns(tmp_path, 2020, episodes=[episode("C1", "01/05/2018", "03/02/2020", "E3")]))
    result = bring(returns(tmp_path, 2019, episodes=[episode("C1", "01/05/2018", legal="E1")]))
    assert result.counts.unchanged == 1
    assert PeriodOfCare.current.get().ended_on == date(2020, 2, 3)
    assert LegalStatus.current.get().code == "C2"


def three_years(tmp_path) -> list[list[Return]]:
    return [
        returns(
            tmp_path,
            2019,
            header=[header("C1"), header("C2")],
            episodes=[episode("C1", "01/05/2018"), episode("C2", "01/06/2017", "01/09/2018", "E3")],
            reviews=[f"C1,{BORN},20/05/2018,PN1"],
        ),
        returns(
            tmp_path,
            2020,
            header=[header("C1")],
            episodes=[
                episode("C1", "01/05/2018", "01/06/2019", "X1"),
                episode("C1", "01/06/2019", legal="E1", new="L"),
            ],
            reviews=[f"C1,{BORN},20/05/2019,PN2"],
        ),
        returns(
            tmp_path,
            2021,
            header=[header("C1", "A123456789012"), header("C3")],
            episodes=[
                episode("C1", "01/06/2019", "09/09/2020", "E3", legal="E1", new="L"),
                episode("C3", "01/08/2020"),
            ],
        ),
    ]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_years_in_any_order_give_the_same_record(tmp_path, order):
    years = three_years(tmp_path)
    together = bring([one for year in years for one in year])
    expected = told()
    undo(together.batch, by=None, reason="Once more, year by year")
    assert told() == []
    for year in order:
        bring(years[year])
    assert told() == expected


def test_undo_takes_out_what_came_and_hides_who_came_with_it(tmp_path):
    first, second, _ = three_years(tmp_path)
    bring(first)
    before = told()
    batch = bring(second).batch
    result = undo(batch, by=None, reason="The wrong folder")
    assert told() == before
    assert (result.rows, result.people_hidden) == (4, 0)
    period = PeriodOfCare.objects.filter(batch=batch)
    assert {one.ended_as for one in LegalStatus.objects.filter(batch=batch, superseded_at__isnull=False)} == {
        Ending.UNDONE
    }
    assert not period.filter(superseded_at=None).exists()
    assert Entry.objects.get(act="import_undone").about["reason"] == "The wrong folder"


def test_undo_of_an_older_import_leaves_what_a_newer_one_tells(tmp_path):
    first, second, third = three_years(tmp_path)
    bring(second)
    bring(third)
    alone = told()
    undo(Batch.objects.order_by("pk").last(), by=None, reason="Start again")
    undo(Batch.objects.order_by("pk").first(), by=None, reason="Start again")
    older = bring(first).batch
    bring(second)
    bring(third)
    result = undo(older, by=None, reason="The wrong year")
    assert told() == alone
    assert result.people_hidden == 1
    hidden = Person.objects.get(pk=Identifier.objects.filter(value="C2").latest("pk").person_id)
    assert not Allocation.current.filter(person=hidden).exists()


def test_a_hidden_person_comes_back_as_themselves(tmp_path):
    these = returns(tmp_path, 2019, header=[header("C1")])
    batch = bring(these).batch
    person = person_of("C1")
    undo(batch, by=None, reason="Too soon")
    assert not Identifier.current.filter(value="C1").exists()
    bring(these)
    assert person_of("C1") == person
    assert Person.objects.count() == 1
    assert Allocation.current.get(person_id=person).team.is_unallocated


def test_undo_of_the_first_of_two_equal_imports_leaves_the_second(tmp_path):
    these = returns(tmp_path, 2019, header=[header("C1")], episodes=[episode("C1", "01/05/2018")])
    first = bring(these).batch
    second = bring(these).batch
    before = told()
    undo(first, by=None, reason="Came twice")
    assert told() == before
    undo(second, by=None, reason="And once more")
    assert told() == []


def test_an_import_is_undone_once_and_with_a_reason(tmp_path):
    batch = bring(returns(tmp_path, 2019, header=[header("C1")])).batch
    with pytest.raises(NotPossible, match="needs a reason"):
        undo(batch, by=None, reason=" ")
    undo(batch, by=None, reason="The wrong folder")
    with pytest.raises(NotPossible, match="undone already"):
        undo(batch, by=None, reason="The wrong folder")


def test_a_corrected_file_of_the_same_return_replaces_the_childs_rows(tmp_path):
    bring(returns(tmp_path, 2019, reviews=[f"C1,{BORN},20/05/2018,PN1", f"C1,{BORN},21/05/2018,PN1"]))
    batch = bring(returns(tmp_path, 2019, reviews=[f"C1,{BORN},20/05/2018,PN1"])).batch
    assert [review.held_on for review in CareReview.current.all()] == [date(2018, 5, 20)]
    undo(batch, by=None, reason="The first was right")
    assert CareReview.current.count() == 2


def test_what_somebody_here_wrote_stands_and_the_difference_is_listed(tmp_path):
    bring(returns(tmp_path, 2019, episodes=[episode("C1", "01/05/2018")]))
    user = worker(Role.SOCIAL_WORKER)
    supersede(PeriodOfCare.current.get(), by=user, because="Read the file", started_on=date(2018, 4, 30))
    result = bring(returns(tmp_path, 2020, episodes=[episode("C1", "01/05/2018", "03/02/2020", "E3")]))
    now = PeriodOfCare.current.get()
    assert (now.started_on, now.ended_on, now.batch) == (date(2018, 4, 30), None, None)
    assert result.differences == 1
    difference = Difference.objects.get(batch=result.batch)
    assert "started on: the record has 2018-04-30, the file 2018-05-01" in difference.text


def test_what_somebody_here_entered_in_error_does_not_come_back(tmp_path):
    bring(returns(tmp_path, 2019, reviews=[f"C1,{BORN},20/05/2018,PN1"]))
    enter_in_error(CareReview.current.get(), because="It was another child's")
    bring(returns(tmp_path, 2020, reviews=[f"C1,{BORN},20/05/2018,PN1"]))
    assert not CareReview.current.exists()


def test_twins_are_two_people_and_nobody_asks_whether_they_are_one(tmp_path):
    bring(returns(tmp_path, 2019, header=[header("T1", "A123456789012"), header("T2", "B123456789012")]))
    assert person_of("T1") != person_of("T2")
    assert not MatchProposal.objects.exists()


def test_another_authoritys_same_id_is_another_person_and_an_equal_upn_is_put_to_somebody(tmp_path):
    bring(returns(tmp_path, 2019, header=[header("C1", "A123456789012")]))
    bring(returns(tmp_path, 2019, authority="998", header=[header("C1", "A123456789012")]), authority="998")
    assert person_of("C1") != person_of("C1", "998")
    proposal = MatchProposal.objects.get()
    assert {proposal.first_id, proposal.second_id} == {person_of("C1"), person_of("C1", "998")}


@pytest.mark.parametrize("born", ["06/06/2010", "05/06/2011"])
def test_an_equal_upn_with_another_birth_date_is_not_proposed(tmp_path, born):
    bring(returns(tmp_path, 2019, header=[header("C1", "A123456789012")]))
    bring(returns(tmp_path, 2020, header=[header("C9", "A123456789012", born)]))
    assert not MatchProposal.objects.exists()


def test_an_adopted_childs_new_identity_is_never_proposed(tmp_path):
    bring(
        returns(
            tmp_path,
            2019,
            header=[header("C1", "A123456789012")],
            episodes=[episode("C1", "01/05/2017", "01/06/2018", "E11")],
        )
    )
    bring(returns(tmp_path, 2020, header=[header("N1", "A123456789012")]))
    assert not MatchProposal.objects.exists()


ADOPTED = [episode("C1", "01/05/2017", "01/06/2018", "E11")]


def test_a_return_that_tells_of_an_adoption_seals_the_file_once(tmp_path):
    keeper = worker(Role.CUSTODIAN)
    these = returns(tmp_path, 2019, header=[header("C1"), header("C2")], episodes=ADOPTED)
    bring(these)
    bring(these)
    sealed = Restriction.objects.get()
    assert (sealed.kind, sealed.person_id, sealed.custodian, sealed.placed_by) == (
        "sealed_adoption", person_of("C1"), None, None,
    )  # fmt: skip
    assert Person.objects.get(pk=person_of("C1")).is_never_proposed
    assert can_open(keeper, sealed.person)
    assert not can_open_index(worker(Role.SENIOR_MANAGER, email="head@northbrook.example"), sealed.person)
    assert Entry.objects.filter(act="adoption_sealed", person_id=person_of("C1")).count() == 1
    assert Entry.objects.filter(act="returns_imported").earliest("id").about["sealed"] == 1


@pytest.mark.parametrize("first", [2019, 2021])
def test_years_in_any_order_seal_the_same_files(tmp_path, first):
    years = {
        2019: returns(tmp_path, 2019, header=[header("C1")], episodes=ADOPTED),
        2021: returns(tmp_path, 2021, header=[header("C1")], episodes=[episode("C1", "01/05/2020")]),
    }
    for year in (first, *(set(years) - {first})):
        bring(years[year])
    assert [one.person_id for one in Restriction.objects.all()] == [person_of("C1")]


def test_a_seal_found_to_be_a_mistake_stays_lifted_when_the_files_come_again(tmp_path):
    keeper = worker(Role.CUSTODIAN)
    bring(returns(tmp_path, 2019, header=[header("C1")], episodes=ADOPTED))
    mended = returns(
        tmp_path, 2020, header=[header("C1")], episodes=[episode("C1", "01/05/2017", "01/06/2018", "E4A")]
    )
    bring(mended)
    PeriodOfCare.current.filter(end_reason="E11").update(end_reason="E4A")
    care.unseal(restriction=Restriction.objects.get(), by=keeper, because="A wrong code")
    bring(mended)
    assert not Restriction.objects.filter(lifted_at=None).exists()


def test_new_people_are_with_the_unallocated_team_whatever_worker_a_file_names(tmp_path):
    bring(
        returns(
            tmp_path,
            2024,
            header=[header("C1")],
            sw_episodes=[f"C1,{BORN},SW123,01/05/2023,,"],
        )
    )
    team = Allocation.current.exclude(team=None).get()
    spell = Allocation.current.get(team=None)
    assert (team.team.is_unallocated, team.ended_on, team.person_id) == (True, None, person_of("C1"))
    assert (spell.worker_reference, spell.worker) == ("SW123", None)


HOSTILE = [
    "\x00nul",
    "<script>alert(1)</script>",
    "'; DROP TABLE people_person; --",
    "\u202egnp.exe",
    "💥" * 3,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(tmp_path, text):
    result = bring(returns(tmp_path, 2019, header=[header("C1"), header(text[:20])]))
    assert result.counts.read == 2
    assert result.counts.added + result.counts.rejected == 2
    assert Person.objects.exists()


def test_a_row_the_record_cannot_hold_is_rejected_with_its_column_and_reason(tmp_path):
    long = "X" * 40
    result = bring(
        returns(
            tmp_path,
            2019,
            header=[header("C1"), f"C2,1,{BORN},{long},,,"],
            reviews=[f"C1,{BORN},,PN1", f"C1,{BORN},20/05/2018,PN1"],
        )
    )
    assert result.counts.as_dict() == result.counts.as_dict() | {"read": 4, "added": 2, "rejected": 2}
    reasons = {(reject.line, reject.column): reject.reason for reject in Reject.objects.all()}
    assert "40 characters" in reasons[3, "pers_ethnicity"]
    assert "empty" in reasons[2, "clar_cla_review_date"]
    assert CareReview.current.count() == 1


def test_half_a_file_brings_what_it_holds_and_lists_the_rest(tmp_path):
    result = bring(
        returns(tmp_path, 2019, header=[header("C1")], episodes=[episode("C1", "01/05/2018"), "C1,02/0"])
    )
    assert (result.counts.added, result.counts.rejected) == (2, 1)
    assert Reject.objects.get().line == 3
    again = bring(returns(tmp_path, 2019, episodes=[episode("C1", "01/05/2018"), "C1,02/0"]))
    assert (again.counts.unchanged, again.counts.rejected) == (1, 1)


def test_an_import_killed_while_it_writes_leaves_nothing(tmp_path, monkeypatch):
    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(services.matches, "propose_matches", killed)
    with pytest.raises(KeyboardInterrupt):
        bring(returns(tmp_path, 2019, header=[header("C1")], episodes=[episode("C1", "01/05/2018")]))
    assert told() == []
    for model in (Batch, Person, SourceFile, SourceRow, Line, Entry, ImportLock):
        assert not model.objects.exists(), model
    monkeypatch.undo()
    assert bring(returns(tmp_path, 2019, header=[header("C1")])).counts.added == 1


def test_two_imports_at_once_one_is_refused_kindly(tmp_path):
    these = returns(tmp_path, 2019, header=[header("C1")])
    with only_one("the 2018 folder"), pytest.raises(ImportRunning, match="the 2018 folder"):
        bring(these)
    assert bring(these).counts.added == 1


def test_what_a_killed_import_left_behind_stands_in_nobodys_way(tmp_path):
    ImportLock.objects.create(name="import", held_for="killed", taken_at=timezone.now())
    assert bring(returns(tmp_path, 2019, header=[header("C1")])).counts.added == 1
    assert not ImportLock.objects.exists()


def test_an_import_whose_lock_is_lost_writes_nothing(tmp_path, monkeypatch):
    these = returns(tmp_path, 2019, header=[header("C1")])
    monkeypatch.setattr("kith.record.importer.lock.Held.check", lost)
    with pytest.raises(ImportRunning):
        bring(these)
    assert not Batch.objects.exists() and not Person.objects.exists()


def lost(held):
    raise ImportRunning("somebody else’s", timezone.now())


@pytest.mark.parametrize(
    ("roles", "may"), [([Role.ANALYST], True), ([Role.SOCIAL_WORKER], False), ([], False)]
)
def test_who_may_import(tmp_path, roles, may):
    these = returns(tmp_path, 2019, header=[header("C1")])
    user = worker(*roles)
    if may:
        assert bring(these, by=user).batch.by_id == user.pk
    else:
        with pytest.raises(NotAllowed):
            bring(these, by=user)
        with pytest.raises(NotAllowed):
            undo(bring(these).batch, by=user, reason="Not mine to undo")


def test_the_counts_of_files_add_up_to_those_of_the_import(tmp_path):
    result = bring([one for year in three_years(tmp_path) for one in year])
    assert sum(file.counts.read for file in result.files) == result.counts.read == 13
    stored = SourceFile.objects.filter(batch=result.batch)
    assert sum(file.rows_read for file in stored) == 13
    assert all(
        file.rows_read == file.added + file.continued + file.corrected + file.unchanged + file.rejected
        for file in stored
    )
