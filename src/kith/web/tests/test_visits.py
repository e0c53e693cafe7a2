"""Pages of visits and notes: one screen to write, each child's own file to read, corrections in sight."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.audit.models import Entry
from kith.record.people import services as people
from kith.record.people.models import Allocation, Role
from kith.record.people.queries import shown as people_shown
from kith.record.planning import services as planning
from kith.record.visits import queries, services
from kith.record.visits.models import HowSeen, Note, Seen, Visit
from kith.record.visits.services import Saw
from kith.web.protecting.forms.enquiring import strategy_form
from kith.web.protecting.forms.findings import FoundForm
from kith.web.tests.families import the_okoros, user
from kith.web.visits.forms import VisitForm

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(scope="module")
def okoros_once(module_db):
    return the_okoros(TODAY)


@pytest.fixture
def okoros(okoros_once, db):
    return deepcopy(okoros_once)


@pytest.fixture
def signed_in(client):
    def sign_in(who):
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def page(okoros, signed_in):
    """Asks for a page as the family's worker."""
    client = signed_in(okoros.worker)

    def ask(name, *args, status=200):
        answer = client.get(reverse(name, args=args))
        assert answer.status_code == status
        return answer

    return ask


def said(okoros, **changes):
    """What the form sends of a visit to Ada, Ben and Chi."""
    sent = {
        "children": [okoros.ada.pk, okoros.ben.pk, okoros.chi.pk],
        "how": "in_person",
        "people_there": [okoros.mother.pk],
        f"each-{okoros.ada.pk}-seen": "alone",
        f"each-{okoros.ben.pk}-seen": "not_alone",
        f"each-{okoros.chi.pk}-seen": "not_seen",
        "what_happened": "We played in the kitchen.",
    }
    return {name: value for name, value in (sent | changes).items() if value is not None}


def sent(okoros, client, **changes):
    return client.post(reverse("write_visit", args=[okoros.ada.pk]), said(okoros, **changes))


def visit_of_all(okoros, **more):
    return services.write_visit(
        saw=[Saw(okoros.ada, "alone", own_words="I like the new bed."), Saw(okoros.ben, "alone")],
        at=timezone.now() - timedelta(days=3, hours=1),
        how="in_person",
        what_happened="Ben and Ada were drawing.",
        by=okoros.worker,
        **more,
    )


def test_one_press_saves_the_visit_for_all_its_children(okoros, signed_in):
    answer = sent(okoros, signed_in(okoros.worker))
    made = Visit.current.get()
    assert answer["Location"] == reverse("visit", args=[okoros.ada.pk, made.thread])
    how = {part.person: part.how_seen for part in queries.children_of(made)}
    assert how == {
        okoros.ada: HowSeen.ALONE,
        okoros.ben: HowSeen.NOT_ALONE,
        okoros.chi: HowSeen.NOT_SEEN,
    }
    assert (made.people_there, made.visitor) == ([okoros.mother.pk], okoros.worker)


def test_the_page_ticks_the_family_and_no_judgement(okoros, page):
    form = page("write_visit", okoros.ada.pk).context["form"]
    assert form["children"].value() == [okoros.ada.pk, okoros.ben.pk, okoros.chi.pk, okoros.unborn.pk]
    text = page("write_visit", okoros.ada.pk).content.decode()
    assert text.count(" checked") == 4  # the four children, who are a fact
    assert "counts as a visit without a plan for Ada, Ben, Chi and Baby" in text


def test_children_who_live_apart_are_offered_and_not_ticked(okoros, page):
    for child, lines in ((okoros.ada, "1 Elm Road"), (okoros.ben, "1 Elm Road"), (okoros.chi, "9 Oak Way")):
        people.live_at(
            child,
            by=okoros.manager,
            lines=lines,
            postcode="NB1 1AA",
            is_confidential=False,
            started_on=okoros.ago(9),
        )
    form = page("write_visit", okoros.ada.pk).context["form"]
    assert okoros.chi.pk not in form["children"].value()
    assert str(okoros.chi.pk) in [str(value) for value, _ in form.fields["children"].choices]


def test_a_hidden_cousin_is_neither_offered_nor_named(okoros, page):
    assert "Dele" not in page("write_visit", okoros.ada.pk).content.decode()


def test_when_nobody_was_in_how_and_whom_are_enough(okoros, signed_in):
    answer = signed_in(okoros.worker).post(
        reverse("write_visit", args=[okoros.ada.pk]), {"children": [okoros.ada.pk], "how": "nobody_in"}
    )
    assert answer.status_code == 302
    assert Visit.current.get().how == "nobody_in"


def test_a_name_typed_is_somebody_there(okoros, signed_in):
    sent(okoros, signed_in(okoros.worker), people_there=None, others_there="Uncle Sam, visiting")
    assert Visit.current.get().others_there == "Uncle Sam, visiting"


@pytest.mark.parametrize(
    ("left_out", "asks"),
    [
        ("how", "Choose how the visit was made"),
        ("people_there", "Say who else was there"),
        ("what_happened", "Write a line on what happened"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(okoros, signed_in, left_out, asks):
    changes = {"what_next": "Ring the school"} | {left_out: None}
    answer = sent(okoros, signed_in(okoros.worker), **changes)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert asks in text
    assert "Ring the school" in text
    assert Visit.objects.count() == 0


def test_each_child_is_asked_of_by_name(okoros, signed_in):
    answer = sent(okoros, signed_in(okoros.worker), **{f"each-{okoros.ben.pk}-seen": None})
    assert "Choose whether Ben was seen" in answer.content.decode()


def test_nobody_else_and_somebody_is_refused(okoros, signed_in):
    answer = sent(okoros, signed_in(okoros.worker), people_there=[okoros.mother.pk, "nobody"])
    assert "not both" in answer.content.decode()


def test_a_child_who_is_not_hers_cannot_be_slipped_in(okoros, signed_in):
    answer = sent(okoros, signed_in(okoros.worker), children=[okoros.cousin.pk])
    assert answer.status_code == 422
    assert Visit.objects.count() == 0


def test_a_stranger_gets_neither_the_form_nor_the_file(okoros, signed_in):
    made = visit_of_all(okoros)
    client = signed_in(user("Sam Stranger", Role.SOCIAL_WORKER))
    for name, args in (
        ("write_visit", []),
        ("add_note", []),
        ("visits", []),
        ("visit", [made.thread]),
        ("correct_visit", [made.thread]),
        ("move_visit", [made.thread]),
    ):
        assert client.get(reverse(name, args=[okoros.ada.pk, *args])).status_code == 403


def test_a_file_shows_its_own_child_and_the_shared_words(okoros, page):
    made = visit_of_all(okoros)
    hers = page("visit", okoros.ada.pk, made.thread).content.decode()
    assert "I like the new bed." in hers
    assert "Ben and Ada were drawing." in hers  # both are this worker's
    assert "Written 3 days after." in hers
    his = page("visit", okoros.ben.pk, made.thread).content.decode()
    assert "I like the new bed." not in his


def test_a_visit_is_not_on_the_file_of_a_child_it_was_not_to(okoros, page):
    made = visit_of_all(okoros)
    page("visit", okoros.chi.pk, made.thread, status=404)
    assert "drawing" not in page("visits", okoros.chi.pk).content.decode()


def test_who_works_with_one_child_reads_no_name_of_the_other(okoros, signed_in):
    made = visit_of_all(okoros)
    helper = user("Hana Helper", Role.FAMILY_HELP_LEAD)
    Allocation.objects.create(person=okoros.ada, worker=helper, started_on=okoros.ago(1))
    client = signed_in(helper)
    text = client.get(reverse("visit", args=[okoros.ada.pk, made.thread])).content.decode()
    assert "(name held back) and Ada were drawing." in text
    assert "Ben" not in text


def test_the_list_says_when_the_child_was_last_seen_alone(okoros, page):
    visit_of_all(okoros)
    text = page("visits", okoros.ada.pk).content.decode()
    assert "Last seen alone" in text and "3 days ago" in text
    assert "Visited: seen alone" in text
    assert "Last seen alone" in page("story", okoros.ada.pk).content.decode()


def test_a_file_is_opened_in_sight_of_the_audit(okoros, page):
    made = visit_of_all(okoros)
    page("visit", okoros.ada.pk, made.thread)
    look = Entry.objects.filter(person_id=okoros.ada.pk, act="record_opened").latest("pk")
    assert (look.actor_id, look.about["why"]) == (okoros.worker.pk, "visit")


def corrected(okoros, client, made, person, **changes):
    """Send the page that puts a visit right as it came, but for some changes."""
    address = reverse("correct_visit", args=[person.pk, made.thread])
    form = client.get(address).context["form"]
    sent = {"seen": form["seen"].value(), "because": "A slip"}
    for name in form.fields:
        value = form[name].value()
        if name == "at":
            sent |= {"at_day": f"{value:%d/%m/%Y}", "at_time": f"{value:%H:%M}"}
        elif value not in (None, "", False):
            sent.setdefault(name, value)
    return lambda **more: client.post(address, sent | changes | more)


def test_a_visit_is_put_right_and_the_old_words_stay(okoros, signed_in, page):
    made = visit_of_all(okoros)
    send = corrected(okoros, signed_in(okoros.worker), made, okoros.ada)
    assert send(what_happened="They were painting.").status_code == 302
    text = page("visit", okoros.ada.pk, made.thread).content.decode()
    assert "They were painting." in text and "Ben and Ada were drawing." in text and "A slip" in text
    assert Seen.objects.filter(person=okoros.ben).count() == 1  # nothing of his changed


def test_one_childs_part_is_put_right_alone(okoros, signed_in):
    made = visit_of_all(okoros)
    send = corrected(okoros, signed_in(okoros.worker), made, okoros.ada)
    assert send(**{f"each-{okoros.ada.pk}-seen": "not_alone"}).status_code == 302
    assert Seen.current.get(person=okoros.ada).how_seen == HowSeen.NOT_ALONE
    assert Visit.objects.count() == 1


def test_who_saved_second_sees_both_and_nothing_is_overwritten(okoros, signed_in):
    made = visit_of_all(okoros)
    send = corrected(okoros, signed_in(okoros.worker), made, okoros.ada)
    services.correct_visit(visit=made, what_happened="Theirs", because="A slip", by=okoros.manager)
    answer = send(what_happened="Mine")
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Theirs" in text and "Mine" in text
    assert Visit.current.get().what_happened == "Theirs"


def test_two_who_saw_a_child_differently_clash(okoros, signed_in):
    made = visit_of_all(okoros)
    send = corrected(okoros, signed_in(okoros.worker), made, okoros.ada)
    hers, _ = queries.children_of(made)
    services.correct_seen(
        seen=hers, said=Saw(okoros.ada, "not_seen"), because="She was out", by=okoros.manager
    )
    answer = send(**{f"each-{okoros.ada.pk}-seen": "not_alone"})
    assert answer.status_code == 409
    assert Seen.current.get(person=okoros.ada).how_seen == HowSeen.NOT_SEEN


def test_who_may_open_one_child_puts_right_that_child_alone(okoros, signed_in):
    made = visit_of_all(okoros)
    helper = user("Hana Helper", Role.TEAM_MANAGER)
    Allocation.objects.create(person=okoros.ada, worker=helper, started_on=okoros.ago(1))
    form = signed_in(helper).get(reverse("correct_visit", args=[okoros.ada.pk, made.thread])).context["form"]
    assert "what_happened" not in form.fields


def test_it_moves_to_the_right_child_and_leaves_no_content(okoros, signed_in, page):
    made = services.write_visit(
        saw=[Saw(okoros.ada, "alone", own_words="Secretword")],
        at=timezone.now(),
        how="in_person",
        what_happened="Met.",
        by=okoros.worker,
    )
    part = queries.children_of(made)[0]
    client = signed_in(okoros.worker)
    address = reverse("move_visit", args=[okoros.ada.pk, made.thread])
    assert "Ruth Adeyemi" in client.get(address).content.decode()  # who has opened it meanwhile
    client.post(address, {"to": okoros.ben.pk, "because": "It was Ben"})
    page("visit", okoros.ada.pk, made.thread, status=404)
    assert "Secretword" in page("visit", okoros.ben.pk, made.thread).content.decode()
    source = page("fact_source", okoros.ada.pk, "visits.seen", part.thread).content.decode()
    assert "Secretword" not in source
    assert "It was Ben" in source


def test_a_line_of_the_story_leads_to_the_whole_visit(okoros, page, client):
    made = visit_of_all(okoros)
    line = reverse("visit_of_line", args=[okoros.ada.pk, queries.children_of(made)[0].thread])
    assert line in page("chronology", okoros.ada.pk).content.decode()
    assert client.get(line)["Location"] == reverse("visit", args=[okoros.ada.pk, made.thread])
    of_other = queries.children_of(made)[1].thread
    answer = client.get(reverse("visit_of_line", args=[okoros.ada.pk, of_other]), follow=True)
    assert answer.status_code == 404


def test_why_a_child_was_not_seen_is_owed_and_leads_to_its_page(okoros, signed_in):
    client = signed_in(okoros.worker)
    sent(okoros, client)
    made = Visit.current.get()
    text = client.get(reverse("my_work")).content.decode()
    assert reverse("correct_visit", args=[okoros.chi.pk, made.thread]) in text


def test_a_note_is_written_for_the_children_ticked(okoros, signed_in, page):
    answer = signed_in(okoros.worker).post(
        reverse("add_note", args=[okoros.ada.pk]),
        {"children": [okoros.ada.pk, okoros.ben.pk], "kind": "call", "words": "Rang the school."},
    )
    made = Note.current.get()
    assert answer["Location"] == reverse("note", args=[okoros.ada.pk, made.thread])
    assert "Rang the school." in page("note", okoros.ben.pk, made.thread).content.decode()
    page("note", okoros.chi.pk, made.thread, status=404)


def test_only_a_manager_is_offered_a_managers_decision(okoros, signed_in, page):
    assert "Manager’s decision" not in page("add_note", okoros.ada.pk).content.decode()
    text = signed_in(okoros.manager).get(reverse("add_note", args=[okoros.ada.pk])).content.decode()
    assert "Manager’s decision" in text


def test_a_hostile_word_is_shown_as_typed(okoros, page):
    made = services.write_visit(
        saw=[Saw(okoros.ada, "alone", own_words="<script>alert(1)</script>")],
        at=timezone.now(),
        how="in_person",
        what_happened="<b>x</b>",
        by=okoros.worker,
    )
    text = page("visit", okoros.ada.pk, made.thread).content.decode()
    assert "<script>alert(1)" not in text and "&lt;script&gt;alert(1)" in text


@pytest.fixture
def plan(okoros):
    return planning.start_plan(
        kind="child_in_need", basis="section_17", people=[okoros.ada, okoros.ben, okoros.chi], on=TODAY,
        by=okoros.worker,
    )  # fmt: skip


def test_one_tick_puts_what_comes_next_into_the_plan(okoros, signed_in, page, plan):
    text = page("write_visit", okoros.ada.pk).content.decode()
    assert "Put what comes next in the plan" in text
    assert f'value="{plan.thread}" checked' not in text
    client = signed_in(okoros.worker)
    sent(okoros, client, what_next="Get a bed", into_plans=[plan.thread], next_who="Nan")
    made = Visit.current.get()
    assert "Get a bed" in client.get(reverse("plan", args=[plan.thread])).content.decode()
    text = page("visit", okoros.ben.pk, made.thread).content.decode()
    assert reverse("plan", args=[plan.thread]) in text and "Nan" in text


def test_no_plan_is_asked_about_where_there_is_none(okoros, page):
    assert "in the plan" not in page("write_visit", okoros.ada.pk).content.decode()


def test_a_child_of_another_family_is_found_by_name_and_gets_the_note(okoros, signed_in, page):
    una = people.register_person(by=okoros.manager, given_names="Una", family_name="Other", sex="F")
    hidden = people.register_person(by=okoros.manager, given_names="Una", family_name="Elsewhere", sex="F")
    Allocation.objects.create(person=una, worker=okoros.worker, started_on=okoros.ago(1))
    made = services.write_visit(
        saw=[Saw(okoros.ada, "alone")], at=timezone.now(), how="in_person",
        what_happened="Ada drew. Keptword",
        by=okoros.worker,
    )  # fmt: skip
    client = signed_in(okoros.worker)
    address = reverse("move_visit", args=[okoros.ada.pk, made.thread]) + "?find=Una"
    text = client.get(address).content.decode()
    assert f'value="{una.pk}"' in text and f'value="{hidden.pk}"' not in text
    assert client.post(address, {"to": hidden.pk, "because": "A slip"}).status_code == 422
    assert client.post(address, {"to": una.pk, "because": "Two tabs"}).status_code == 302
    page("visit", okoros.ada.pk, made.thread, status=404)
    text = page("visit", una.pk, Visit.current.get().thread).content.decode()
    assert "Moved here from another record. First written by Ruth Adeyemi" in text
    assert "Keptword" in text and "Ada drew" not in text
    assert client.post(address, {"to": una.pk, "because": "Twice"}).status_code == 404


def test_what_a_child_says_stands_on_the_childs_page_with_what_was_decided_because_of_it(
    okoros, signed_in, page, plan
):
    action = planning.add_action(plan=plan, what="Get a bed", owner_in_words="Nan", by=okoros.worker)
    for days, words in ((5, "Old words"), (3, "I like the <b>new</b> bed.")):
        services.write_visit(
            saw=[Saw(okoros.ada, "alone", own_words=words), Saw(okoros.ben, "alone", own_words="Benword")],
            at=timezone.now() - timedelta(days=days), how="in_person", what_happened="Met.", by=okoros.worker,
        )  # fmt: skip
    text = page("story", okoros.ada.pk).content.decode()
    assert "What Ada says" in text and "Benword" not in text and "<b>new" not in text
    assert text.index("I like the") < text.index("Earlier words") < text.index("Old words")
    newest = queries.visits_of([okoros.ada.pk])[-1]
    address = reverse("heed", args=[okoros.ada.pk, newest.thread])
    assert address in text
    client = signed_in(okoros.worker)
    form = client.get(address)
    assert b"checked" not in form.content and b"Get a bed" in form.content
    sent = {"decided": f"planning.planaction-{action.thread}", "decided_on": f"{TODAY:%d/%m/%Y}"}
    assert client.post(address, sent).status_code == 302
    text = page("story", okoros.ada.pk).content.decode()
    assert "Because of this:" in text and reverse("plan", args=[plan.thread]) in text
    assert "Because of this:" not in page("story", okoros.ben.pk).content.decode()


def test_words_of_another_child_are_not_heeded_here(okoros, page):
    services.write_visit(
        saw=[Saw(okoros.ben, "alone", own_words="Benword")], at=timezone.now(), how="in_person",
        what_happened="Met.", by=okoros.worker,
    )  # fmt: skip
    page("heed", okoros.ada.pk, queries.visits_of([okoros.ben.pk])[0].thread, status=404)
    assert "says</h2>" not in page("story", okoros.ada.pk).content.decode()


def test_of_a_child_not_yet_born_nothing_is_asked_that_only_a_born_child_can_answer(okoros):
    baby = people.register_person(
        by=okoros.manager, given_names="Baby", family_name="Okoro", expected_date_of_birth=okoros.ago(-60)
    )
    both = [people_shown([pk])[pk] for pk in (okoros.ada.pk, baby.pk)]
    asked = " ".join(str(field.label) for field in VisitForm(children=both).fields.values())
    assert "in Ada’s own words" in asked and "in Baby’s own words" not in asked
    assert "Was Baby’s mother seen?" in asked and "Baby’s bedroom" not in asked
    assert "scan, midwife and birth plan" in asked
    found = " ".join(str(field.label) for field in FoundForm(children=both).fields.values())
    assert "What did Ada say?" in found and "What did Baby say?" not in found
    assert "Was Ada seen alone?" in found and "Was Baby seen alone?" not in found
    form = FoundForm({f"each-{baby.pk}-finding": "", "seen": "{}"}, children=both)
    form.is_valid()
    assert form.cleaned_data["each"][baby.pk]["child_said"] == ""
    night = strategy_form([], [], [])(children=both)
    tonight = " ".join(str(field.label) for field in night.fields.values())
    assert "Where does Ada sleep tonight?" in tonight and "Where does Baby’s mother sleep tonight?" in tonight


def test_of_a_child_not_yet_born_the_page_asks_for_the_mother_and_calls_nobody_missing(okoros, page):
    baby = people.register_person(
        by=okoros.manager, given_names="Baby", family_name="Okoro", expected_date_of_birth=okoros.ago(-60)
    )
    Allocation.objects.create(person=baby, worker=okoros.worker, started_on=okoros.ago(1))
    services.write_visit(
        saw=[Saw(baby, "mother_seen")], at=timezone.now(), how="in_person", what_happened="Met.",
        by=okoros.worker,
    )  # fmt: skip
    told = page("story", baby.pk).content.decode()
    assert "Mother last seen" in told and "Not yet seen alone" not in told
    assert "Say that they are missing" not in told
    assert "Say that they are missing" in page("story", okoros.ada.pk).content.decode()
