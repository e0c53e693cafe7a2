"""Every address of Kith's pages. Each view declares who may use it (`kith.web.who_may`)."""

from django.urls import include, path

from kith.web import children, demo, find, gallery, my_work, sign_in, views
from kith.web.areas import brought
from kith.web.insight import behind, beside, decisions, findings, one_figure, taking_away, topics
from kith.web.looking import restrictions
from kith.web.looking import views as looking
from kith.web.returns import checks, results, sending
from kith.web.returns import findings as found
from kith.web.returns import views as returns
from kith.web.staff import views as staff
from kith.web.story import views as story

urlpatterns = [
    path("", my_work.my_work, name="my_work"),
    path("messages/<int:message_id>/read/", my_work.mark_read, name="mark_read"),
    path("accounts/", include(sign_in.URLS)),
    path("demo/sign-in/", demo.sign_in_as, name="demo_sign_in"),
    path("health/", views.health, name="health"),
    path("stay/", views.stay, name="stay"),
    path("keys/", views.keys, name="keys"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("find/", find.find, name="find"),
    path("children/", children.children, name="children"),
    path("child/<int:person_id>/", story.story, name="story"),
    path("child/<int:person_id>/story.pdf", story.story_pdf, name="story_pdf"),
    path("child/<int:person_id>/chronology/", story.whole_chronology, name="chronology"),
    path("child/<int:person_id>/source/<str:table>/<int:thread>/", story.fact_source, name="fact_source"),
    path("child/<int:person_id>/checks/", found.child_checks, name="child_checks"),
    path("child/<int:person_id>/who-looked/", looking.who_looked, name="who_looked"),
    path("child/<int:person_id>/open/", looking.break_glass, name="break_glass"),
    path("child/<int:person_id>/give-back/", looking.give_back, name="give_back"),
    path("restricted-matches/", looking.restricted_matches, name="restricted_matches"),
    path("glass/<int:glass_id>/review/", looking.review_glass, name="review_glass"),
    path("child/<int:person_id>/restrictions/", restrictions.restrictions, name="restrictions"),
    path("child/<int:person_id>/keep-apart/", restrictions.keep_apart, name="keep_apart"),
    path("restrictions/", restrictions.kept_records, name="kept_records"),
    path("restrictions/<int:restriction_id>/", restrictions.restriction, name="restriction"),
    path("kept-apart/<int:apart_id>/end/", restrictions.end_keep_apart, name="end_keep_apart"),
    path("staff/", staff.staff_list, name="staff"),
    path("staff/teams/", staff.teams, name="teams"),
    path("staff/roles/", staff.roles, name="roles"),
    path("staff/add/", staff.add_worker, name="add_worker"),
    path("staff/<int:user_id>/", staff.worker, name="worker"),
    path("staff/<int:user_id>/give-role/", staff.give_role, name="give_role"),
    path("staff/<int:user_id>/role/<int:held_id>/end/", staff.end_role, name="end_role"),
    path("staff/<int:user_id>/join-team/", staff.join_team, name="join_team"),
    path("staff/<int:user_id>/team/<int:member_id>/move/", staff.move_team, name="move_team"),
    path("staff/<int:user_id>/team/<int:member_id>/leave/", staff.leave_team, name="leave_team"),
    path("staff/<int:user_id>/end-sign-in/", staff.end_sign_in, name="end_sign_in"),
    path("staff/<int:user_id>/let-back/", staff.let_back, name="let_back"),
    path("insight/", findings.insight, name="insight"),
    path("insight/case-for-change.pdf", findings.insight_pdf, name="insight_pdf"),
    path("insight/work-out/", findings.work_out, name="work_out"),
    path("insight/working-out/", findings.working_out, name="working_out"),
    path("insight/decisions/", decisions.decisions, name="decisions"),
    path("insight/beside/", beside.beside, name="beside"),
    path("insight/figure/<str:indicator>/", one_figure.figure, name="figure"),
    path("insight/figure/<str:indicator>/children/", behind.figure_children, name="figure_children"),
    path("insight/figure/<str:indicator>/figure.<str:form>", taking_away.figure_file, name="figure_file"),
    path("insight/<str:topic>/", topics.topic, name="topic"),
    path("returns/", returns.returns, name="returns"),
    path("returns/bring-in/", returns.import_new, name="import_new"),
    path("returns/bring-in/<int:job_id>/", returns.import_look, name="import_look"),
    path("returns/bring-in/<int:job_id>/start/", returns.import_start, name="import_start"),
    path("returns/bring-in/<int:job_id>/throw-away/", returns.import_throw_away, name="import_throw_away"),
    path("returns/bring-in/<int:job_id>/progress/", returns.import_progress, name="import_progress"),
    path("returns/import/<int:batch_id>/", results.import_done, name="import_done"),
    path("returns/import/<int:batch_id>/undo/", results.import_undo, name="import_undo"),
    path("returns/import/<int:batch_id>/<str:what>.csv", results.import_csv, name="import_csv"),
    path("returns/import/<int:batch_id>/<str:what>/", results.import_list, name="import_list"),
    path("returns/checks/", checks.checks, name="checks"),
    path("returns/checks/record/", checks.check_record, name="check_record"),
    path("returns/checks/files/", checks.check_files, name="check_files"),
    path("returns/checks/<int:run_id>/", checks.check_run, name="check_run"),
    path("returns/checks/<int:run_id>/findings/", found.check_findings, name="check_findings"),
    path("returns/checks/<int:run_id>/findings.csv", found.check_csv, name="check_csv"),
    path("returns/checks/finding/<int:finding_id>/", found.explain_finding, name="explain_finding"),
    path("returns/checks/finding/<int:finding_id>/mend/", found.finding_to_mend, name="finding_to_mend"),
    path(
        "returns/checks/finding/<int:finding_id>/withdraw/",
        found.withdraw_explanation,
        name="withdraw_explanation",
    ),
    path("returns/send/", sending.export_return, name="export_return"),
    *(path("", include(area)) for area in brought("urls")),
]

handler400 = "kith.web.errors.bad_request"
handler403 = "kith.web.errors.not_allowed"
handler404 = "kith.web.errors.not_found"
handler500 = "kith.web.errors.broken"
