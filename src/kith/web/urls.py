"""Every address of Kith's pages. Each view declares who may use it (`kith.web.who_may`)."""

from django.urls import include, path

from kith.web import demo, my_work, sign_in, views

urlpatterns = [
    path("", my_work.my_work, name="my_work"),
    path("messages/<int:message_id>/read/", my_work.mark_read, name="mark_read"),
    path("accounts/", include(sign_in.URLS)),
    path("demo/sign-in/", demo.sign_in_as, name="demo_sign_in"),
    path("health/", views.health, name="health"),
    path("stay/", views.stay, name="stay"),
    path("keys/", views.keys, name="keys"),
    path("gallery/", views.gallery, name="gallery"),
]

handler400 = "kith.web.errors.bad_request"
handler403 = "kith.web.errors.not_allowed"
handler404 = "kith.web.errors.not_found"
handler500 = "kith.web.errors.broken"
