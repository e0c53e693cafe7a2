"""A child's page through the client: what stands on it, who may read it, and what never shows."""

from copy import deepcopy
from datetime import date, timedelta
from unittest import mock

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kith.dataset.readers.folder import read_folder
from kith.record.access import services as access
from kith.record.access.models import Message, RestrictedMatch, Restriction
from kith.record.audit.models import Batch, Entry
from kith.record.care import services as care
from kith.record.care.models import HealthYear, MissingEpisode, PeriodOfCare, Placement
from kith.record.chronology import policies
from kith.record.chronology.models import Line
from kith.record.frontdoor.models import Referral
from kith.record.importer.services import import_returns
from kith.record.people import services as people
from kith.record.people import staff
from kith.record.people.models import Person, PersonDetails, Role, Team, User
from kith.record.people.queries import person_for_child_id
from kith.web.story.home import who_else_is_responsible
from kith.web.story.source import _said
from kith.web.story.working import how_long
from kith.web.tests.families import HOSTILE, the_khans, user

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
# With fourteen relatives; cover, safe contact, visits, messages, what is owed, assessment, school, how it
# felt and links outside the home one each, protecting four.
MOST_QUERIES = 68
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
    "7001,05/06/2019,S,C2,N1,U4,PR1,,,,AB1 1AA,AB1 2BB,SC000001\n"
)
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n7001,1,04/05/2003,WBRI,,,\n"


@pytest.fixture(scope="module")
def khans_once(module_db):
    return the_khans(TODAY)


@pytest.fixture
def khans(khans_once, db):
    return deepcopy(khans_once)


@pytest.fixture
def page(client, khans):
    """Ask for a page of Kith as the family's worker, or as somebody else."""

    def ask(name, *args, by=None, status=200, **query):
        client.force_login(by or khans.worker, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(reverse(name, args=args), query)
        assert answer.status_code == status
        return answer.content.decode()

    return ask


@pytest.fixture
def imported(tmp_path):
    """A child of one 903 return of long ago, and nothing else."""
    (tmp_path / "episodes.csv").write_text(EPISODES)
    (tmp_path / "header.csv").write_text(HEADER)
    import_returns(read_folder(tmp_path, year=2020), by=None, authority="999", description="2019-20")
    found = person_for_child_id("999", "7001")
    assert found is not None
    return found


def test_the_story_says_who_where_with_whom_and_what_is_late(page, khans):
    story = page("story", khans.amira.pk)
    for words in (
        "Amira Khan, 6, is looked after, since",
        "Likes to be called <strong>Mimi</strong>",
        "Speaks Urdu",
        "Ring her grandmother first.",
        "NB4 7DD",
        'href="tel:01632960123"',
        "Imran Khan (father), Sana Khan (mother)",
        "Allocated social worker, Northbrook West",
        "Next review of care",
        "NB10044",
    ):
        assert words in story
    assert "NB3 6CC" not in story.partition("The story")[0]  # where she slept before is not where she sleeps


def test_a_child_who_is_missing_says_so_before_where_they_should_be(page, khans):
    care.go_missing(child=khans.amira, on=TODAY, kind="M", by=khans.worker)
    story = page("story", khans.amira.pk)
    assert story.index("Missing: where they are is not known") < story.index("NB4 7DD")


def test_a_hidden_address_is_not_on_the_page_nor_a_press_away(page, khans):
    people.live_at(
        khans.zara, by=khans.manager, lines="7 Secret Row", postcode="NB8 8XX", is_confidential=True
    )
    story = page("story", khans.zara.pk)
    assert "The address is kept hidden" in story
    assert "Secret Row" not in story
    assert "NB8 8XX" not in story
    assert "people.address" not in story


def test_each_relative_is_in_words_with_what_may_be_known(page, khans):
    story = page("story", khans.amira.pk)
    for words in (
        "died ",
        "not yet born, expected",
        "age not known",
        "Leila Rahman-Featherstonehaugh",
        "aunt or uncle",
    ):
        assert words in story


def test_a_sister_who_was_moved_shows_where_only_to_who_may_open_her_record(page, khans):
    care.start_care(
        child=khans.yusuf, on=khans.ago(40), need="N1", legal_status="V2", placement_type="K2",
        provider="PR4", postcode="NB7 7AA", by=khans.manager,
    )  # fmt: skip
    staff.allocate(khans.yusuf, by=khans.manager, worker=user("Somebody Else", Role.SOCIAL_WORKER))
    story = page("story", khans.amira.pk)
    assert "looked after, in" not in story
    assert "worker: Somebody Else" in story
    staff.allocate(khans.yusuf, by=khans.manager, worker=khans.worker)
    story = page("story", khans.amira.pk)
    assert "looked after, in a children&#x27;s home" in story
    assert "NB7 7AA" not in story  # the place itself is his page's


def test_a_sisters_own_story_is_not_on_the_page(page, khans):
    care.start_care(
        child=khans.zara, on=khans.ago(40), need="N1", legal_status="V2", placement_type="U6",
        provider="PR1", postcode="NB7 7AA", by=khans.manager,
    )  # fmt: skip
    care.go_missing(child=khans.zara, on=khans.ago(5), kind="M", by=khans.worker)
    care.return_from_missing(child=khans.zara, on=khans.ago(4), by=khans.worker)
    story = page("story", khans.amira.pk)
    zaras = Line.objects.filter(person=khans.zara, kind="missing_started").get()
    assert str(zaras.fact_thread) not in story
    assert reverse("fact_source", args=[khans.amira.pk, zaras.fact_table, zaras.fact_thread]) not in story
    page("fact_source", khans.amira.pk, zaras.fact_table, zaras.fact_thread, status=404)


def test_a_restricted_relative_is_neither_named_nor_drawn(page, khans):
    story = page("story", khans.amira.pk)
    assert "Salma" not in story
    assert str(khans.hidden.pk) not in story
    assert not Entry.objects.filter(act="name_shown", person_id=khans.hidden.pk).exists()


def test_every_relative_named_is_written_down_one_by_one_and_so_is_the_look(page, khans):
    page("story", khans.amira.pk)
    named = Entry.objects.filter(act="name_shown", actor_id=khans.worker.pk).values_list(
        "person_id", flat=True
    )
    hidden_or_herself = {khans.hidden.pk, khans.amira.pk, khans.double.pk}
    assert set(named) == {person.pk for person in khans.people.values()} - hidden_or_herself
    assert Entry.objects.filter(act="record_opened", person_id=khans.amira.pk).count() == 1


def test_hostile_words_are_shown_as_words(page, khans):
    for name in ("story", "chronology"):
        assert HOSTILE not in page(name, khans.amira.pk)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; O&#x27;Neill" in page("story", khans.amira.pk)


def test_a_merged_record_leads_to_the_kept_one_with_all_its_facts(page, khans):
    story = page("story", khans.double.pk)
    assert "Amira Khan, 6, is looked after" in story
    assert story.count("Zainab Osei</strong>") == 1  # allocated to both records, one worker


def test_a_relative_known_by_a_merged_record_is_still_in_the_family(page, khans):
    twin = people.register_person(by=khans.manager, given_names="Yousef", family_name="Khan")
    people.relate(twin, khans.zara, by=khans.manager, kind="sibling")
    people.merge(khans.yusuf, twin, by=khans.manager, reason="The same boy")
    story = page("story", khans.zara.pk)
    assert "Yusuf Khan" in story
    assert "Yousef" not in story


@pytest.mark.parametrize(
    "who, words",
    [
        ("unborn", "Not yet born, expected"),
        ("ageless", "Date of birth not known"),
        ("grandfather", "Abdul Begum died on"),
    ],
)
def test_who_has_no_date_of_birth_or_has_died_has_a_page(page, khans, who, words):
    staff.allocate(khans.people[who], by=khans.manager, worker=khans.worker)
    story = page("story", khans.people[who].pk)
    assert words in story
    assert ("Where they sleep tonight" in story) is (who == "ageless")


def test_a_birth_known_to_the_year_is_told_to_the_year(page, khans):
    PersonDetails.current.filter(person=khans.amira).update(date_of_birth_precision="year")
    assert f"Born {khans.ago(7 * 365).year}</span>" in page("story", khans.amira.pk)


def test_a_stranger_is_refused_and_shown_the_way_on(page, khans):
    stranger = user("Far Away", Role.SOCIAL_WORKER)
    refused = page("story", khans.amira.pk, by=stranger, status=403)
    assert "Amira" not in refused
    assert reverse("break_glass", args=[khans.amira.pk]) in refused
    for name in ("chronology", "who_looked"):
        assert "Amira" not in page(name, khans.amira.pk, by=stranger, status=403)


def test_a_restricted_record_shows_nothing_and_tells_its_custodian_at_once(page, khans):
    refused = page("story", khans.hidden.pk, status=403)
    assert "Salma" not in refused
    assert "Kith cannot show you anything here" in refused
    assert reverse("break_glass", args=[khans.hidden.pk]) not in refused
    assert RestrictedMatch.objects.get().searcher == khans.worker
    assert Message.objects.get(to=khans.custodian).link == reverse("restricted_matches")


def test_the_story_asks_the_database_a_bounded_number_of_times(page, khans, django_assert_max_num_queries):
    page("story", khans.amira.pk)
    for number in range(5):
        sister = people.register_person(by=khans.manager, given_names=f"Sister{number}", family_name="Khan")
        people.relate(khans.amira, sister, by=khans.manager, kind="sibling")
        care.hold_care_review(
            child=khans.amira, on=khans.ago(90 - number), participation="PN1", by=khans.manager
        )
    with django_assert_max_num_queries(MOST_QUERIES):
        page("story", khans.amira.pk)


def test_nothing_is_shown_when_the_look_cannot_be_written(page, khans):
    with mock.patch.object(type(Entry.objects.all()), "bulk_create", side_effect=OperationalError("gone")):
        shown = page("story", khans.amira.pk, status=503)
    assert "Amira" not in shown
    assert "Kith could not write down that you looked" in shown


def test_the_looks_of_a_page_are_one_write(page, khans):
    with CaptureQueriesContext(connection) as asked:
        page("story", khans.amira.pk)
    written = [each["sql"] for each in asked if each["sql"].startswith('INSERT INTO "audit_entry"')]
    assert len(written) == 1
    acts = set(Entry.objects.filter(actor_id=khans.worker.pk).values_list("act", flat=True))
    assert {"record_opened", "name_shown"} <= acts


def test_a_line_opens_its_source_with_file_and_line(page, imported, khans):
    manager = khans.manager
    story = page("story", imported.pk, by=manager)
    line = Line.objects.get(person=imported, kind="placement_started")
    address = reverse("fact_source", args=[imported.pk, line.fact_table, line.fact_thread])
    assert address in story
    source = page("fact_source", imported.pk, line.fact_table, line.fact_thread, by=manager)
    assert "episodes.csv, line 2 (year ending March 2020)" in source
    assert "AB1 2BB" in source


def test_a_source_names_who_decided_and_their_team():
    told = Referral(decided_by=User(pk=36, name="Ann Lee"), deciding_team=Team(pk=3, name="Assessment east"))
    rows = dict(_said(told, {}))
    assert (rows["Decided by"], rows["Deciding team"]) == ("Ann Lee", "Assessment east")


def test_a_source_gives_codes_their_words_and_initials_their_meaning():
    said = dict(_said(Placement(urn="SC000001", change_reason="ALLEG"), {}))
    assert said["Ofsted’s number (URN)"] == "SC000001"
    assert said["Change reason"] == "Allegation (section 47) (ALLEG)"
    assert dict(_said(HealthYear(sdq_score=14), {}))["SDQ score"] == "14"
    assert dict(_said(MissingEpisode(kind="A"), {}))["Kind"].endswith("(A)")


def test_a_child_of_an_old_return_is_told_as_of_that_return(page, imported, khans):
    story = page("story", imported.pk, by=khans.manager)
    born = date(2003, 5, 4)
    age = TODAY.year - 2003 - ((TODAY.month, TODAY.day) < (born.month, born.day))
    assert (
        f"Child 7001, {age}, was looked after on Tue 31 Mar 2020, as far as the newest source tells "
        "(since Wed 5 Jun 2019)." in story
    )
    assert "Where they slept, when last told of" in story
    assert "is looked after" not in story
    assert "Such files hold no addresses" in story
    assert "Nobody is allocated yet" in story


def test_a_fact_written_here_ends_the_silence_of_an_old_return(page, imported, khans):
    care.hold_care_review(child=imported, on=TODAY, participation="PN1", by=khans.manager)
    assert "Child 7001, " in (story := page("story", imported.pk, by=khans.manager))
    assert "is looked after, since" in story


def test_a_source_that_is_not_there_or_not_theirs_is_not_found(page, khans):
    line = Line.objects.filter(person=khans.amira, kind="placement_started").first()
    page("fact_source", khans.zara.pk, line.fact_table, line.fact_thread, status=404)
    page("fact_source", khans.amira.pk, line.fact_table, 1, status=404)
    page("fact_source", khans.amira.pk, "auth.nothing", line.fact_thread, status=404)
    page("fact_source", khans.amira.pk, "people.user", khans.worker.pk, status=404)


def test_an_earlier_version_of_a_fact_can_still_be_read(page, khans):
    details = PersonDetails.current.get(person=khans.amira)
    people.correct_details(
        khans.amira, by=khans.worker, because="She told me herself", first_language="Punjabi"
    )
    source = page("fact_source", khans.amira.pk, "people.persondetails", details.thread)
    assert "Punjabi" in source
    assert "Recorded before" in source
    assert "She told me herself" in source


def test_struck_lines_show_only_when_asked_for(page, khans):
    line = Line.objects.filter(person=khans.amira, kind="missing_started").get()
    Line.objects.filter(pk=line.pk).update(struck_at=timezone.now())
    address = reverse("fact_source", args=[khans.amira.pk, line.fact_table, line.fact_thread])
    assert page("chronology", khans.amira.pk, kind="missing_started").count(address) == 0
    assert page("chronology", khans.amira.pk, kind="missing_started", struck="yes").count(address) == 1


def test_the_chronology_narrows_by_kind_and_by_words(page, khans):
    narrowed = page("chronology", khans.amira.pk, kind="placement_started")
    assert "NB4" in narrowed
    assert "Review" not in narrowed.partition("<ol")[2].partition("</ol>")[0]
    assert "NB4" not in page("chronology", khans.amira.pk, words="no such words %_'\"")
    assert "NB4" in page("chronology", khans.amira.pk, kind="nonsense", page="999")


def test_carers_who_stay_are_no_move(page, khans):
    care.place_child(
        child=khans.amira, on=khans.ago(30), placement_type="U1", provider="PR1", postcode="NB4 7DD",
        carer="foster-2", change_reason="PLACE", by=khans.manager,
    )  # fmt: skip
    kept = "Stayed with the same carers, now foster care with a relative or friend (long term): in NB4"
    story = page("story", khans.amira.pk)
    assert kept in story
    assert "Moved to foster care with a relative" not in story
    assert kept in page("chronology", khans.amira.pk, kind="placement_kept", words="SAME carers")
    assert kept not in page("chronology", khans.amira.pk, kind="placement_started")


def test_a_list_says_where_a_child_in_care_lives_and_which_home_is_the_familys(page, khans):
    lives = "looked after, in foster care (long term) in NB4; family home in NB1"
    assert lives in page("my_work")
    assert lives in page("children")
    people.live_at(
        khans.amira, by=khans.manager, lines="7 Secret Row", postcode="NB8 8XX", is_confidential=True
    )
    hidden = page("my_work")
    assert "looked after, in foster care (long term)" in hidden
    assert "NB4" not in hidden
    assert "NB8" not in hidden


def test_an_adopted_child_is_never_given_the_home_or_the_parents_of_birth_as_theirs(page, khans):
    care.end_care(child=khans.amira, on=khans.ago(20), reason="E11", by=khans.manager)
    access.allow(Restriction.objects.get(person=khans.amira), khans.worker, by=khans.custodian)
    story = page("story", khans.amira.pk)
    assert "With their adoptive family" in story
    assert "The adoptive parents, who are not named here." in story
    assert "4 Mill Lane" not in story
    assert "; has parental responsibility" not in story


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("C2", "This authority shares parental responsibility, under a full care order."),
        ("V2", "This authority has none: the child is looked after by agreement (section 20)."),
        ("C1", "This authority shares parental responsibility, under an interim care order."),
    ],
)
def test_who_may_consent_at_night_follows_from_the_legal_status(khans, status, words):
    if status != "V2":
        care.change_legal_status(child=khans.amira, on=khans.ago(50), legal_status=status, by=khans.manager)
    assert who_else_is_responsible([khans.amira.pk], TODAY) == words
    assert who_else_is_responsible([khans.zara.pk], TODAY) == ""


def test_a_child_whose_birth_is_overdue_is_not_said_to_be_unborn(page, khans):
    overdue = people.register_person(
        by=khans.manager, given_names="Baby", family_name="Begum", expected_date_of_birth=khans.ago(90)
    )
    staff.allocate(overdue, by=khans.manager, worker=khans.worker)
    story = page("story", overdue.pk)
    assert "and not on record as born" in story
    assert "no birth is on record" in story
    assert "ot yet born" not in story


def test_a_person_with_nothing_on_record_has_a_kind_page(page, khans):
    nobody = Person.objects.create()
    staff.allocate(nobody, by=khans.manager, worker=khans.worker)
    story = page("story", nobody.pk)
    assert "Name not known, whose age is not known, is known to the authority." in story
    assert "No events are on record yet" in story
    assert "Not on record." in story


def test_a_batch_alone_does_not_make_a_page_end(page, khans):
    """A line with a batch and no return behind it has no end to tell of."""
    Line.objects.filter(person=khans.zara).update(batch=Batch.objects.create(description="x"))
    assert "when last told of" not in page("story", khans.zara.pk)


@pytest.mark.parametrize(
    "days, words",
    [
        (0, "today"),
        (1, "1 day"),
        (13, "13 days"),
        (21, "3 weeks"),
        (100, "3 months"),
        (366, "1 year"),
        (800, "2 years"),
    ],
)
def test_how_long_a_worker_has_been_the_childs(days, words):
    assert how_long(date(2026, 11, 23) - timedelta(days=days), date(2026, 11, 23)) == words


def test_broken_glass_opens_the_story_and_giving_it_back_closes_it(page, khans, client):
    stranger = user("Far Away", Role.SOCIAL_WORKER)
    access.break_glass(khans.amira, by=stranger, reason="Police brought her to the station", hours=2)
    assert "opened with a reason" in page("story", khans.amira.pk, by=stranger)
    assert client.post(reverse("give_back", args=[khans.amira.pk])).status_code == 302
    page("story", khans.amira.pk, by=stranger, status=403)


def test_who_answers_calls_begins_by_finding_the_child_and_a_custodian_with_what_waits(page, khans):
    night = page("my_work", by=user("Nia Night", Role.OUT_OF_HOURS))
    assert "Somebody has rung about a child" in night
    assert "No children are allocated to you" not in night
    keeper = page("my_work", by=khans.custodian)
    assert "No search waits for your word." in keeper
    assert "No children are allocated to you" not in keeper
    assert "Somebody has rung about a child" not in page("my_work")


def test_a_manager_reads_what_falls_due_this_week_not_its_number_alone(page, khans):
    """Back today from being missing: the return interview is offered within 72 hours."""
    care.go_missing(child=khans.amira, on=khans.ago(1), kind="M", by=khans.worker)
    care.return_from_missing(child=khans.amira, on=TODAY, by=khans.worker)
    mine = page("my_work", by=khans.manager).partition("Due in my team in the next seven days")[2]
    assert "Amira Khan" in mine.partition("Open work that nobody has")[0]


def test_an_adult_who_left_care_has_no_one_responsible_and_not_the_address_from_before(page, khans):
    grown = people.register_person(
        by=khans.manager, given_names="Grown", family_name="Khan", date_of_birth=khans.ago(20 * 366)
    )
    people.live_at(
        grown,
        by=khans.manager,
        lines="4 Mill Lane",
        postcode="NB1 4AA",
        started_on=khans.ago(3000),
        is_confidential=False,
    )
    people.relate(grown, khans.mother, by=khans.manager, kind="mother", has_parental_responsibility=True)
    staff.allocate(grown, by=khans.manager, worker=khans.worker)
    PeriodOfCare.objects.create(
        person=grown, started_on=khans.ago(2000), ended_on=khans.ago(800), end_reason="E5", need="N1"
    )
    story = page("story", grown.pk)
    assert "parental responsibility" not in story
    assert "4 Mill Lane" not in story
    assert "Not on record." in story


@pytest.mark.parametrize("name", ["story", "write_visit", "add_note", "letters", "hand_over"])
def test_a_page_that_is_only_read_locks_no_child(page, khans, monkeypatch, name):
    def lock(_children):
        raise AssertionError("locked to be shown: PostgreSQL allows that in a transaction alone")

    monkeypatch.setattr(policies, "lives_of", lock)
    assert page(name, khans.amira.pk, by=khans.manager)
