"""The addresses of this area; `kith.web.urls` includes them."""

from django.urls import path

from kith.web.people import deaths, matching, views

urlpatterns = [
    path("people/match/", matching.people_match, name="people_match"),
    path("people/register/", views.register_person, name="register_person"),
    path("people/same/", views.match_proposals, name="match_proposals"),
    path("people/same/<int:proposal_id>/", views.decide_match, name="decide_match"),
    path("people/<int:person_id>/relate/", views.relate_people, name="relate_people"),
    path("people/<int:person_id>/ties/", views.ties, name="ties"),
    path("people/<int:person_id>/ties/<int:other_id>/", views.untie, name="untie"),
    path("people/<int:person_id>/names/", views.names, name="person_names"),
    path("people/<int:person_id>/names/<int:thread>/", views.correct_name, name="correct_name"),
    path("people/<int:person_id>/safe-contact/", views.safe_contact, name="safe_contact"),
    path("child/<int:person_id>/died/", deaths.record_death, name="record_death"),
    path("child/<int:person_id>/died/close/", deaths.close_after_death, name="close_after_death"),
    path("child/<int:person_id>/died/mistake/", deaths.death_mistaken, name="death_mistaken"),
    path(
        "people/<int:person_id>/safe-contact/<int:thread>/end/",
        views.end_safe_contact,
        name="end_safe_contact",
    ),
]
