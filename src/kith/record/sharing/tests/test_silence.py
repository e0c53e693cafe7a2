"""A partner who stays silent is asked again; after the second time a manager has to get an answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kith.record.access import links
from kith.record.access.models import Message as Note
from kith.record.access.models import OneTimeLink
from kith.record.owed.queries import owed_by
from kith.record.people.local import set_locally
from kith.record.people.models import PersonDetails, Role
from kith.record.sharing import queries, services

pytestmark = pytest.mark.django_db


@pytest.fixture
def put(worker, amira):
    def make(**changes):
        given = {
            "about": PersonDetails.current.get(person=amira), "asked_of": "Elm Surgery", "kind": "gp",
            "why": "Somebody is worried.", "power": "Children Act 1989 s47(9)", "shown": [],
            "children": [amira], "by": worker, **changes,
        }  # fmt: skip
        return services.ask_partner(**given)

    return make


def owes(user):
    return [line.owed.what for line in owed_by(user, timezone.now())]


def test_after_the_second_time_the_manager_owes_an_answer_once(put, worker, manager):
    ask = put().ask
    ask = services.chase(ask=ask, how="by phone", by=worker).ask
    assert owes(manager) == []
    ask = services.chase(ask=ask, how="by email", by=worker).ask
    assert owes(manager) == ["partner_silent"] and ask.times_chased == 2
    assert Note.objects.get(to=manager).text == "Elm Surgery does not answer, and was asked again twice."
    services.chase(ask=ask, how="by email", by=worker)
    assert owes(manager) == ["partner_silent"]


def test_an_answer_settles_it_and_so_does_taking_the_question_back(put, worker, manager):
    for end in ("answer", "take back"):
        ask = put().ask
        for _ in range(2):
            asked = services.chase(ask=ask, how="by phone", by=worker)
            ask = asked.ask
        if end == "answer":
            link = links.read_link(services.PARTNER_ANSWER, asked.token)
            services.answer_ask(link=link, answered_by="Dr Bell", is_family_known=False)
        else:
            services.take_back(ask=ask, by=worker)
        assert owes(manager) == []


def test_where_the_team_has_no_other_manager_a_head_of_service_is_told(put, staff, team, amira):
    alone = staff(Role.TEAM_MANAGER, manages=team)
    assert queries.manager_to_tell(alone) is None
    ask = put(by=alone).ask
    for _ in range(2):
        ask = services.chase(
            ask=ask, how="by phone", by=alone
        ).ask  # nobody to tell: it is asked all the same
    head = staff(Role.SENIOR_MANAGER)
    assert queries.manager_to_tell(alone) == head


def test_how_long_a_link_opens_is_the_authoritys_own(put, staff):
    for name, value in (("partner_link_hours", "48"), ("partner_link_hours_urgent", "2")):
        set_locally(
            name=name, value=value, agreed_by="Partnership", started_on=timezone.localdate(),
            by=staff(Role.SENIOR_MANAGER),
        )  # fmt: skip
    for is_urgent, hours in ((False, 48), (True, 2)):
        ask = put(is_urgent=is_urgent).ask
        lasts = OneTimeLink.objects.get(about_thread=ask.thread).expires_at - timezone.now()
        assert timedelta(hours=hours - 1) < lasts <= timedelta(hours=hours)


def test_whoever_works_with_the_family_is_offered_first(worker, amira, twin):
    surgery = services.add_agency(name="Zed Surgery", kind="gp", email="zed@example.test", by=worker)
    services.add_agency(name="Ash School", kind="school", by=worker)
    doctor = services.add_professional(name="Dr Bell", agency=surgery, job="GP", by=worker)
    for child in (amira, twin):
        services.name_professional(person=child, professional=doctor, by=worker)
    first, *others = queries.partners_to_ask([amira.pk, twin.pk], timezone.localdate())
    assert (first.name, first.kind, first.email) == ("Dr Bell, GP (Zed Surgery)", "gp", "zed@example.test")
    assert set(first.knows) == {amira.pk, twin.pk}
    assert [one.name for one in others] == ["Ash School", "Zed Surgery"]
