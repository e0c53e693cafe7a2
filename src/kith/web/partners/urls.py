"""The addresses of this area; `kith.web.urls` includes them."""

from django.urls import URLPattern, path

from kith.web.partners import answering

urlpatterns: list[URLPattern] = [
    path("partners/answered/", answering.partner_answered, name="partner_answered"),
    path("partners/<str:token>/", answering.partner_answer, name="partner_answer"),
]
