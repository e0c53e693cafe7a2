"""Checking returns through the client: the record and sent files, by rule, child and team; explaining."""

import csv
import io
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kith.checks import check
from kith.record.access.models import Restriction
from kith.record.audit.models import Entry
from kith.record.checking import queries, services
from kith.record.checking.models import CheckFinding, CheckRun, Explanation
from kith.record.extract.queries import return_to_check
from kith.record.frontdoor.models import Referral
from kith.record.importer.models import ImportJob
from kith.record.people.models import (
    Allocation,
    Disability,
    Membership,
    Person,
    PersonName,
    Role,
    Team,
    User,
    UserRole,
)
from kith.record.people.queries import person_for_child_id
from kith.web.returns.filing import filing_of
from kith.web.templatetags.kith import long_date

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.localdate() - timedelta(days=400)
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
AD1 = "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR"
YEAR = 2026


def signed_in_as(client, *roles, email="analyst@northbrook.example"):
    user = User.objects.create_user(email, "river-stone-lamp", name="Mei Tanaka")
    for role in roles:
        UserRole.objects.create(user=user, role=role, started_on=LONG_AGO)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def analyst(client):
    return signed_in_as(client, Role.ANALYST)


def a_return(ethnicity="WBRI", legal="C2"):
    """A return of 2025-26: a boy of 7 with a youth justice status where `legal` is J1 breaks rule 358."""
    episode = f"C1,01/05/2025,S,{legal},N1,U1,PR1,,,,AB1 2CD,EF3 4GH,SC123456"
    return [
        SimpleUploadedFile("episodes.csv", f"{EPISODES}\n{episode}\n".encode()),
        SimpleUploadedFile("header.csv", f"{HEADER}\nC1,M,05/06/2018,{ethnicity},,,\n".encode()),
    ]


def bring_in(client, **facts):
    answers = {"chosen": a_return(**facts), "authority": "999", "year": "2025-26"}
    client.post(reverse("import_new"), answers)
    client.post(reverse("import_start", args=[ImportJob.objects.latest("pk").pk]))
    person = person_for_child_id("999", "C1")
    assert person
    return person


def check_the_record(client):
    answer = client.post(reverse("check_record"), {"which": f"903:{YEAR}", "authority": "999"})
    assert answer.status_code == 302
    return CheckRun.objects.latest("pk")


def check_the_files(client, files=None, **answers):
    sent = {"chosen": files or a_return(legal="J1"), "authority": "999", "year": "2025-26", **answers}
    return client.post(reverse("check_files"), sent)


def manager_of(client, person):
    """Sign in as a manager who works with a child."""
    manager = signed_in_as(client, Role.TEAM_MANAGER, email="manager@northbrook.example")
    Allocation.objects.create(person=person, worker=manager, started_on=LONG_AGO)
    return manager


def test_the_record_is_checked_and_each_finding_leads_to_the_fact_to_mend(client, analyst):
    person = bring_in(client, legal="J1")
    run = check_the_record(client)
    assert run.state == CheckRun.State.DONE, run.message
    finding = CheckFinding.objects.get(run=run, rule="358")
    assert (finding.child, finding.person_id) == ("C1", person.pk)
    assert ["LS", "J1"] in finding.values
    page = client.get(reverse("check_run", args=[run.pk])).content.decode()
    assert "358" in page and "youth justice" not in page.split("<h1")[0]
    table, thread = queries.fact_to_mend(finding)
    assert table in ("care.placement", "care.legalstatus")
    mend = reverse("finding_to_mend", args=[finding.pk])
    assert client.get(mend).status_code == 404  # an analyst opens no record, and learns of none by asking
    manager_of(client, person)
    led = client.get(mend)
    assert led["Location"] == reverse("fact_source", args=[person.pk, table, thread])
    fact = client.get(mend, follow=True).content.decode()
    assert "Rule 358: " in fact and "brought in again" in fact
    assert Entry.objects.filter(act="return_checked").exists()


def test_every_rule_is_told_of_also_those_that_could_not_run(client, analyst):
    bring_in(client)
    run = check_the_record(client)
    assert {rule["result"] for rule in run.rules} >= {"clear"}
    assert len(run.rules) == len({rule["rule"] for rule in run.rules})
    page = client.get(reverse("check_run", args=[run.pk])).content.decode()
    assert "ran and found nothing" in page


def test_the_page_says_first_how_much_is_left_of_how_many_and_by_when_it_is_sent(client, analyst):
    bring_in(client, legal="J1")
    run = check_the_record(client)
    page = client.get(reverse("check_run", args=[run.pk])).content.decode()
    left = queries.not_explained(queries.seen_by(analyst, run), to=analyst)
    children = len({finding.child for finding in left if finding.child})
    lead = page.split('class="govuk-body-l">')[1].split("</p>")[0]
    assert lead.startswith(f"{left.count()} finding") and f"of {children} child" in lead
    assert lead.endswith(f"To be sent by {long_date(date(run.year, 6, 30))}.")
    assert "not yet checked at its source" in page


@pytest.mark.parametrize(
    ("kind", "due", "is_unverified"), [("903", date(2027, 6, 30), True), ("cin", date(2027, 7, 31), False)]
)
def test_a_return_is_sent_by_its_clock_and_its_year_may_still_run(kind, due, is_unverified):
    running, ended = (filing_of(kind, 2027, day) for day in (date(2027, 3, 31), date(2027, 4, 1)))
    assert (running.due_on, running.is_unverified) == (due, is_unverified)
    assert (running.has_ended, ended.has_ended) == (False, True)
    assert running.ends_on == date(2027, 3, 31)


def test_files_are_checked_and_nothing_of_them_goes_into_the_record(client, analyst):
    answer = check_the_files(client)
    assert answer.status_code == 302
    run = CheckRun.objects.latest("pk")
    assert run.source == CheckRun.Source.FILES
    finding = CheckFinding.objects.get(run=run, rule="358")
    assert finding.place == "episodes.csv, line 2"
    assert finding.person is None
    assert not Person.objects.exists()
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    "files, words",
    [
        ([SimpleUploadedFile("x.csv", b"PK\x03\x04not a table")], "spreadsheet"),
        ([SimpleUploadedFile("x.csv", b"A,B\n1,2\n")], "headings"),
        ([SimpleUploadedFile("x.csv", b"")], "empty"),
    ],
)
def test_files_that_are_no_return_are_refused_in_plain_words(client, analyst, files, words):
    answer = check_the_files(client, files)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "files in sent" not in page
    assert not CheckRun.objects.exists()


CIN = """<?xml version="1.0"?>
<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2025</Year>
<ReferenceDate>2025-03-31</ReferenceDate></CollectionDetails><Source><LEA>999</LEA></Source></Header>
<Children><Child><ChildIdentifiers><LAchildID>C9</LAchildID><PersonBirthDate>2018-06-05</PersonBirthDate>
</ChildIdentifiers></Child></Children></Message>"""


def test_of_files_of_two_returns_the_one_not_checked_is_named_and_sent_by_itself(client, analyst):
    unread = SimpleUploadedFile("unread.csv", b"")
    census = SimpleUploadedFile("census.xml", CIN.encode())
    answer = check_the_files(client, [unread, census, *a_return()], year="")
    run = CheckRun.objects.latest("pk")
    assert (run.kind, run.year) == ("903", 2026)
    page = client.get(answer["Location"]).content.decode()
    assert "2 rows or files not checked, and why" in page
    assert "census.xml: This is of CIN census 2024-25, which was not checked" in page
    assert "unread.csv: The file is empty." in page


def test_where_the_rules_are_another_years_the_page_says_which(client, analyst):
    bring_in(client)
    run = check_the_record(client)
    page = reverse("check_run", args=[run.pk])
    assert "Kith holds no rules" not in client.get(page).content.decode()
    CheckRun.objects.filter(pk=run.pk).update(year=2022)
    said = "Kith holds no rules for 2021-22; those of 2022-23 were used."
    assert said in client.get(page).content.decode()


def test_files_that_tell_no_year_ask_for_it_in_words_of_the_page(client, analyst):
    adopted = SimpleUploadedFile("ad1.csv", f"{AD1}\nC1,,,,0,1,M1,L0\n".encode())
    answer = check_the_files(client, [adopted], year="")
    assert answer.status_code == 422
    assert "or give the year." in answer.content.decode() and "--year" not in answer.content.decode()


def test_an_explanation_stays_with_the_finding_in_the_next_check(client, analyst):
    bring_in(client, legal="J1")
    finding = CheckFinding.objects.get(run=check_the_record(client), rule="358")
    explain = reverse("explain_finding", args=[finding.pk])
    assert client.post(explain, {"text": " "}).status_code == 422
    client.post(explain, {"text": "Remanded by the court in error; the order was set aside."})
    again = CheckFinding.objects.get(run=check_the_record(client), rule="358")
    assert again.pk != finding.pk
    shown = queries.shown([again], to=analyst)[0]
    assert shown.explanation and "set aside" in shown.explanation.text
    found = f"{reverse('check_findings', args=[again.run_id])}?rule=358"
    assert "set aside" not in client.get(found).content.decode()
    page = client.get(f"{found}&state=explained").content.decode()
    assert "Explained" in page and "set aside" in page
    assert Entry.objects.filter(act="finding_explained").count() == 1


def test_explained_findings_stand_aside_and_the_rest_can_be_handed_over(client, analyst):
    bring_in(client, legal="J1")
    run = check_the_record(client)
    finding = CheckFinding.objects.get(run=run, rule="358")
    left = queries.not_explained(queries.seen_by(analyst, run), to=analyst).count()
    explain = reverse("explain_finding", args=[finding.pk])
    back = client.post(f"{explain}?child=C1", {"text": "The order was set aside by the court."})["Location"]
    assert "child=C1" in back and "rule=358" not in back
    assert queries.not_explained(queries.seen_by(analyst, run), to=analyst).count() == left - 1
    page = client.get(reverse("check_run", args=[run.pk])).content.decode()
    assert "1 rule with every finding explained" in page
    by_child = queries.by_child(queries.not_explained(queries.seen_by(analyst, run), to=analyst))
    assert [(one.child, one.count, "358" in one.rules) for one in by_child] == [("C1", left - 1, False)]
    csv_url = reverse("check_csv", args=[run.pk])
    assert "set aside" not in client.get(f"{csv_url}?child=C1&state=left").content.decode()
    assert "set aside" in client.get(csv_url).content.decode()


def test_a_check_says_what_changed_since_the_one_before(client, analyst):
    bring_in(client, legal="J1")
    first = check_the_record(client)
    assert queries.since_last(first, to=analyst) is None
    CheckFinding.objects.filter(run=first, rule="358").update(fingerprint="mended since")
    second = check_the_record(client)
    since = queries.since_last(second, to=analyst)
    assert since and (since.run, since.gone, since.new) == (first, 1, 1)
    page = client.get(reverse("check_run", args=[second.pk])).content.decode()
    assert "Since the" in page and "found no more" in page


def test_a_rule_set_without_severities_has_no_column_for_them(client, analyst):
    bring_in(client, legal="J1")
    page = client.get(reverse("check_run", args=[check_the_record(client).pk])).content.decode()
    assert "not stated" not in page
    lacks = page.split("Could not run, and what they lacked")[1]
    assert "provider list</strong>" in lacks.replace("&#x27;", "'") and "Send the return to yourself" in lacks


def test_a_manager_reads_names_of_children_open_to_them_and_each_is_written_down(client, analyst):
    person = bring_in(client, legal="J1")
    PersonName.objects.create(person=person, given_names="Amira", family_name="Khan", kind="legal")
    run = check_the_record(client)
    by_child = f"{reverse('check_run', args=[run.pk])}?by=child"
    assert "Khan" not in client.get(by_child).content.decode()
    manager = signed_in_as(client, Role.TEAM_MANAGER, email="manager@northbrook.example")
    team = Team.objects.create(name="Care team 2")
    Membership.objects.create(user=manager, team=team, is_manager=True, started_on=LONG_AGO)
    Allocation.objects.create(person=person, team=team, started_on=LONG_AGO)
    assert "Amira Khan" in client.get(by_child).content.decode()
    findings = f"{reverse('check_findings', args=[run.pk])}?rule=358"
    assert "Amira Khan" in client.get(findings).content.decode()
    assert Entry.objects.filter(act="name_shown", actor_id=manager.pk, person_id=person.pk).count() == 2


def test_a_finding_is_explained_once_and_the_words_are_kept_when_taken_back(client, analyst):
    bring_in(client, legal="J1")
    finding = CheckFinding.objects.get(run=check_the_record(client), rule="358")
    services.explain(finding, by=analyst, text="The first words, which hold.")
    answer = client.post(reverse("explain_finding", args=[finding.pk]), {"text": "Second words, too late."})
    assert answer.status_code == 409
    assert Explanation.objects.count() == 1
    client.post(reverse("withdraw_explanation", args=[finding.pk]))
    kept = Explanation.objects.get()
    assert kept.withdrawn_at and kept.text == "The first words, which hold."
    assert queries.explanations([finding.fingerprint]) == {}


def test_a_manager_sees_findings_about_children_open_to_them_alone(client, analyst):
    person = bring_in(client, legal="J1")
    run = check_the_record(client)
    manager = signed_in_as(client, Role.TEAM_MANAGER, email="manager@northbrook.example")
    Restriction.objects.create(
        person=person, kind="high_profile", reason="Kept close", custodian=analyst, placed_by=analyst
    )
    assert queries.seen_by(manager, run).count() == 0
    finding = CheckFinding.objects.get(run=run, rule="358")
    assert client.get(reverse("explain_finding", args=[finding.pk])).status_code == 404
    by_child = client.get(f"{reverse('check_run', args=[run.pk])}?by=child").content.decode()
    assert "child=C1" not in by_child and ">C1<" not in by_child


def test_findings_are_counted_by_team(client, analyst):
    person = bring_in(client, legal="J1")
    worker = User.objects.create_user("worker@northbrook.example", None, name="Ada Invented")
    team = Team.objects.create(name="Care team 2")
    Membership.objects.create(user=worker, team=team, started_on=LONG_AGO)
    Allocation.objects.create(person=person, worker=worker, started_on=LONG_AGO)
    run = check_the_record(client)
    findings = queries.seen_by(analyst, run)
    assert ("Care team 2", 1) in {
        (name, children) for name, _, children in queries.by_team(findings, to=analyst)
    }
    assert queries.of_team(findings, "Care team 2", to=analyst).count() == findings.count()
    page = client.get(f"{reverse('check_run', args=[run.pk])}?by=team").content.decode()
    assert "Care team 2" in page and "A child of several teams is counted with each" in page
    handed = client.get(f"{reverse('check_csv', args=[run.pk])}?team=Care team 2&state=left")
    assert "care-team-2.csv" in handed["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(handed.content.decode("utf-8-sig"))))
    assert len(rows) == findings.count() and all("Care team 2" in row["team"] for row in rows)


def test_the_csv_holds_every_finding_and_no_formula(client, analyst):
    files = a_return(legal="J1", ethnicity="=1+1")
    check_the_files(client, files)
    run = CheckRun.objects.latest("pk")
    answer = client.get(reverse("check_csv", args=[run.pk]))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == CheckFinding.objects.filter(run=run).count()
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
    assert Entry.objects.filter(act="check_findings_taken").exists()


def test_a_childs_own_page_says_in_the_same_words_what_the_rules_find(client, analyst):
    person = bring_in(client, legal="J1")
    of_358 = CheckFinding.objects.get(run=check_the_record(client), rule="358")
    services.explain(of_358, by=analyst, text="The order was set aside by the court.")
    worker = signed_in_as(client, Role.SOCIAL_WORKER, email="worker@northbrook.example")
    Allocation.objects.create(person=person, worker=worker, started_on=LONG_AGO)
    found = queries.about_child(person, by=worker, year=YEAR)
    assert found[-1].rule == "358" and found[-1].explanation == "The order was set aside by the court."
    assert {one.explanation for one in found[:-1]} == {""}
    page = client.get(f"{reverse('child_checks', args=[person.pk])}?year={YEAR}").content.decode()
    says = next(one.says for one in found if one.rule == "358")
    assert says in page and "set aside by the court" in page


def test_a_childs_own_page_leaves_out_what_judges_a_return_as_one(client, analyst):
    person = bring_in(client)
    Referral.objects.create(person=person, received_on=date(2025, 5, 1), source="1A", primary_need="N1")
    Disability.objects.create(person=person, code="MOB")
    worker = signed_in_as(client, Role.SOCIAL_WORKER, email="worker@northbrook.example")
    Allocation.objects.create(person=person, worker=worker, started_on=LONG_AGO)
    report = check(return_to_check("cin", YEAR, "999", by=analyst), return_="cin", year=YEAR)
    whole = {one.rule.code for one in report.with_status("findings") if one.rule.is_of_the_whole_return}
    assert "2887Q" in whole
    found = {one.rule for one in queries.about_child(person, by=worker, year=YEAR)}
    assert not whole & found


def test_a_check_that_goes_on_is_not_started_twice(client, analyst, monkeypatch):
    bring_in(client)
    monkeypatch.setattr(services, "run_check", SimpleNamespace(enqueue=lambda *_: None))
    first = services.ask("903", YEAR, "999", by=analyst)
    assert services.ask("903", YEAR, "999", by=analyst) == first
    CheckRun.objects.update(asked_at=timezone.now() - queries.ABANDONED)
    assert services.ask("903", YEAR, "999", by=analyst) != first


def test_a_check_that_fails_says_so_and_keeps_nothing(client, analyst, monkeypatch):
    bring_in(client)
    monkeypatch.setattr(services, "_check_record", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.run_check.call(
            services.CheckRun.objects.create(
                kind="903", year=YEAR, authority="999", source="record", by_id=analyst.pk
            ).pk
        )
    run = CheckRun.objects.latest("pk")
    assert run.state == CheckRun.State.FAILED
    assert "Kith met a fault" in client.get(reverse("check_run", args=[run.pk])).content.decode()


def test_files_too_large_or_not_scanned_clean_are_refused(client, analyst, settings):
    settings.LARGEST_UPLOAD = 10
    assert check_the_files(client).status_code == 413
    settings.LARGEST_UPLOAD = 10_000_000
    settings.SCAN_COMMAND = ["false"]
    answer = check_the_files(client)
    assert answer.status_code == 422
    assert "found something" in answer.content.decode()
    assert not CheckRun.objects.exists()
    assert Entry.objects.get(act="files_refused").actor_id == analyst.pk


def test_a_file_stored_under_another_name_covers_none_of_that_name(client, analyst):
    episodes, header = (file.read() for file in a_return(legal="J1"))
    sent = {"a.csv": header, "2-a.csv": episodes}
    files = [SimpleUploadedFile(name, content) for name, content in sent.items()]
    check_the_files(client, [*files, SimpleUploadedFile("a.csv", header.replace(b"C1", b"C2"))])
    assert CheckRun.objects.get().rows == 3


def test_the_form_asks_for_its_token_though_the_size_is_looked_at_first(analyst, settings):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(analyst, backend="django.contrib.auth.backends.ModelBackend")
    assert check_the_files(strict).status_code == 403


def test_the_page_that_sends_a_return_says_what_the_checks_say(client, analyst):
    bring_in(client, legal="J1")
    preview = {"which": f"903:{YEAR}", "authority": "999"}
    page = client.get(reverse("export_return"), preview).content.decode()
    assert "has not been checked" in page
    run = check_the_record(client)
    page = client.get(reverse("export_return"), preview).content.decode()
    assert run.message in page
    assert reverse("check_run", args=[run.pk]) in page


def restricted(person, custodian):
    Restriction.objects.create(
        person=person, kind="high_profile", reason="Kept close", custodian=custodian, placed_by=custodian
    )


def test_files_with_guessed_ids_tell_a_manager_nothing_of_a_restricted_child(client, analyst):
    person = bring_in(client, legal="J1")
    worker = User.objects.create_user("worker@northbrook.example", None, name="Ada Invented")
    Allocation.objects.create(
        person=person, worker=worker, team=Team.objects.create(name="Care team 2"), started_on=LONG_AGO
    )
    check_the_files(client)
    mine = CheckFinding.objects.get(run=CheckRun.objects.latest("pk"), rule="358")
    services.explain(mine, by=analyst, text="Known to the analyst alone.")
    restricted(person, analyst)
    manager = signed_in_as(client, Role.TEAM_MANAGER, email="manager@northbrook.example")
    check_the_files(client)
    run = CheckRun.objects.latest("pk")
    finding = CheckFinding.objects.get(run=run, rule="358")
    assert finding.fingerprint == mine.fingerprint
    pages = [f"{reverse('check_run', args=[run.pk])}?by={by}" for by in ("rule", "child", "team")]
    pages += [f"{reverse('check_findings', args=[run.pk])}?rule=358", reverse("check_csv", args=[run.pk])]
    pages.append(reverse("explain_finding", args=[finding.pk]))
    told = "".join(client.get(page).content.decode() for page in pages)
    assert "Care team 2" not in told and "Known to the analyst alone" not in told
    teams = queries.by_team(queries.seen_by(manager, run), to=manager)
    assert {team for team, _, _ in teams} == {queries.NOT_KNOWN}
    assert queries.of_team(queries.seen_by(manager, run), queries.NOT_KNOWN, to=manager).exists()
    assert client.get(reverse("finding_to_mend", args=[finding.pk])).status_code == 404
    client.post(reverse("withdraw_explanation", args=[finding.pk]))
    assert Explanation.objects.get().withdrawn_at is None
    findings = queries.seen_by(manager, run)
    assert queries.explained(findings, to=manager).count() == 0
    assert queries.not_explained(findings, to=manager).count() == findings.count()
    assert queries.explained(findings, to=analyst).count() == 1


def test_what_is_left_or_changed_tells_a_manager_nothing_of_a_restricted_child(client, analyst):
    person = bring_in(client, legal="J1")
    of_record = check_the_record(client)
    services.explain(CheckFinding.objects.get(run=of_record, rule="358"), by=analyst, text="Set aside.")
    manager = manager_of(client, person)
    assert queries.explained(queries.seen_by(manager, of_record), to=manager).count() == 1
    restricted(person, analyst)
    check_the_files(client)
    of_files = CheckRun.objects.latest("pk")
    page = client.get(reverse("check_run", args=[of_files.pk])).content.decode()
    assert "<dt>explained</dt><dd>0</dd>" in page and "every finding explained" not in page
    listed = reverse("check_findings", args=[of_files.pk])
    page = client.get(f"{listed}?rule=358").content.decode()
    assert "To mend or explain (1)" in page and "Explained (0)" in page
    for state, rows in (("left", 1), ("explained", 0), ("all", 1)):
        handed = client.get(f"{reverse('check_csv', args=[of_files.pk])}?rule=358&state={state}")
        found = list(csv.DictReader(io.StringIO(handed.content.decode("utf-8-sig"))))
        assert [(row["team"], row["explanation"]) for row in found] == [("", "")] * rows
    CheckFinding.objects.filter(run=of_record, rule="358").update(fingerprint="mended since")
    since = queries.since_last(check_the_record(client), to=manager)
    assert since and (since.run, since.gone, since.new) == (of_record, 0, 0)


def test_what_anothers_files_were_called_shows_to_nobody_who_may_not_send_returns(client, analyst):
    bring_in(client)
    broken = SimpleUploadedFile("Casey Fenn notes.csv", b"A,B\n1,2\n")
    check_the_files(client, [*a_return(legal="J1"), broken])
    page = reverse("check_run", args=[CheckRun.objects.latest("pk").pk])
    assert "Casey Fenn" in client.get(page).content.decode()
    signed_in_as(client, Role.TEAM_MANAGER, email="manager@northbrook.example")
    assert "Casey Fenn" not in client.get(page).content.decode()


@pytest.mark.parametrize("where", ["list", "by child", "explanation", "csv", "team csv"])
def test_whoever_reads_a_finding_about_a_child_is_written_down(client, analyst, where):
    person = bring_in(client, legal="J1")
    finding = CheckFinding.objects.get(run=check_the_record(client), rule="358")
    team = Team.objects.create(name="Care team 2")
    Allocation.objects.create(person=person, team=team, started_on=LONG_AGO)
    client.get({
        "list": f"{reverse('check_findings', args=[finding.run_id])}?rule=358",
        "by child": f"{reverse('check_run', args=[finding.run_id])}?by=child",
        "explanation": reverse("explain_finding", args=[finding.pk]),
        "csv": reverse("check_csv", args=[finding.run_id]),
        "team csv": f"{reverse('check_csv', args=[finding.run_id])}?team=Care team 2&state=left",
    }[where])  # fmt: skip
    entry = Entry.objects.get(act="finding_shown")
    assert (entry.actor_id, entry.person_id, entry.about["run"]) == (analyst.pk, person.pk, finding.run_id)


def test_old_checks_go_with_their_findings_and_what_explains_them_stays(client, analyst):
    bring_in(client, legal="J1")
    old = check_the_record(client)
    services.explain(CheckFinding.objects.get(run=old, rule="358"), by=analyst, text="It is right.")
    CheckRun.objects.filter(pk=old.pk).update(asked_at=timezone.now() - services.KEPT_FOR - timedelta(days=1))
    new = check_the_record(client)
    assert list(CheckRun.objects.all()) == [new]
    assert not CheckFinding.objects.filter(run_id=old.pk).exists()
    shown = queries.shown(CheckFinding.objects.filter(run=new, rule="358"), to=analyst)
    assert shown[0].explanation and shown[0].explanation.text == "It is right."
    assert Entry.objects.get(act="checks_no_longer_kept").about == {"runs": [old.pk]}


def test_one_persons_checks_push_out_their_own_alone(client, analyst, monkeypatch):
    monkeypatch.setattr(services, "MOST_OF_ONE_PERSON", 2)
    check_the_files(client)
    signed_in_as(client, Role.ANALYST, email="other@northbrook.example")
    for _ in range(3):
        check_the_files(client)
    kept = list(CheckRun.objects.order_by("pk").values_list("by_id", flat=True))
    assert kept.count(analyst.pk) == 1 and len(kept) == 3


def test_of_more_findings_than_are_kept_the_page_says_so(client, analyst, monkeypatch):
    monkeypatch.setattr(services, "MOST_KEPT", 1)
    answer = check_the_files(client)
    assert CheckFinding.objects.count() == 1
    assert "More was found than is kept" in client.get(answer["Location"]).content.decode()


def test_of_a_cell_as_long_as_a_book_the_beginning_is_kept(client, analyst):
    check_the_files(client, a_return(legal="J1", ethnicity="W" * 100_000))
    texts = [text for found in CheckFinding.objects.all() for _, text in found.values if text]
    assert "W" * services.VALUE_KEPT + "…" in texts
    assert max(map(len, texts)) == services.VALUE_KEPT + 1


@pytest.mark.parametrize("text, kept", [("J\x001", "J1"), (None, None), ("", ""), ("C2", "C2")])
def test_no_nul_is_kept_of_a_cell(text, kept):
    assert services._cut(text) == kept


def test_a_check_that_was_killed_says_so_and_its_page_rests(client, analyst):
    run = CheckRun.objects.create(
        kind="903", year=YEAR, source="record", by_id=analyst.pk, state=CheckRun.State.RUNNING
    )
    page = reverse("check_run", args=[run.pk])
    assert "by-itself" in client.get(page).content.decode()
    CheckRun.objects.update(asked_at=timezone.now() - queries.ABANDONED)
    answer = client.get(page).content.decode()
    assert "refresh" not in answer and "Kith was stopped" in answer


def test_how_a_rule_crashed_is_told_with_no_word_of_the_return():
    crashed = {"rule": "X", "result": "crashed", "not run because": "InvalidOperation: “Casey” is no day"}
    assert services._without_data(crashed)["not run because"] == "InvalidOperation"


def test_nothing_is_left_of_a_check_of_files_that_cannot_be_kept(client, analyst, monkeypatch):
    monkeypatch.setattr(services, "keep", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        check_the_files(client)
    assert not CheckRun.objects.exists()


def test_a_nul_in_what_is_asked_for_is_passed_over(client, analyst):
    bring_in(client, legal="J1")
    page = reverse("check_findings", args=[check_the_record(client).pk])
    answer = client.get(page, {"rule": "35\x008", "child": "C\x001"})
    assert answer.status_code == 200
    assert (answer.context["rule"], answer.context["child"]) == ("358", "C1")
    assert "Rule 358" in answer.content.decode()
