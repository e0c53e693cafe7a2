"""A draft about several children is shown to nobody from whom one of them is kept, however they ask."""

import json
from copy import deepcopy

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.access import services as access
from kith.record.audit.models import Entry
from kith.record.drafts import queries, services
from kith.record.drafts.models import Draft
from kith.record.frontdoor import services as frontdoor
from kith.record.people.models import Role
from kith.record.refusals import NotAllowed
from kith.web import urls  # noqa: F401  # every form that keeps drafts is named with its page
from kith.web.drafts.forms import FORMS
from kith.web.drafts.owner import owner_mark
from kith.web.tests.families import the_khans, user

pytestmark = pytest.mark.django_db
OF_ZARA = "Zara hides in Leeds"


@pytest.fixture(scope="module")
def khans_once(module_db):
    return the_khans(timezone.localdate())


@pytest.fixture
def khans(khans_once, db):
    return deepcopy(khans_once)


def begun(by, form, about, fields):
    of = FORMS[form]
    return services.save_draft(
        by=by, form=form, about=str(about), fields=fields, revision=0, key=services.new_key(),
        children=list(of.children(str(about))),
    )  # fmt: skip


def hand_over_begun(khans):
    fields = {f"each-{khans.zara.pk}-what_matters": [OF_ZARA]}
    return begun(khans.worker, "hand_over", khans.amira.pk, fields)


def goes(worker):
    worker.is_active = False
    worker.save()


def keep_apart(khans, somebody):
    access.keep_apart(somebody, khans.zara, by=khans.custodian, because="Her own niece")


def signed_in(client, somebody):
    client.force_login(somebody, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_each_child_of_whom_a_question_is_asked_is_one_it_is_about(khans):
    assert hand_over_begun(khans).children == [khans.amira.pk, khans.zara.pk]
    ticked = begun(khans.worker, "enquire", khans.amira.pk, {"children": [str(khans.zara.pk)]})
    assert ticked.children == [khans.amira.pk, khans.zara.pk]


def test_a_manager_kept_from_a_sister_takes_over_nothing_about_her(client, khans):
    draft = hand_over_begun(khans)
    keep_apart(khans, khans.manager)
    goes(khans.worker)
    assert queries.left_unsent(khans.manager, timezone.localdate()) == []
    with pytest.raises(NotAllowed):
        services.take_over(draft=draft, by=khans.manager)
    Draft.objects.update(children=[khans.amira.pk])  # as drafts were kept before
    with pytest.raises(NotAllowed):
        services.take_over(draft=draft, by=khans.manager)


def test_what_was_taken_over_is_closed_once_a_sister_is_kept_away(client, khans):
    draft = hand_over_begun(khans)
    goes(khans.worker)
    signed_in(client, khans.manager)
    client.post(reverse("take_over_draft", args=[draft.pk]))
    looks = Entry.objects.filter(act="record_opened", actor_id=khans.manager.pk, person_id=khans.zara.pk)
    assert looks.exists()
    address = reverse("save_draft", args=["hand_over", khans.amira.pk])
    assert OF_ZARA in client.get(address).content.decode()
    keep_apart(khans, khans.manager)
    sent = {"fields": {}, "revision": 0, "key": "key-1", "tab": "", "owner": owner_mark(khans.manager)}
    for answer in (
        client.get(address),
        client.post(address, json.dumps(sent), content_type="application/json"),  # as if of another tab
        client.get(reverse("hand_over", args=[khans.amira.pk])),
        client.get(reverse("my_drafts")),
    ):
        assert "Leeds" not in answer.content.decode() and answer.status_code in (200, 403)


def test_what_another_tab_typed_of_a_sister_is_closed_with_it(khans):
    hand_over_begun(khans)
    begun_here = {"by": khans.worker, "form": "hand_over", "about": str(khans.amira.pk)}
    services.save_draft(
        **begun_here, fields={"words": ["x"]}, revision=1, key=services.new_key(), tab="b", saves_of_tab=1
    )
    draft = Draft.objects.get()
    draft.set_aside = [{"tab": "a", "saved_at": "", "fields": {f"each-{khans.zara.pk}-promised": [OF_ZARA]}}]
    draft.save()
    assert queries.restore(**begun_here) == draft
    keep_apart(khans, khans.worker)
    assert queries.restore(**begun_here) is None


def test_somebody_named_who_is_no_child_of_it_need_only_be_known(khans):
    begun_here = {"by": khans.worker, "form": "arrange-conference", "about": str(khans.amira.pk)}
    begun(khans.worker, "arrange-conference", khans.amira.pk, {"asked": [f"r{khans.grandfather.pk}"]})
    assert queries.restore(**begun_here) is not None
    access.place_restriction(
        khans.grandfather, by=khans.manager, kind="police", reason="Operation", custodian=khans.custodian
    )
    assert queries.restore(**begun_here) is None


@pytest.mark.parametrize("form", ["decision", "read-message", "ask"])
def test_a_draft_about_a_message_is_about_its_children(khans, form):
    duty = user("Dee Duty", Role.DUTY_WORKER, Role.TEAM_MANAGER)
    message = frontdoor.write_message(
        children=[frontdoor.Named(person=one, given_names="x") for one in (khans.amira, khans.zara)],
        what_was_said="x", way="phone", source="1B", by=duty,
    )  # fmt: skip
    draft = begun(duty, form, message.thread, {"reason": [OF_ZARA]})
    assert set(draft.children) == {khans.amira.pk, khans.zara.pk}
    asked = {"by": duty, "form": form, "about": str(message.thread), "power": FORMS[form].power}
    assert queries.restore(**asked) == draft
    assert queries.unfinished_of(duty, {form: FORMS[form].power}) == [draft]
    keep_apart(khans, duty)
    assert queries.restore(**asked) is None
    assert queries.unfinished_of(duty, {form: FORMS[form].power}) == []
