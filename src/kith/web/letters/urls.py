"""The addresses of papers; `kith.web.urls` includes them."""

from django.urls import URLPattern, path

from kith.web.letters import replies, views

urlpatterns: list[URLPattern] = [
    path("child/<int:person_id>/letters/", views.letters, name="letters"),
    path("child/<int:person_id>/letters/<str:kind>/<int:thread>/", views.letter, name="letter"),
    path("front-door/replies/<int:thread>/paper/", replies.reply_paper, name="reply_paper"),
]
