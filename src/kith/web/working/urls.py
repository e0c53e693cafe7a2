"""The addresses of this area; `kith.web.urls` includes them."""

from django.urls import path

from kith.web.working import reasons, views

CHILD = "child/<int:person_id>"
DUE = f"{CHILD}/due/<str:clock>/<int:thread>/<str:due_on>"

urlpatterns = [
    path(f"{CHILD}/allocate/", views.allocate, name="allocate"),
    path(f"{CHILD}/hand-over/", views.hand_over, name="hand_over"),
    path(f"{CHILD}/handover/", views.handover, name="handover"),
    path("handed-over/<int:owed>/", views.after_handover, name="after_handover"),
    path(f"{DUE}/late/", reasons.say_why_late, name="say_why_late"),
    path(f"{DUE}/ask/", reasons.chase_late, name="chase_late"),
    path(f"{DUE}/not-needed/", reasons.put_aside, name="put_aside"),
    path(f"{CHILD}/put-aside/<int:aside>/due-again/", reasons.due_again, name="due_again"),
    path("assessment/<int:thread>/ask-again/", reasons.chase_assessment, name="chase_assessment"),
    path("help/more-help/<int:thread>/ask-again/", reasons.chase_step_up, name="chase_step_up"),
    path("plan/to-do/<int:thread>/ask-again/", reasons.chase_action, name="chase_action"),
    path("cover/", views.cover, name="cover"),
    path("cover/<int:cover_id>/end/", views.end_cover, name="end_cover"),
]
