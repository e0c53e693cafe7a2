"""The addresses of this area; `kith.web.urls` includes them."""

from django.urls import URLPattern, path

from kith.web.protecting import (
    agreeing,
    arranging,
    chairing,
    conferences,
    emergencies,
    enquiring,
    papers,
    plans,
    reports,
)

CHILD = "child/<int:person_id>/"
ENQUIRY = f"{CHILD}enquiry/<int:thread>/"
CONFERENCE = "conference/<int:thread>/"
INVITED = f"{CONFERENCE}people/<int:invited>/"
CHAIRING = "chairing/<int:thread>/"

urlpatterns: list[URLPattern] = [
    path(f"{CHILD}enquiry/", enquiring.enquiry, name="enquiry"),
    path(f"{CHILD}enquiry/start/", enquiring.enquire, name="enquire"),
    path(f"{CHILD}enquiry/found/", enquiring.enquiry_found, name="enquiry_found"),
    path(f"{ENQUIRY}agree/", agreeing.agree_finding, name="agree_finding"),
    path(f"{ENQUIRY}back/", agreeing.send_finding_back, name="send_finding_back"),
    path(f"{ENQUIRY}again/", agreeing.finding_again, name="finding_again"),
    path(f"{ENQUIRY}seen/", agreeing.child_seen, name="child_seen"),
    path(f"{ENQUIRY}count-from/", enquiring.count_from, name="count_from"),
    path(f"{CHILD}strategy-discussion/", enquiring.strategy_discussion, name="strategy_discussion"),
    path(f"{CHILD}conference/", conferences.conferences_of_child, name="conference_of_child"),
    path(f"{CHILD}conference/arrange/", arranging.arrange_conference, name="arrange_conference"),
    path(f"{CHILD}conference/<int:thread>/record/", papers.conference_record, name="conference_record"),
    path(f"{CHILD}review/arrange/", arranging.arrange_review, name="arrange_review"),
    path(f"{CHILD}transfer-in/arrange/", arranging.arrange_transfer, name="arrange_transfer"),
    path(CONFERENCE, conferences.conference, name="conference"),
    path(f"{CONFERENCE}move/", conferences.move_conference, name="move_conference"),
    path(f"{CONFERENCE}chair/", conferences.name_chair, name="name_chair"),
    path(f"{CONFERENCE}call-off/", conferences.call_off_conference, name="call_off_conference"),
    path(f"{CONFERENCE}keep/", conferences.keep_date, name="keep_date"),
    path(f"{CONFERENCE}ask/", conferences.ask_to_conference, name="ask_to_conference"),
    path(f"{CONFERENCE}sent/", conferences.conference_sent, name="conference_sent"),
    path(INVITED, conferences.conference_person, name="conference_person"),
    path(f"{INVITED}link/", reports.report_link, name="report_link"),
    path("report/<str:token>/", reports.write_report, name="write_report"),
    path(f"{INVITED}invitation/", papers.invitation, name="conference_invitation"),
    path("chairing/", chairing.chairing, name="chairing"),
    path(CHAIRING, chairing.chair_conference, name="chair_conference"),
    path(f"{CHAIRING}came/", chairing.conference_came, name="conference_came"),
    path(f"{CHAIRING}people/<int:invited>/keep-out/", chairing.keep_out, name="keep_out"),
    path(f"{CHILD}protection-plan/", plans.protection_plan, name="protection_plan"),
    path(f"{CHILD}protection-plan/write/", plans.write_plan, name="write_plan"),
    path(f"{CHILD}protection-plan/earlier/", plans.previous_plans, name="previous_plans"),
    path(f"{CHILD}protection-plan/after-birth/", plans.mother_unwell, name="mother_unwell"),
    path(f"{CHILD}protection-plan/legal-look/", plans.legal_look, name="legal_look"),
    path(f"{CHILD}core-group/", plans.core_group, name="core_group"),
    path(f"{CHILD}transfer-in/", plans.transfer_in, name="transfer_in"),
    path(f"{CHILD}transfer-in/<int:thread>/end/", plans.end_transfer_in, name="end_transfer_in"),
    path(f"{CHILD}transfer-out/", plans.transfer_out, name="transfer_out"),
    path(f"{CHILD}transfer-out/<int:thread>/", plans.their_conference, name="their_conference"),
    path(f"{CHILD}emergency/", emergencies.emergency, name="emergency"),
    path(f"{CHILD}emergency/use/", emergencies.use_emergency_power, name="use_emergency_power"),
    path(
        f"{CHILD}emergency/<int:thread>/extend/",
        emergencies.extend_emergency_order,
        name="extend_emergency_order",
    ),
    path(f"{CHILD}emergency/<int:thread>/end/", emergencies.end_emergency_power, name="end_emergency_power"),
]
