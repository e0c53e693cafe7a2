"""The addresses of drafts."""

from django.urls import path

from kith.web.drafts import views

urlpatterns = [
    path("drafts/", views.my_drafts, name="my_drafts"),
    path("drafts/signed-in/", views.signed_in_here, name="signed_in_here"),
    path("drafts/leave/", views.leave_page, name="leave_page"),
    path("drafts/left/", views.left_unsent, name="left_unsent"),
    path("drafts/left/<int:draft_id>/take-over/", views.take_over, name="take_over_draft"),
    path("drafts/kept/<str:about>/", views.sent_too_late, name="unsent"),
    path("drafts/open/<str:form>/<str:about>/", views.save_open_draft, name="save_open_draft"),
    path("drafts/<str:form>/<str:about>/", views.save_draft, name="save_draft"),
    path("drafts/<str:form>/<str:about>/throw-away/", views.throw_draft_away, name="throw_draft_away"),
]
