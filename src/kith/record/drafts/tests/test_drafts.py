"""What is typed is kept as typed, is one's own, and writes once when it is sent."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kith.record.audit.models import Entry
from kith.record.chronology.models import Line
from kith.record.drafts import policies, queries, services
from kith.record.drafts.models import Draft
from kith.record.drafts.permissions import Visitor
from kith.record.people.models import Allocation
from kith.record.refusals import NotAllowed, NotPossible
from kith.record.tests.practice import refused

pytestmark = pytest.mark.django_db
VISITOR = Visitor("a-visit")


def save(by, words="Yusuf was at", revision=0, key="key-1", **more):
    given = {"form": "visit", "about": "17", "fields": {"words": [words]}, **more}
    return services.save_draft(by=by, revision=revision, key=key, **given)


def restored(by, form="visit", about="17"):
    return queries.restore(by=by, form=form, about=about)


def send(by, make, words="Yusuf was at home.", key="key-1"):
    fields = {"words": [words]}
    return services.finish(by=by, form="visit", about="17", key=key, fields=fields, make=make)


HOSTILE = {
    "day": ["31/31/2026"],  # no day at all: it is kept all the same
    "child-1-seen": [""],
    "who": ["mother", "grandmother", "mother"],  # one name many times, in order
    "words": ["<script>alert(1)</script>\r\n  ' OR 1=1 --  \t", "{{ csrf_token }}"],
    "own_words": ["می‌خواهم 👩‍👧 ‮tfel ot thgir"],
    " ": ["\x01\x1b"],
}


def test_what_is_typed_comes_back_as_typed_valid_or_not(worker):
    save(worker, fields=HOSTILE)
    assert restored(worker).fields == HOSTILE


def test_only_what_no_database_holds_is_left_out(worker):
    save(worker, fields={"wor\0ds": ["nul \0 and half a \ud83d character"]})
    assert restored(worker).fields == {"words": ["nul  and half a � character"]}


def test_each_save_is_a_new_revision_of_the_one_draft(worker):
    first = save(worker)
    assert (first.revision, first.key) == (1, "key-1")
    assert save(worker, "Yusuf was at home", revision=1).revision == 2
    assert [draft.fields for draft in Draft.objects.all()] == [{"words": ["Yusuf was at home"]}]


def test_a_draft_is_in_no_story_and_in_no_audit(worker):
    entries = Entry.objects.count()
    save(worker)
    assert (Line.objects.count(), Entry.objects.count()) == (0, entries)


def test_forms_and_what_they_are_about_have_drafts_of_their_own(worker):
    save(worker, "one")
    save(worker, "two", key="key-2", about="18")
    save(worker, "three", key="key-3", form="note")
    assert restored(worker).fields["words"] == ["one"]
    assert restored(worker, about="18").fields["words"] == ["two"]
    assert restored(worker, form="note").fields["words"] == ["three"]


def test_two_people_with_one_form_each_have_their_own(worker, stranger):
    save(worker, "mine")
    save(stranger, "theirs", key="key-2")
    assert restored(worker).fields["words"] == ["mine"]
    assert restored(stranger).fields["words"] == ["theirs"]


def test_nobody_saves_sends_or_throws_away_what_somebody_else_typed(worker, stranger):
    save(worker)
    with refused(NotAllowed, "Somebody else began this form"):
        save(stranger)
    with refused(NotAllowed, "Ask them to sign in and send it"):
        send(stranger, lambda: "/made/")
    assert services.throw_away(by=stranger, form="visit", about="17") is False
    assert restored(worker).fields["words"] == ["Yusuf was at"]


# Two tabs


def test_another_tabs_words_are_set_aside_and_nothing_is_lost(worker):
    save(worker, "of tab a", tab="a", saves_of_tab=1)
    with refused(policies.SavedElsewhere, "Both are kept") as clash:
        save(worker, "of tab b", tab="b", saves_of_tab=1, key="key-2")
    assert clash.value.draft.fields == {"words": ["of tab a"]}
    draft = restored(worker)
    assert draft.fields == {"words": ["of tab a"]}
    assert [(each["tab"], each["fields"]) for each in draft.set_aside] == [("b", {"words": ["of tab b"]})]


def test_the_person_may_go_on_with_either(worker):
    save(worker, "of tab a", tab="a", saves_of_tab=1)
    with pytest.raises(policies.SavedElsewhere):
        save(worker, "of tab b", tab="b", saves_of_tab=1)
    services.go_on_with(by=worker, form="visit", about="17", tab="b")
    draft = restored(worker)
    assert draft.fields == {"words": ["of tab b"]}
    assert [(each["tab"], each["fields"]) for each in draft.set_aside] == [("a", {"words": ["of tab a"]})]


def test_a_tab_that_set_nothing_aside_changes_nothing(worker):
    save(worker, "of tab a", tab="a", saves_of_tab=1)
    assert services.go_on_with(by=worker, form="visit", about="17", tab="z") is None
    assert restored(worker).fields == {"words": ["of tab a"]}


def test_a_save_of_one_tab_that_arrives_late_changes_nothing(worker):
    save(worker, "Yusuf", tab="a", saves_of_tab=1)
    save(worker, "Yusuf was at home", tab="a", saves_of_tab=3, revision=0)
    late = save(worker, "Yusuf was", tab="a", saves_of_tab=2, revision=0)
    assert (late.revision, late.fields) == (2, {"words": ["Yusuf was at home"]})


def test_the_newest_few_tabs_are_set_aside_no_more(worker):
    save(worker, tab="a", saves_of_tab=1)
    for number in range(9):
        with pytest.raises(policies.SavedElsewhere):
            save(worker, f"of {number}", tab=str(number), saves_of_tab=1)
    assert [each["tab"] for each in restored(worker).set_aside] == ["4", "5", "6", "7", "8"]


# Sending


def test_a_form_sent_twice_writes_once_and_leads_to_the_same(worker):
    written = []
    for _ in range(2):
        assert send(worker, lambda: written.append("fact") or f"/made/{len(written)}/") == "/made/1/"
    assert written == ["fact"]


def test_sending_a_draft_takes_its_words_away_and_keeps_its_key(worker):
    save(worker)
    send(worker, lambda: "/made/")
    assert restored(worker) is None
    draft = Draft.objects.get()
    assert (draft.fields, draft.made, draft.key) == ({}, "/made/", "key-1")


def test_what_refuses_leaves_the_draft_as_it_was(worker):
    save(worker)

    def refuse():
        raise NotPossible("She had not been born by then.", "Change the day.")

    with refused(NotPossible, "not been born"):
        send(worker, refuse)
    assert restored(worker).fields == {"words": ["Yusuf was at"]}
    assert send(worker, lambda: "/made/") == "/made/"


def test_other_words_under_a_key_that_was_sent_are_not_dropped_in_silence(worker):
    send(worker, lambda: "/made/")
    with refused(policies.AlreadySent, "with other words") as sent:
        send(worker, lambda: "/again/", words="Something else")
    assert sent.value.made == "/made/"
    with refused(policies.AlreadySent, "You sent this form already"):
        save(worker, "typed after it was sent")


def test_a_save_that_comes_after_its_own_sending_is_known_for_the_same(worker):
    send(worker, lambda: "/made/", words="first\r\nsecond")  # as a form sends it
    with pytest.raises(policies.AlreadySent) as sent:
        save(worker, "first\nsecond")  # as a script does
    assert sent.value.is_same
    assert restored(worker) is None


def test_after_sending_the_same_form_may_be_written_anew(worker):
    save(worker)
    send(worker, lambda: "/made/1/")
    save(worker, "the next visit", key="key-2")
    assert send(worker, lambda: "/made/2/", key="key-2") == "/made/2/"


# Size


def test_a_box_as_long_as_allowed_is_kept(worker):
    assert save(worker, "a" * 200_000).revision == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"words": ["a" * 200_001]}, "One box holds more than 200,000"),
        ({"words": ["é" * 100_001]}, "One box holds more than 200,000"),  # two bytes each
        ({f"box {n}": ["a" * 199_000] for n in range(6)}, "more than a million"),
    ],
    ids=["one letter too long", "bytes are counted", "many boxes"],
)
def test_what_is_too_long_is_refused_kindly_and_what_was_kept_stays(worker, fields, said):
    save(worker, "kept before")
    with refused(policies.TooLong, said) as refusal:
        save(worker, revision=1, fields=fields)
    assert "document" in refusal.value.next_step
    assert restored(worker).fields == {"words": ["kept before"]}


# Whom it is about


def test_a_draft_about_a_child_whom_one_may_no_longer_open_is_not_shown(worker, amira, twin):
    save(worker, children=[amira.pk, twin.pk])
    assert restored(worker).fields
    assert len(queries.unfinished_of(worker)) == 1
    Allocation.objects.filter(person=twin).update(ended_on=timezone.localdate())
    Allocation.objects.filter(person=amira).update(ended_on=timezone.localdate())
    assert restored(worker) is None
    assert queries.unfinished_of(worker) == []
    assert Draft.objects.count() == 1  # it is not shown, and not lost


def test_ones_own_unfinished_drafts_are_listed_newest_first(worker, stranger):
    save(worker)
    save(worker, about="18", key="key-2")
    save(worker, about="19", key="key-3")
    services.finish(by=worker, form="visit", about="19", key="key-3", fields={}, make=lambda: None)
    save(stranger, key="key-4")
    assert [draft.about for draft in queries.unfinished_of(worker)] == ["18", "17"]


# Forgetting


def test_a_draft_thrown_away_is_gone(worker):
    save(worker)
    assert services.throw_away(by=worker, form="visit", about="17") is True
    assert restored(worker) is None
    assert Draft.objects.get().fields == {}
    assert services.throw_away(by=worker, form="visit", about="17") is False


def test_words_thrown_away_are_not_brought_back_by_a_device_that_kept_them_too(worker):
    save(worker, "Yusuf was at", tab="a", saves_of_tab=3)
    services.throw_away(by=worker, form="visit", about="17")
    with refused(policies.AlreadySent, "You threw this draft away") as known:
        save(worker, "Yusuf was at", tab="a", saves_of_tab=3, revision=1)
    assert known.value.is_same
    with pytest.raises(policies.AlreadySent) as unknown:  # typed there later: it is not lost
        save(worker, "Yusuf was at home", tab="a", saves_of_tab=4, revision=1)
    assert not unknown.value.is_same


def test_what_a_worker_typed_is_never_forgotten_by_itself(worker):
    save(worker)
    assert services.purge(timezone.now() + timedelta(days=4000)) == 0
    assert restored(worker).fields == {"words": ["Yusuf was at"]}


def test_the_key_of_a_sent_form_is_kept_for_ninety_days(worker):
    send(worker, lambda: "/made/")
    assert services.purge(timezone.now() + timedelta(days=89)) == 0
    assert services.purge(timezone.now() + timedelta(days=91)) == 1


# Somebody who has not signed in


def test_a_visitors_draft_is_their_visits_alone(worker):
    save(VISITOR)
    assert restored(VISITOR).fields == {"words": ["Yusuf was at"]}
    assert restored(Visitor("another-visit")) is None
    assert restored(worker) is None


def test_a_visitors_draft_is_forgotten_after_half_an_hour(worker):
    save(VISITOR)
    Draft.objects.update(saved_at=timezone.now() - timedelta(minutes=31))
    assert restored(VISITOR) is None
    assert save(VISITOR, "typed later", key="key-2", revision=5).fields == {"words": ["typed later"]}
    assert services.purge(timezone.now() + timedelta(minutes=29)) == 0
    assert services.purge(timezone.now() + timedelta(minutes=31)) == 1


def test_leaving_the_page_forgets_all_that_the_visitor_typed():
    save(VISITOR)
    save(VISITOR, form="other", key="key-2")
    save(Visitor("another-visit"), key="key-3")
    services.end_visit(by=VISITOR)
    assert [draft.visitor for draft in Draft.objects.all()] == ["another-visit"]


# What the database itself holds to


@pytest.mark.parametrize("visitor", ["", "a-visit"])
def test_a_draft_is_a_users_or_a_visitors_never_both_or_neither(worker, visitor):
    user = worker if visitor else None
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(user=user, visitor=visitor, form="visit", about="17", key="k")


@pytest.mark.parametrize("whose", ["user", "visitor"])
def test_one_form_about_one_thing_has_one_unfinished_draft(worker, whose):
    mine = {"user": worker} if whose == "user" else {"visitor": "a-visit"}
    Draft.objects.create(**mine, form="visit", about="17", key="key-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(**mine, form="visit", about="17", key="key-2")


def test_a_visitor_keeps_less_for_anybody_may_send_it():
    save(VISITOR, "a" * 90_000)
    with refused(policies.TooLong, "more than 100,000"):
        save(VISITOR, "a" * 100_001, revision=1)
