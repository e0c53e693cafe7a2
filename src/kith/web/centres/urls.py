"""The addresses of this area; `kith.web.urls` includes them."""

from django.urls import path

from kith.web.centres import public, views

urlpatterns = [
    path("open-this-week/", public.open_sessions, name="open_sessions"),
    path("open-this-week/<int:thread>/<str:on>/", public.take_place, name="take_place"),
    path("open-this-week/place/<str:token>/", public.my_place, name="my_place"),
    path("open-referral/services", public.directory_services, name="directory_services"),
    path("open-referral/services/<path:source_id>", public.directory_service, name="directory_service"),
    path("centres/", views.centres, name="centres"),
    path("centres/new/", views.open_centre, name="open_centre"),
    path("centres/not-given/", views.unmet_needs, name="unmet_needs"),
    path("centres/directory/", views.directory, name="directory"),
    path("centres/<int:thread>/session/", views.run_session, name="run_session"),
    path("centres/<int:thread>/change/", views.change_centre, name="change_centre"),
    path("centres/session/<int:thread>/change/", views.change_session, name="change_session"),
    path("centres/<int:thread>/close/", views.close_centre, name="close_centre"),
    path("centres/place/<int:thread>/back/", views.place_back, name="place_back"),
    path("centres/place/<int:thread>/told/", views.place_told, name="place_told"),
    path("centres/session/<int:thread>/end/", views.end_session, name="end_session"),
    path("centres/session/<int:thread>/<str:on>/off/", views.call_off, name="call_off"),
    path("centres/session/<int:thread>/<str:on>/after-all/", views.hold_after_all, name="hold_after_all"),
    path("centres/session/<int:thread>/", views.centre_session, name="centre_session"),
    path("centres/session/<int:thread>/<str:on>/count/", views.count_who_came, name="count_who_came"),
    path("centres/session/<int:thread>/<str:on>/place/", views.place_for, name="place_for"),
]
