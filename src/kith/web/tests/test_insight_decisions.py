"""What became of my decisions: one's own alone, a team's together, and never anybody else's."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.dataset.dataset import Dataset
from kith.dataset.schema import from_rows
from kith.record.audit.models import Entry
from kith.record.figures import services
from kith.record.importer.services import import_dataset
from kith.record.people.models import Allocation, Membership, PersonName, Role, Team, User, UserRole
from kith.record.people.queries import person_for_child_id
from kith.web.insight.decisions import _in_twenty

pytestmark = pytest.mark.django_db
LONG_AGO = date(2015, 1, 1)
PAGE = reverse("decisions")
CLOSED = timezone.localdate() - timedelta(days=500)
DECIDERS = {"SW1": 14, "SW2": 12, "SW3": 4}
BACK = 3  # of each decider's children, those referred again


@pytest.fixture
def taken(tmp_path, settings):
    """A record of thirty referrals that three workers of one team closed a year and more ago."""
    settings.HOME = tmp_path / "home"
    people, referrals = [], []
    for number in range(6):  # from so long ago that the record can be asked about the time since
        people.append({"pers_person_id": f"E{number}", "pers_legacy_id": f"E{number}", "pers_sex": "F"})
        referrals.append(_referral(f"E{number}", "a", CLOSED - timedelta(days=1500), "N", "SW9"))
    for worker, count in DECIDERS.items():
        for number in range(count):
            child = f"{worker}-{number}"
            people.append({"pers_person_id": child, "pers_legacy_id": child, "pers_sex": "F"})
            referrals.append(_referral(child, "a", CLOSED, "Y", worker))
            if number < BACK:
                referrals.append(_referral(child, "b", CLOSED + timedelta(days=90), "N", "SW9"))
    dataset = Dataset(
        {
            "ssd_person": from_rows("ssd_person", people),
            "ssd_cin_episodes": from_rows("ssd_cin_episodes", referrals),
        }
    )
    import_dataset(dataset, by=None, authority="999", description="An extract", year=2025)
    return services.take()


def _referral(child, which, day, no_further, worker):
    return {
        "cine_referral_id": f"{child}{which}",
        "cine_person_id": child,
        "cine_referral_date": day,
        "cine_referral_nfa": no_further,
        "cine_referral_worker_id": worker,
        "cine_referral_team": "North",
    }


@pytest.fixture
def as_worker(client):
    def sign_in(number, *roles):
        user = User.objects.create_user(f"{number}@example.test", None, name=f"Worker {number}")
        User.objects.filter(pk=user.pk).update(registration_number=number)
        for role in roles:
            UserRole.objects.create(user=user, role=role, started_on=LONG_AGO)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return user

    return sign_in


def page(client):
    answer = client.get(PAGE)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_decider_sees_what_became_of_their_own_beside_what_is_ordinary(client, taken, as_worker):
    as_worker("SW1", Role.SOCIAL_WORKER)
    words = page(client)
    assert "Of 14 that you decided, 3 did. Across the authority it is 6 in 20" in words
    assert "of 14 decisions anything from 1 to 8 is ordinary" in words
    assert "Of 12" not in words
    assert "SW2" not in words


def test_of_fewer_than_ten_nothing_is_said_but_to_read_the_stories(client, taken, as_worker):
    as_worker("SW3", Role.SOCIAL_WORKER)
    words = page(client)
    assert "Fewer than 10 decisions: read the children’s stories instead." in words
    assert "Of 4" not in words


def test_the_children_are_those_whose_record_is_open_each_written_down(client, taken, as_worker):
    worker = as_worker("SW1", Role.SOCIAL_WORKER)
    assert "The children" not in page(client)
    child = person_for_child_id("999", "SW1-0")
    PersonName.objects.create(person=child, given_names="Amira", family_name="Invented")
    Allocation.objects.create(person=child, worker=worker, started_on=LONG_AGO)
    assert "Amira Invented" in page(client)
    shown = Entry.objects.filter(act="name_shown", actor_id=worker.pk)
    assert {entry.person_id for entry in shown} == {child.pk}
    assert {entry.about["why"] for entry in shown} == {"decisions"}


def test_a_manager_sees_the_team_together_and_nobodys_name(client, taken, as_worker):
    manager = as_worker("TM1", Role.TEAM_MANAGER)
    team = Team.objects.get_or_create(name="North")[0]
    Membership.objects.create(user=manager, team=team, is_manager=True, started_on=LONG_AGO)
    words = page(client)
    assert "North, all together" in words
    assert "Of 30 that the team decided, 9 did." in words
    assert "SW1" not in words
    assert "Of 14" not in words


def test_a_team_of_two_deciders_is_not_told_of(client, taken, as_worker, monkeypatch):
    monkeypatch.setattr("kith.web.insight.decisions.FEWEST_DECIDERS", 4)
    manager = as_worker("TM1", Role.TEAM_MANAGER)
    team = Team.objects.get_or_create(name="North")[0]
    Membership.objects.create(user=manager, team=team, is_manager=True, started_on=LONG_AGO)
    words = page(client)
    assert "Of 30" not in words
    assert "too few people who made them" in words


def test_somebody_who_decided_nothing_is_told_how_it_comes(client, taken, as_worker):
    as_worker("SW8", Role.SOCIAL_WORKER)
    assert "None of your decisions are a year old yet." in page(client)


def test_a_record_that_names_no_decider_says_so(client, taken, as_worker, tmp_path):
    from kith.record.frontdoor.models import Referral

    Referral.objects.update(decided_by_reference="", deciding_team_reference="")
    services.take()
    as_worker("SW1", Role.SOCIAL_WORKER)
    assert "The record does not yet say who decided." in page(client)


def test_those_who_decide_nothing_have_no_such_page(client, taken, as_worker):
    as_worker("AN1", Role.ANALYST)
    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize(
    "share, words",
    [
        (0, "none"),
        (2, "fewer than 1 in 20"),
        (4.9, "fewer than 1 in 20"),
        (5, "1 in 20"),
        (21, "4 in 20"),
    ],
)
def test_a_share_is_told_so_that_it_can_be_pictured(share, words):
    assert _in_twenty(share) == words
