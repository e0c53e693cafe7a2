"""What a migration does to drafts that are there."""

from importlib import import_module

import pytest
from django.apps import apps

from kith.record.drafts.models import Draft

pytestmark = pytest.mark.django_db
forget = import_module("kith.record.drafts.migrations.0002_forget_links_of_places").forget


def test_the_words_of_a_places_link_are_forgotten_and_nothing_else():
    made = {"take_place": ["/place/secret/", "You have a place."], "contact": ["/front-door/", "Written."]}
    for form, what in made.items():
        Draft.objects.create(visitor="v", form=form, about="1", key=form, made=what)
    unsent = Draft.objects.create(visitor="w", form="take_place", about="2", key="unsent")
    forget(apps, None)
    assert Draft.objects.get(form="take_place", visitor="v").made == ["", "You have a place."]
    assert Draft.objects.get(form="contact").made == made["contact"]
    assert Draft.objects.get(pk=unsent.pk).made is None
