"""The addresses of this area; `kith.web.urls` includes them."""

from django.urls import path

from kith.web.assessing import felt, need_plan, school, views

urlpatterns = [
    path("child/<int:person_id>/assess/", views.assess, name="assess"),
    path("assessment/<int:thread>/", views.assessment, name="assessment"),
    path("assessment/<int:thread>/family/", views.write_family, name="write_family"),
    path("assessment/<int:thread>/child/<int:person_id>/", views.write_child, name="write_child"),
    path("assessment/<int:thread>/part/<int:person_id>/", views.childs_part, name="childs_part"),
    path("assessment/<int:thread>/ask/", views.ask_for_sign_off, name="ask_for_sign_off"),
    path("assessment/<int:thread>/read/", views.read_assessment, name="read_assessment"),
    path("assessment/<int:thread>/share/", views.share_assessment, name="share_assessment"),
    path("assessment/<int:thread>/how-it-felt/", felt.ask_how_it_felt, name="ask_how_it_felt"),
    path("child/<int:person_id>/looked-over/", need_plan.look_over, name="look_over"),
    path("child/<int:person_id>/need-plan/", need_plan.start_need_plan, name="start_need_plan"),
    path("child/<int:person_id>/need-plan/meeting/", need_plan.need_plan_meeting, name="need_plan_meeting"),
    path("child/<int:person_id>/need-plan/end/", need_plan.stop_need_plan, name="end_need_plan"),
    path("child/<int:person_id>/school/", school.schooling, name="schooling"),
    path("child/<int:person_id>/school/place/", school.start_school, name="start_school"),
    path("child/<int:person_id>/school/attendance/", school.attendance, name="attendance"),
    path("child/<int:person_id>/school/kept-out/", school.exclusion, name="exclusion"),
    path("child/<int:person_id>/school/needs/", school.special_need, name="special_need"),
    path("felt/<str:token>/", felt.how_it_felt, name="how_it_felt"),
]
