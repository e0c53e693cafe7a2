"""Taking the record for figures: who may, what is kept, and from when it can be asked."""

from datetime import date

import pytest
from django.utils import timezone

from kith.insight.answers import answer
from kith.insight.catalogue import indicator_called
from kith.insight.lookups import BadLookup
from kith.insight.periods import year_ending
from kith.record.audit.models import Entry
from kith.record.figures import queries, services
from kith.record.figures.folders import folder_of
from kith.record.figures.models import Taking
from kith.record.figures.telling import told_since, told_until
from kith.record.frontdoor.models import Contact
from kith.record.importer.tests.made import bring, episode, header, returns
from kith.record.people import local
from kith.record.people.models import Identifier, Role
from kith.record.refusals import NotAllowed, NotPossible

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_years(tmp_path):
    """A record that began with the returns of 2018-19 and 2019-20, of two children."""
    for year in (2019, 2020):
        rows = [episode("7", "01/05/2017"), episode("8", "01/05/2019")][: year - 2018]
        bring(returns(tmp_path, year, header=[header("7"), header("8")][: year - 2018], episodes=rows))


def test_the_taking_holds_the_facts_and_no_names(two_years):
    taking = services.take()
    facts = queries.facts_of(taking)
    assert (taking.state, taking.people, taking.as_of) == ("done", 2, date(2020, 3, 31))
    assert facts["kith_periods_of_care"].height == 2
    assert facts["ssd_person"]["pers_surname"].null_count() == 2
    assert facts["ssd_person"]["pers_dob"].null_count() == 0
    assert not (folder_of(taking) / "kith_names.parquet").exists()
    assert folder_of(taking).stat().st_mode & 0o077 == 0


def test_children_whom_another_authority_alone_knows_are_in_no_figure(two_years, staff, someone):
    Identifier.objects.create(person=someone(), kind="child_id", value="9", authority="998")
    local.name_own_authority(
        code="999", name="Here", started_on=date(2020, 1, 1), by=staff(Role.SENIOR_MANAGER)
    )
    taking = services.take()
    assert (taking.authority, taking.people) == ("999", 2)
    assert queries.facts_of(taking)["ssd_person"].height == 2


def test_a_figure_of_the_record_is_answered_from_the_day_its_returns_began(two_years):
    facts = queries.facts_of(services.take())
    given = answer(facts, [year_ending(2018), year_ending(2020)], [indicator_called("children_in_care")])
    numbers = given.figures.filter(given.figures["measure"] == "number")
    assert numbers["value"].to_list() == [None, 2]
    assert "from 1 Apr 2018 on" in numbers["why_not"][0]


def test_a_record_of_returns_alone_tells_no_day_after_them(two_years):
    assert told_until() == date(2020, 3, 31)
    assert told_since()["kith_periods_of_care"] == date(2018, 4, 1)


def test_a_record_that_people_work_in_tells_up_to_today(two_years, someone):
    Contact.objects.create(person=someone(), received_on=date(2020, 5, 1))
    assert told_until() == timezone.localdate()


def test_who_may_not_see_figures_may_not_have_them_made(two_years, staff):
    with pytest.raises(NotAllowed):
        services.ask(by=staff(Role.SOCIAL_WORKER))
    assert not Taking.objects.exists()


def test_one_that_goes_on_already_is_given_instead(two_years, staff):
    waiting = Taking.objects.create()
    assert services.ask(by=staff(Role.ANALYST)) == waiting
    assert Taking.objects.count() == 1


def test_what_was_asked_for_is_done_and_told(two_years, staff):
    analyst = staff(Role.ANALYST)
    taking = services.ask(by=analyst)
    assert taking.state == "done"
    assert queries.newest() == taking
    entry = Entry.objects.get(act="record_taken_for_figures")
    assert entry.about == {"taking": taking.pk, "people": 2, "by": analyst.pk}


def test_a_taking_that_could_not_be_done_says_why(staff):
    taking = services.ask(by=staff(Role.ANALYST))
    assert (taking.state, queries.newest(), queries.latest_failure()) == ("failed", None, taking)
    assert "holds nobody yet" in taking.message


def test_a_record_of_nobody_is_not_taken():
    with pytest.raises(NotPossible):
        services.take()
    assert services.ask_each_day() is None


def test_each_day_the_record_is_taken_once(two_years):
    assert services.ask_each_day() is not None
    assert services.ask_each_day() is None


def test_a_killed_taking_is_not_waited_for(two_years, staff):
    Taking.objects.create(state="running", asked_at=timezone.now() - queries.ABANDONED)
    assert services.ask(by=staff(Role.ANALYST)).state == "done"


def test_only_the_newest_takings_and_their_folders_are_kept(two_years, home):
    takings = [services.take() for _ in range(services.KEPT + 1)]
    kept = {str(taking.pk) for taking in takings[1:]}
    assert {folder.name for folder in (home / "figures").iterdir()} == kept


def test_a_taking_whose_folder_is_gone_is_passed_over(two_years):
    first, second = services.take(), services.take()
    for file in folder_of(second).iterdir():
        file.unlink()
    folder_of(second).rmdir()
    assert queries.newest() == first


def test_a_population_that_is_given_later_is_read_at_the_next_page(two_years):
    taking = services.take()
    assert queries.facts_of(taking).lookups.populations.height == 0
    queries.lookups_folder().mkdir(parents=True)
    given = queries.lookups_folder() / queries.POPULATIONS
    given.write_text("authority,year,children\n999,2020,1000\n")
    assert queries.facts_of(taking).lookups.population("999", 2020, None) == {None: 1000}
    given.write_text("something else\n")
    with pytest.raises(BadLookup):
        queries.facts_of(taking)
