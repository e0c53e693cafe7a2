"""How it felt: two taps by a link, the first kept by itself, and nothing told to anybody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.record.access.links import LinkEnded, LinkUnknown, read_link
from kith.record.access.models import OneTimeLink
from kith.record.access.services import place_restriction
from kith.record.audit.models import Entry
from kith.record.frontdoor.services import receive_referral
from kith.record.pathway.services import start_assessment
from kith.record.people.models import Role
from kith.record.refusals import NotAllowed
from kith.record.tests.practice import MONDAY, acts_about, refused, told_of
from kith.record.voice import policies, queries, services
from kith.record.voice.models import AskedAbout, Feeling, HowItFelt, Listened
from kith.record.voice.policies import NotAnAnswer, NotAsked


@pytest.fixture
def assessments(amira, twin, worker):
    receive_referral(
        children=[amira, twin],
        on=MONDAY,
        source="2A",
        primary_need="N1",
        is_no_further_action=False,
        by=worker,
    )
    return start_assessment(children=[amira, twin], on=MONDAY, by=worker)


@pytest.fixture
def asked(assessments, amira, twin, worker):
    return services.ask_how_it_felt(
        about=assessments[0],
        asked_about=AskedAbout.ASSESSMENT,
        children=[amira, twin],
        asked_of=" Mum, Nadia ",
        by=worker,
    )


def link_of(asked) -> OneTimeLink:
    return read_link(services.LINK, asked.token)


def test_the_first_tap_is_kept_by_itself_and_the_second_may_follow(asked, amira):
    services.answer_how_it_felt(link=link_of(asked), feeling=Feeling.HARDER)
    [first] = queries.felt_of([amira.pk])
    assert (first.feeling, first.listened, first.asked_of) == (Feeling.HARDER, "", "Mum, Nadia")
    services.answer_how_it_felt(
        link=link_of(asked), feeling=Feeling.HARDER, listened=Listened.PARTLY, words="Ask before you come."
    )
    [second] = queries.felt_of([amira.pk])
    assert (second.listened, second.words) == (Listened.PARTLY, "Ask before you come.")
    assert HowItFelt.objects.count() == 3  # asked, tapped, told: each is still there to read


def test_an_answer_that_is_finished_stays_as_it_is(asked):
    link = link_of(asked)
    services.answer_how_it_felt(link=link, feeling=Feeling.HELPED, listened=Listened.YES)
    with pytest.raises(LinkEnded):
        link_of(asked)
    with refused(NotAnAnswer, "reached us already"):
        services.answer_how_it_felt(link=link, feeling=Feeling.NEITHER, listened=Listened.NO)
    assert HowItFelt.current.get().feeling == Feeling.HELPED


@pytest.mark.parametrize(
    ("feeling", "listened", "words"),
    [("", "", ""), ("wonderful", "", ""), (Feeling.HELPED, "maybe", ""), (Feeling.HELPED, "", "x" * 5_001)],
)
def test_only_what_was_offered_is_taken(asked, feeling, listened, words):
    with pytest.raises(NotAnAnswer):
        services.answer_how_it_felt(link=link_of(asked), feeling=feeling, listened=listened, words=words)
    assert HowItFelt.current.get().answered_at is None


def test_hostile_text_is_kept_as_it_was_typed(asked):
    said = "<script>alert(1)</script>\u202e ' -- 🙂"
    services.answer_how_it_felt(link=link_of(asked), feeling=Feeling.NEITHER, words=said)
    assert HowItFelt.current.get().words == said


def test_a_link_ends_and_a_wrong_one_tells_nothing(asked):
    then = timezone.now() - timedelta(days=61)
    OneTimeLink.objects.update(made_at=then, expires_at=then + services.STAYS_OPEN)
    with pytest.raises(LinkEnded):
        link_of(asked)
    with pytest.raises(LinkUnknown):
        read_link(services.LINK, "word")


def test_the_same_first_tap_again_writes_nothing_and_it_is_changed_a_few_times_alone(asked):
    for _ in range(9):
        services.answer_how_it_felt(link=link_of(asked), feeling=Feeling.HELPED)
    assert HowItFelt.objects.count() == 2  # asked, and tapped
    for number in range(policies.MOST_TAPS - 1):
        feeling = Feeling.NEITHER if number % 2 else Feeling.HARDER
        services.answer_how_it_felt(link=link_of(asked), feeling=feeling)
    with refused(NotAnAnswer, "changed this answer several times"):
        services.answer_how_it_felt(link=link_of(asked), feeling=Feeling.MUCH_HARDER)
    assert HowItFelt.objects.count() == 1 + policies.MOST_TAPS
    services.answer_how_it_felt(link=link_of(asked), feeling=Feeling.HARDER, listened=Listened.NO)
    assert HowItFelt.current.get().listened == Listened.NO


def test_a_question_is_taken_back_and_what_was_answered_stays(asked, amira, worker):
    services.answer_how_it_felt(link=link_of(asked), feeling=Feeling.HARDER)
    assert len(queries.open_links([asked.felt])) == 1
    services.stop_asking(felt=HowItFelt.current.get(), by=worker)
    with refused(LinkEnded, "taken back"):
        link_of(asked)
    assert queries.open_links([asked.felt]) == []
    assert HowItFelt.current.get().feeling == Feeling.HARDER
    assert Entry.objects.get(act="link_withdrawn").actor_id == worker.pk


def test_who_works_with_none_of_them_or_is_kept_from_one_takes_nothing_back(
    asked, amira, stranger, worker, staff
):
    with refused(NotAllowed, "not working with"):
        services.stop_asking(felt=asked.felt, by=stranger)
    custodian = staff(Role.CUSTODIAN)
    place_restriction(amira, by=custodian, kind="police", reason="Operation", custodian=custodian)
    with refused(NotAllowed, "cannot show you anything"):
        services.stop_asking(felt=asked.felt, by=worker)
    assert link_of(asked)


def test_both_acts_are_written_down_and_tell_no_line_in_the_story(asked, twin):
    services.answer_how_it_felt(link=link_of(asked), feeling=Feeling.HELPED)
    assert acts_about(twin)[-2:] == ["ask_how_it_felt", "answer_how_it_felt"]
    assert all("felt" not in kind for _, kind, _ in told_of(twin))


def test_each_is_asked_apart_and_found_by_what_ended(assessments, asked, amira, worker):
    services.ask_how_it_felt(
        about=assessments[0], asked_about="assessment", children=[amira], asked_of="Amira", by=worker
    )
    found = queries.asked_of_those([one.thread for one in assessments])
    assert [felt.asked_of for felt in found[assessments[0].thread]] == ["Mum, Nadia", "Amira"]
    assert found[assessments[1].thread] == []


def test_who_may_not_ask_and_what_cannot_be_asked(assessments, amira, stranger, analyst, worker):
    for by in (stranger, analyst):
        with pytest.raises(NotAllowed):
            services.ask_how_it_felt(
                about=assessments[0], asked_about="assessment", children=[amira], asked_of="Mum", by=by
            )
    for asked_about, asked_of in (("weather", "Mum"), ("assessment", " ")):
        with pytest.raises(NotAsked):
            services.ask_how_it_felt(
                about=assessments[0], asked_about=asked_about, children=[amira], asked_of=asked_of, by=worker
            )
