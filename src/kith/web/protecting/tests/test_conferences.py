"""A conference that is arranged: who is told before a letter goes, its day, its chair."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.owed.queries import owed_for
from kith.record.people.models import Team
from kith.record.protection.models import Conference, Invited
from kith.record.protection.queries import invited_to
from kith.web.protecting.tests.steps import another_chair, arranged, go

pytestmark = pytest.mark.django_db


def test_a_parent_is_told_before_a_letter_goes(as_worker, family, chair):
    conference = arranged(as_worker, family)
    mother = next(one for one in invited_to(conference.thread) if one.name == "Grace Okoro")
    letter = reverse("conference_invitation", args=[conference.thread, mother.thread])
    assert as_worker.get(letter).status_code == 404
    today = timezone.localdate()
    page = go(
        as_worker, "conference_person", conference.thread, mother.thread, invited_on=f"{today:%d/%m/%Y}"
    )
    assert page.status_code == 422 and "Nobody has told Grace Okoro" in page.content.decode()
    go(
        as_worker, "conference_person", conference.thread, mother.thread,
        told_on=f"{today:%d/%m/%Y}", told_by="Ruth", invited_on=f"{today:%d/%m/%Y}", invited_how="in_person",
    )  # fmt: skip
    answer = as_worker.get(letter, follow=True)
    text = answer.content.decode()
    assert answer.redirect_chain[-1][0].endswith(f"/{mother.thread}/") and "For whom is it?" in text
    assert "investigat" not in text.lower() and "case conference" not in text.lower()


def test_the_invitation_of_a_partner_is_made_for_that_partner_and_is_written_down(as_worker, family, chair):
    conference = arranged(as_worker, family)
    partner = next(one for one in invited_to(conference.thread) if not one.is_family)
    page = reverse("conference_invitation", args=[conference.thread, partner.thread])
    assert f"Make it for {partner.name}" in as_worker.get(f"{page}?pdf").content.decode()  # nothing is made
    assert as_worker.post(page).status_code == 200
    listed = as_worker.get(reverse("letters", args=[family.ada.pk])).content.decode()
    assert "Invitation" in listed and partner.name in listed


def test_moving_needs_its_reason_and_what_keeps_them_safe(as_worker, family, chair):
    conference = arranged(as_worker, family)
    later = conference.planned_for + timedelta(days=7)
    moved = {"planned_for_day": f"{later:%d/%m/%Y}", "planned_for_time": "10:00"}
    page = go(as_worker, "move_conference", conference.thread, **moved)
    assert page.status_code == 422
    go(
        as_worker, "move_conference", conference.thread, because="Police away", safe_until_then="With Nan",
        **moved,
    )  # fmt: skip
    assert Conference.current.get().moved_because == "Police away"
    page = as_worker.get(reverse("conference", args=[conference.thread]))
    assert "With Nan" in page.content.decode()


def test_a_letter_that_is_not_known_to_be_safe_goes_only_for_a_reason(as_worker, family, chair):
    conference = arranged(as_worker, family)
    mother = next(one for one in invited_to(conference.thread) if one.name == "Grace Okoro")
    day = f"{timezone.localdate():%d/%m/%Y}"
    sent = {"told_on": day, "told_by": "Ruth", "invited_on": day, "invited_how": "letter"}
    page = go(as_worker, "conference_person", conference.thread, mother.thread, **sent)
    assert page.status_code == 422 and "safe" in page.content.decode()
    go(as_worker, "conference_person", conference.thread, mother.thread, although="She asked for it", **sent)
    assert Invited.current.get(thread=mother.thread).invited_how == "letter"
    assert "family_told" not in {line.owed.what for line in owed_for([family.ada.pk], timezone.now())}


def test_a_conference_without_a_chair_is_given_one_who_is_independent(as_worker, family):
    conference = arranged(as_worker, family)
    page = as_worker.get(reverse("conference", args=[conference.thread])).content.decode()
    assert "No chair yet" in page and reverse("name_chair", args=[conference.thread]) in page
    Team.objects.create(name="Reviewing")
    other = another_chair()
    for said in ("", str(family.manager.pk)):
        assert go(as_worker, "name_chair", conference.thread, chair=said).status_code == 422
    page = go(as_worker, "name_chair", conference.thread, chair=str(other.pk))
    assert "Chair: Ann Other" in page.content.decode()
    assert Conference.current.get().chair == other


def test_a_double_press_names_the_chair_once_and_leads_to_the_conference(as_worker, family):
    conference = arranged(as_worker, family)
    Team.objects.create(name="Reviewing")
    other = another_chair()
    address = reverse("name_chair", args=[conference.thread])
    page = as_worker.get(address)
    key = re.search(r'name="draft_once" value="([^"]+)"', page.content.decode())[1]
    sent = {"chair": str(other.pk), "seen": page.context["form"]["seen"].value(), "draft_once": key}
    answers = [as_worker.post(address, sent) for _ in range(2)]
    assert [(one.status_code, one.url) for one in answers] == [
        (302, reverse("conference", args=[conference.thread]))
    ] * 2
    assert Conference.objects.filter(thread=conference.thread, chair=other).count() == 1
