"""A baby who is expected, is born, or is lost before birth."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.record.frontdoor.models import Referral
from kith.record.help import services
from kith.record.people.queries import name_of
from kith.web.help.tests.pages import read, sent

pytestmark = pytest.mark.django_db


def test_a_baby_is_expected_told_of_and_born_without_typing_again(client, okoros, helper, family, agreed):
    services.lead_named(help=family, worker=helper, on=timezone.localdate(), by=okoros.manager)
    due = timezone.localdate() + timedelta(weeks=8)
    form = read(client, helper, "expect_baby", okoros.ada.pk).content.decode()
    assert "Grace Okoro" in form and 'value="Okoro"' in form and "checked" not in form
    assert f'value="{okoros.ada.pk}"' not in form  # she is nine
    said = {"expected_on": f"{due:%d/%m/%Y}", "how_many": "2", "family_name": "Okoro"}
    again = sent(client, helper, "expect_baby", okoros.ada.pk, mother=okoros.mother.pk, **said)
    assert again.status_code == 422 and "on record already" in again.content.decode()  # hers is there
    born = sent(
        client, okoros.worker, "baby_born", okoros.unborn.pk, sex="F", given_names="Efe", family_name="Okoro",
        on=f"{timezone.localdate():%d/%m/%Y}",
    )  # fmt: skip
    assert born["Location"] == reverse("story", args=[okoros.unborn.pk])
    assert name_of(okoros.unborn) == "Efe Okoro"
    assert client.get(reverse("baby_born", args=[okoros.unborn.pk])).status_code == 404
    assert client.get(reverse("baby_expected", args=[okoros.ada.pk])).status_code == 404


def test_who_is_expected_stands_on_the_page_with_the_midwife(client, okoros):
    due = timezone.localdate() + timedelta(weeks=8)
    sent(
        client, okoros.worker, "baby_expected", okoros.unborn.pk, expected_on=f"{due:%d/%m/%Y}",
        name="Ivy <b>", phone="01632 960300", booked_at="St Ann",
    )  # fmt: skip
    page = read(client, okoros.worker, "story", okoros.unborn.pk).content.decode()
    for said in ("Ivy &lt;b&gt;", "01632 960300", "Midwife, St Ann", "The baby is born"):
        assert said in page, said
    assert "The baby is born" not in read(client, okoros.worker, "story", okoros.ada.pk).content.decode()


def test_a_pregnancy_that_ended_is_told_first_and_no_page_speaks_of_a_birth(client, okoros):
    page = read(client, okoros.worker, "story", okoros.unborn.pk).content.decode()
    assert reverse("pregnancy_end", args=[okoros.unborn.pk]) in page
    asked = read(client, okoros.worker, "pregnancy_end", okoros.unborn.pk).content.decode()
    assert "Told at once" in asked and "checked" not in asked and "The case, open since" in asked
    assert sent(client, okoros.worker, "pregnancy_end", okoros.unborn.pk, on="1/1/2026").status_code == 422
    answer = sent(
        client, okoros.worker, "pregnancy_end", okoros.unborn.pk, how="lost",
        on=f"{timezone.localdate():%d/%m/%Y}", in_their_words="Her name is <b>Noor",
        closes_case="no", ends_work="no",
    )  # fmt: skip
    assert answer["Location"] == reverse("story", args=[okoros.unborn.pk])
    after = read(client, okoros.worker, "story", okoros.unborn.pk).content.decode()
    assert "The baby was lost before birth" in after and "Her name is &lt;b&gt;Noor" in after
    assert "not expected any more" in after and "The baby is born" not in after and "no birth" not in after
    assert "Still open: The case, open since" in after
    assert reverse("pregnancy_close", args=[okoros.unborn.pk]) in after
    sent(client, okoros.worker, "pregnancy_close", okoros.unborn.pk, closes_case="yes", ends_work="no")
    assert "Still open" not in read(client, okoros.worker, "story", okoros.unborn.pk).content.decode()
    assert Referral.current.get(person=okoros.unborn).closure_reason == "RC7"
    assert Referral.current.get(person=okoros.ada).closed_on is None
    cards = read(client, okoros.worker, "my_work").content.decode()
    assert "the pregnancy ended on" in cards and "not yet born" not in cards
    assert read(client, okoros.worker, "pregnancy_end", okoros.unborn.pk).status_code == 404
    sent(client, okoros.worker, "pregnancy_goes_on", okoros.unborn.pk, because="Another family was meant")
    assert "The baby is born" in read(client, okoros.worker, "story", okoros.unborn.pk).content.decode()
    assert Referral.current.get(person=okoros.unborn).closed_on is None
    assert read(client, okoros.worker, "pregnancy_close", okoros.unborn.pk).status_code == 404
