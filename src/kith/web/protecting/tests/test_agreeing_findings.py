"""What an enquiry found: a manager agrees it where it stands, or sends it back and it is written again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import Message
from kith.record.owed.queries import owed_by, owed_for
from kith.record.people.models import Role
from kith.record.protection.models import Conference, EnquiryFinding, Section47Enquiry
from kith.record.visits.services import Saw, write_visit
from kith.web.protecting.tests.steps import BACKEND, arranged, discuss, go, start
from kith.web.tests.families import HOSTILE, user

pytestmark = pytest.mark.django_db
AGREE, READ = "Agree what was found", "Read and agree what was found"


def found(client, family, what="not_borne_out"):
    """The worker writes what the enquiry found about all three; the enquiry about Ada."""
    start(client, family)
    discuss(client, family)
    each = {}
    for child in (family.ada, family.ben, family.chi):
        each |= {f"each-{child.pk}-finding": what, f"each-{child.pk}-because": f"A fall of {child.pk}",
                 f"each-{child.pk}-seen_on": f"{timezone.localdate():%d/%m/%Y}"}  # fmt: skip
    go(client, "enquiry_found", family.ada.pk, **each)
    return Section47Enquiry.current.get(person=family.ada)


def of_ada(family):
    return EnquiryFinding.current.get(person=family.ada)


def text_of(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def as_manager(client, family):
    client.force_login(family.manager, backend=BACKEND)
    return client


def test_my_work_leads_to_the_page_where_it_is_read_and_agreed(as_worker, family):
    enquiry = found(as_worker, family)
    assert READ not in text_of(as_worker, "my_work")
    client = as_manager(as_worker, family)
    text = text_of(client, "my_work")
    assert f"A fall of {family.ada.pk}" in text and text.count(READ) == 1 and AGREE not in text
    address = f"{reverse('agree_finding', args=[family.ada.pk, enquiry.thread])}?came_from=my_work"
    assert address in text
    page = client.get(address).content.decode()
    assert "Bruises on all three" in page and "All seen today" in page  # what it rests on
    assert f"A fall of {family.ada.pk}" in page and "whether alone is not written down" in page
    assert AGREE in page and 'name="came_from" value="my_work"' in page
    assert reverse("send_finding_back", args=[family.ada.pk, enquiry.thread]) in page
    page = go(
        client, "agree_finding", family.ada.pk, enquiry.thread, seen=str(of_ada(family).pk),
        came_from="my_work",
    )  # fmt: skip
    assert of_ada(family).agreed_by == family.manager
    of_ben = Section47Enquiry.current.get(person=family.ben)
    following = f"{reverse('agree_finding', args=[family.ben.pk, of_ben.thread])}?came_from=my_work"
    assert page.redirect_chain[-1][0] == following  # one press leads to the next child of the family
    text = text_of(client, "my_work")
    assert text.count(READ) == 1 and following in text and f"A fall of {family.ada.pk}" not in text


def test_what_was_found_about_a_family_stands_once_on_my_work_and_names_the_children(as_worker, family):
    found(as_worker, family)
    EnquiryFinding.current.update(why="A fall at school")
    text = text_of(as_manager(as_worker, family), "my_work")
    assert "Ada Okoro, Ben Okoro, Chi Okoro" in text and text.count("A fall at school") == 1


def test_it_stands_on_the_childs_page_with_the_way_to_it(as_worker, family):
    enquiry = found(as_worker, family)
    text = text_of(as_worker, "story", family.ada.pk)
    assert "Not agreed yet" in text and READ not in text
    client = as_manager(as_worker, family)
    text = text_of(client, "story", family.ada.pk)
    assert READ in text and AGREE not in text and f"A fall of {family.ben.pk}" not in text
    go(client, "agree_finding", family.ada.pk, enquiry.thread)
    assert READ not in text_of(client, "story", family.ada.pk)


def test_what_is_owed_leads_to_the_page_that_agrees_it(as_worker, family):
    enquiry = found(as_worker, family)
    client = as_manager(as_worker, family)
    text = text_of(client, "agree_finding", family.ada.pk, enquiry.thread)
    assert AGREE in text and "Not borne out" in text
    go(client, "agree_finding", family.ada.pk, enquiry.thread)
    assert AGREE not in text_of(client, "agree_finding", family.ada.pk, enquiry.thread)
    page = go(client, "agree_finding", family.ada.pk, enquiry.thread)
    assert "agreed this on" in page.content.decode()  # sent twice, it is agreed once
    assert EnquiryFinding.objects.filter(person=family.ada).exclude(agreed_at=None).count() == 1


def test_nobody_agrees_what_was_written_again_meanwhile(as_worker, family):
    enquiry = found(as_worker, family)
    client, seen = as_manager(as_worker, family), of_ada(family).pk
    go(client, "send_finding_back", family.ada.pk, enquiry.thread, because="Ask dad")
    page = go(client, "agree_finding", family.ada.pk, enquiry.thread, seen=str(seen))
    assert "written again meanwhile" in page.content.decode() and of_ada(family).agreed_by is None


def sent_back(client, family, what="not_borne_out"):
    enquiry = found(client, family, what)
    as_manager(client, family)
    go(client, "send_finding_back", family.ada.pk, enquiry.thread, because=f"Ask dad {HOSTILE}")
    client.force_login(family.worker, backend=BACKEND)
    return enquiry


def test_what_is_sent_back_is_owed_by_who_wrote_it_and_they_are_told(as_worker, family):
    enquiry = sent_back(as_worker, family)
    now = timezone.now()
    assert "finding_again" in {line.owed.what for line in owed_by(family.worker, now)}
    assert Message.objects.filter(to=family.worker, text__startswith="A manager sent back").count() == 1
    text = text_of(as_worker, "story", family.ada.pk)
    assert "Sent back" in text and HOSTILE not in text
    assert reverse("finding_again", args=[family.ada.pk, enquiry.thread]) in text
    as_manager(as_worker, family)
    text = text_of(as_worker, "my_work")
    assert text.count(READ) == 1 and f"A fall of {family.ada.pk}" not in text  # it is not the manager's turn


def again(client, family, enquiry, **more):
    given = {"finding": "not_continuing", "because": "Dad was asked", "not_seen_because": "With her dad"}
    return go(client, "finding_again", family.ada.pk, enquiry.thread, **{**given, **more})


def test_it_is_written_again_and_how_the_enquiry_ended_is_corrected(as_worker, family):
    enquiry = sent_back(as_worker, family)
    form = as_worker.get(reverse("finding_again", args=[family.ada.pk, enquiry.thread])).context["form"]
    assert form["because"].value() == f"A fall of {family.ada.pk}" and not form["finding"].value()
    again(as_worker, family, enquiry)
    one = of_ada(family)
    assert (one.finding, one.why, one.sent_back_because) == ("not_continuing", "Dad was asked", "")
    assert "finding_again" not in {line.owed.what for line in owed_for([family.ada.pk], timezone.now())}
    ended = Section47Enquiry.current.get(thread=enquiry.thread)
    assert (ended.outcome, ended.is_conference_not_required) == ("NFA_CONTINUE_SINGLE_FLAG", True)
    assert ended.ended_on == enquiry.ended_on
    assert Section47Enquiry.current.get(person=family.ben).outcome == "NFA_FLAG"  # his own stays
    as_manager(as_worker, family)
    assert "Dad was asked" in text_of(as_worker, "my_work")


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"finding": ""}, "Choose what was found"),
        ({"because": " "}, "Say why"),
        ({"not_seen_because": ""}, "Nobody wrote when the child was seen, or why not"),
        ({"seen_on": "1/1/1900"}, "1900"),
    ],
)
def test_what_is_written_again_is_whole(as_worker, family, given, word):
    enquiry = sent_back(as_worker, family)
    page = again(as_worker, family, enquiry, **given)
    assert page.status_code == 422 and word in page.content.decode()
    assert of_ada(family).sent_back_because


def test_what_nobody_sent_back_is_not_written_again(as_worker, family):
    enquiry = found(as_worker, family)
    page = again(as_worker, family, enquiry)
    assert page.status_code == 422 and "Nobody sent this back" in page.content.decode()


def test_two_who_write_it_again_at_once_lose_nothing(as_worker, family):
    enquiry = sent_back(as_worker, family)
    seen = as_worker.get(reverse("finding_again", args=[family.ada.pk, enquiry.thread])).context["form"]
    again(as_worker, family, enquiry, seen=seen["seen"].value())
    page = again(as_worker, family, enquiry, seen=seen["seen"].value(), because="Mine")
    assert page.status_code in {409, 422} and of_ada(family).why == "Dad was asked"


def test_a_planned_conference_is_called_off_before_another_finding(as_worker, family, chair):
    conference = arranged(as_worker, family)
    enquiry = Section47Enquiry.current.get(person=family.ada)
    as_manager(as_worker, family)
    go(as_worker, "send_finding_back", family.ada.pk, enquiry.thread, because="Why?")
    as_worker.force_login(family.worker, backend=BACKEND)
    page = again(as_worker, family, enquiry, finding="not_borne_out")
    assert page.status_code == 422
    assert "A conference that this enquiry led to is planned" in page.content.decode()
    assert Conference.current.get(thread=conference.thread).state == "planned"


@pytest.mark.parametrize("name", ["agree_finding", "send_finding_back", "finding_again"])
def test_a_stranger_does_none_of_it(client, as_worker, family, name):
    enquiry = found(as_worker, family)
    client.force_login(user("Sam Stranger", Role.SOCIAL_WORKER, Role.TEAM_MANAGER), backend=BACKEND)
    for answer in (
        client.get(reverse(name, args=[family.ada.pk, enquiry.thread])),
        client.post(reverse(name, args=[family.ada.pk, enquiry.thread]), {"because": "x"}),
    ):
        assert answer.status_code == 403
    assert of_ada(family).agreed_by is None


def test_when_a_child_was_seen_is_said_on_a_page_that_ends_the_enquiry(as_worker, family, client):
    start(as_worker, family)
    discuss(as_worker, family)
    go(as_worker, "enquiry_found", family.ada.pk, **{
        f"each-{child.pk}-{name}": value
        for child in (family.ada, family.ben, family.chi)
        for name, value in (("finding", "to_court"), ("because", "A fall"))
    })  # fmt: skip
    enquiry = Section47Enquiry.current.get(person=family.ada)
    address = reverse("child_seen", args=[family.ada.pk, enquiry.thread])
    assert address in text_of(as_worker, "my_work")
    gaps = (family.ada.pk, enquiry.thread)
    for said in ({}, {"seen_on": "1/1/2099"}, {"seen_on": "1/1/1900"}):
        assert go(as_worker, "child_seen", *gaps, **said).status_code == 422
    assert go(as_worker, "child_seen", *gaps, not_seen_because=HOSTILE).status_code == 200
    assert Section47Enquiry.current.get(thread=enquiry.thread).ended_on is not None
    assert address not in text_of(as_worker, "my_work")
    assert HOSTILE not in text_of(as_worker, "enquiry", family.ada.pk)
    client.force_login(family.manager, backend=BACKEND)
    assert go(client, "child_seen", family.ada.pk, 1).status_code == 404


def test_a_worry_is_not_put_down_on_the_page_while_nobody_says_whether_a_child_was_seen(as_worker, family):
    start(as_worker, family)
    discuss(as_worker, family)
    address = reverse("enquiry_found", args=[family.ada.pk])
    each = {}
    for child in (family.ada, family.ben, family.chi):
        each |= {f"each-{child.pk}-finding": "not_borne_out", f"each-{child.pk}-because": "A fall"}
    page = as_worker.post(address, each)
    assert page.status_code == 422 and not EnquiryFinding.current.exists()
    assert "Nobody wrote when Ada was seen, or why not" in page.content.decode()
    page = go(as_worker, "arrange_conference", family.ada.pk, finding="not_borne_out", because="A fall",
              slot="none", family_told_by="not_yet")  # fmt: skip
    assert page.status_code == 422 and "was seen, or why not" in page.content.decode()


def test_a_visit_of_the_day_before_the_call_fills_in_nothing(as_worker, family):
    write_visit(
        at=timezone.now() - timedelta(minutes=5), how="in_person", what_happened="At home", by=family.worker,
        saw=[Saw(family.ada, seen="alone")],
    )  # fmt: skip
    start(as_worker, family)
    discuss(as_worker, family)
    form = as_worker.get(reverse("enquiry_found", args=[family.ada.pk])).context["form"]
    assert not form[f"each-{family.ada.pk}-seen_on"].value()


def test_a_visit_of_the_enquiry_fills_in_the_day_and_tells_whether_alone(as_worker, family):
    start(as_worker, family)
    discuss(as_worker, family)
    write_visit(
        at=timezone.now(), how="in_person", what_happened="At school", by=family.worker,
        saw=[Saw(family.ada, seen="alone")],
    )  # fmt: skip
    form = as_worker.get(reverse("arrange_conference", args=[family.ada.pk])).context["form"]
    own = f"when_seen-{family.ada.pk}"
    assert form[f"{own}-seen_on"].value() == timezone.localdate()
    assert form[f"{own}-is_seen_alone"].value() is None  # never chosen beforehand
    go(as_worker, "arrange_conference", family.ada.pk, finding="not_borne_out", because="A fall", slot="none",
       family_told_by="not_yet", **{f"when_seen-{one.pk}-seen_on": f"{timezone.localdate():%d/%m/%Y}"
                                    for one in (family.ada, family.ben, family.chi)})  # fmt: skip
    assert of_ada(family).is_seen_alone is True
    assert EnquiryFinding.current.get(person=family.ben).is_seen_alone is None
    assert ", alone." in text_of(as_worker, "enquiry", family.ada.pk)
