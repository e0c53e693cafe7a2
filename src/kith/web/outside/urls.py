"""The addresses of this area; `kith.web.urls` includes them."""

from django.urls import path

from kith.web.outside import concerns, maps, missing, panels
from kith.web.outside import young_people as young

urlpatterns = [
    path("child/<int:person_id>/missing/", missing.report_missing, name="report_missing"),
    path("child/<int:person_id>/missing/known/", missing.say_of_missing, name="say_of_missing"),
    path("child/<int:person_id>/missing/back/", missing.came_back, name="came_back"),
    path("child/<int:person_id>/missing/<int:thread>/safe/", missing.seen_safe, name="seen_safe"),
    path(
        "child/<int:person_id>/missing/<int:thread>/offer/",
        missing.offer_return_interview,
        name="offer_return_interview",
    ),
    path(
        "child/<int:person_id>/missing/<int:thread>/talk/",
        missing.hold_return_interview,
        name="hold_return_interview",
    ),
    path("outside/", concerns.concerns, name="concerns"),
    path("outside/new/", concerns.note_concern, name="note_concern"),
    path("outside/<int:thread>/", concerns.concern, name="concern"),
    path("outside/<int:thread>/change/", concerns.change_concern, name="change_concern"),
    path("outside/<int:thread>/over/", concerns.end_concern, name="end_concern"),
    path("outside/<int:thread>/with/", concerns.link_concerns, name="link_concerns"),
    path("outside/<int:thread>/with/<int:between>/over/", concerns.end_between, name="end_between"),
    path("outside/<int:thread>/step/", concerns.disrupt, name="disrupt"),
    path("outside/<int:thread>/step/<int:step>/", concerns.change_step, name="change_step"),
    path("outside/<int:thread>/map/", maps.concern_map, name="concern_map"),
    path("outside/panel/<int:thread>/", panels.outside_panel, name="outside_panel"),
    path("child/<int:person_id>/outside/", young.outside_home, name="outside_home"),
    path("child/<int:person_id>/outside/link/", young.link_young_person, name="link_young_person"),
    path("child/<int:person_id>/outside/link/<int:thread>/over/", young.end_link, name="end_link"),
    path("child/<int:person_id>/outside/screen/", young.screen_outside, name="screen_outside"),
    path("child/<int:person_id>/outside/plan/", young.outside_plan, name="outside_plan"),
    path("child/<int:person_id>/outside/panel/", panels.hold_panel, name="hold_panel"),
    path("child/<int:person_id>/outside/national/", young.refer_nationally, name="refer_nationally"),
    path(
        "child/<int:person_id>/outside/national/<int:thread>/answer/",
        young.national_answer,
        name="national_answer",
    ),
    path("child/<int:person_id>/outside/national/<int:thread>/ask/", young.ask_grown_up, name="ask_grown_up"),
    path("child/<int:person_id>/outside/adults/", young.hand_to_adults, name="hand_to_adults"),
    path("child/<int:person_id>/outside/map/", maps.peer_map, name="peer_map"),
]
