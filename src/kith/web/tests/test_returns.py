"""Returns through the client: bringing in, looking, watching, what came of it, undoing, and sending."""

import csv
import io
import json
import sys
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.record.access.models import Restriction
from kith.record.audit.models import Batch, Entry
from kith.record.care.models import PeriodOfCare
from kith.record.importer.alive import sign_of_life
from kith.record.importer.lock import only_one
from kith.record.importer.models import Difference, ImportJob
from kith.record.people.models import Identifier, Person, Role, User, UserRole
from kith.web.returns.results import harmless

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.localdate() - timedelta(days=400)
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
STATE = ImportJob.State


def signed_in_as(client, *roles, email="analyst@northbrook.example"):
    user = User.objects.create_user(email, "river-stone-lamp", name="Mei Tanaka")
    for role in roles:
        UserRole.objects.create(user=user, role=role, started_on=LONG_AGO)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def analyst(client):
    return signed_in_as(client, Role.ANALYST)


def episode(child, start="01/05/2018", end="", reason=""):
    return f"{child},{start},S,C2,N1,U1,PR1,{end},{reason},,AB1 2CD,EF3 4GH,SC123456"


def a_return(*episodes):
    rows = [EPISODES, *(episodes or (episode("C1"),))]
    return [
        SimpleUploadedFile("episodes.csv", "\n".join(rows).encode()),
        SimpleUploadedFile("header.csv", f"{HEADER}\nC1,1,05/06/2010,WBRI,,,\n".encode()),
    ]


def send(client, files, **answers):
    return client.post(
        reverse("import_new"), {"chosen": files, "authority": "999", "year": "2018-19", **answers}
    )


def brought_in(client, *episodes):
    """The batch of a small return that was received and brought in."""
    send(client, a_return(*episodes))
    job = ImportJob.objects.latest("pk")
    client.post(reverse("import_start", args=[job.pk]))
    return Batch.objects.latest("pk")


# Bringing in


def test_an_empty_list_says_what_will_be_here_and_how_it_comes(client, analyst):
    said = client.get(reverse("returns")).content.decode()
    assert "No return has been brought in yet." in said
    assert reverse("import_new") in said
    assert reverse("export_return") in said


def test_an_administrator_may_bring_in_and_is_not_offered_to_send(client):
    signed_in_as(client, Role.ADMINISTRATOR)
    assert reverse("export_return") not in client.get(reverse("returns")).content.decode()
    assert client.get(reverse("export_return")).status_code == 403


@pytest.mark.parametrize("name", ["returns", "import_new", "export_return"])
def test_somebody_without_the_power_may_not(client, name):
    signed_in_as(client, Role.SOCIAL_WORKER)
    assert client.get(reverse(name)).status_code == 403


def test_somebody_without_the_power_may_not_see_what_another_sent(client, analyst):
    send(client, a_return())
    job = ImportJob.objects.get()
    signed_in_as(client, Role.SOCIAL_WORKER, email="worker@northbrook.example")
    assert client.get(reverse("import_look", args=[job.pk])).status_code == 403
    assert client.post(reverse("import_start", args=[job.pk])).status_code == 403
    assert client.post(reverse("import_throw_away", args=[job.pk])).status_code == 403
    assert ImportJob.objects.get().state == STATE.RECEIVED


def test_files_are_recognised_and_nothing_is_written(client, analyst):
    answer = send(client, a_return())
    job = ImportJob.objects.get()
    assert answer["Location"] == reverse("import_look", args=[job.pk])
    said = client.get(answer["Location"]).content.decode()
    assert "SSDA903 2018-19" in said
    assert "episodes.csv" in said
    assert "Nothing has been written yet" in said
    assert not Batch.objects.exists()
    assert not Identifier.objects.exists()
    assert job.description == "SSDA903 2018-19"


def test_bringing_in_ends_in_six_counts_that_add_up(client, analyst):
    send(client, a_return(episode("C1"), episode("C2", "31/31/2018")))
    job = ImportJob.objects.get()
    started = client.post(reverse("import_start", args=[job.pk]))
    ended = client.get(started["Location"])
    batch = Batch.objects.get()
    assert ended["Location"] == reverse("import_done", args=[batch.pk])
    page = client.get(ended["Location"])
    counts = page.context["counts"]
    assert (counts.read, counts.added, counts.rejected) == (3, 2, 1)
    assert counts.read == sum(each.read for _, each in page.context["files"])
    assert counts.read == sum(each.read for _, each in page.context["by_return"])
    assert "31/31/2018" in page.content.decode()  # the reason names what was written
    assert "SSDA903 2018-19" in client.get(reverse("returns")).content.decode()


def test_the_same_files_twice_are_one_import(client, analyst):
    batch = brought_in(client)
    answer = send(client, a_return())
    page = client.get(answer["Location"], follow=True)
    assert page.redirect_chain[-1][0] == reverse("import_done", args=[batch.pk])
    assert "were brought in before" in page.content.decode()
    assert Batch.objects.count() == 1


def test_the_same_files_twice_before_a_decision_are_one_job(client, analyst):
    first, second = send(client, a_return()), send(client, a_return())
    assert first["Location"] == second["Location"]
    client.post(reverse("import_start", args=[ImportJob.objects.get().pk]))
    client.post(reverse("import_start", args=[ImportJob.objects.get().pk]))
    assert Batch.objects.count() == 1


def test_files_can_be_thrown_away(client, analyst):
    send(client, a_return())
    page = client.post(reverse("import_throw_away", args=[ImportJob.objects.get().pk]), follow=True)
    assert "thrown away" in page.content.decode()
    assert not ImportJob.objects.exists()


def test_what_is_missing_is_said_beside_the_field(client, analyst):
    page = client.post(reverse("import_new"), {"authority": "Northbrook", "year": "2018-20"})
    errors = page.context["form"].errors
    assert set(errors) == {"chosen", "authority", "year"}
    assert page.status_code == 422
    assert page.content.decode().count("There is a problem") == 1


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("episodes.csv", b"", "The file is empty"),
        ("episodes.csv", b"PK\x03\x04" + b"\x00" * 90, "spreadsheet or zip file under another name"),
        ("episodes.xlsx", b"PK\x03\x04" + b"\x00" * 90, ""),
        ("returns.zip", b"PK\x03\x04" + b"\x00" * 90, "zip file is damaged"),
        ("photo.jpg", b"\xff\xd8\xff\xe0", "no CSV, XML or zip file in what you sent"),
        ("../../../etc/passwd.csv", b"not,a,return\n1,2,3\n", ""),
        ("a<script>alert(1)</script>.csv", b"not,a,return\n1,2,3\n", ""),
        (("x" * 240) + ".csv", b"\x00\x01\x02", ""),
        ("bomb.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><Message>&b;</Message>', ""),
    ],
)
def test_files_that_nobody_can_read_are_told_with_what_to_do(client, analyst, settings, name, content, says):
    answer = send(client, [SimpleUploadedFile(name, content)])
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    said = page.content.decode()
    assert page.context["look"].fault
    assert says in said
    assert "Bring these in" not in said
    assert "<script>alert" not in said
    assert str(settings.HOME) not in said
    assert ImportJob.objects.get().key not in said


def test_a_good_file_comes_in_beside_one_that_cannot_be_read(client, analyst):
    answer = send(client, [*a_return(), SimpleUploadedFile("reviews.csv", b"")])
    page = client.get(answer["Location"])
    assert page.context["look"].problems == 1
    assert "Bring these in" in page.content.decode()


def test_two_years_put_together_are_pointed_out(client, analyst):
    twice = [*a_return(), SimpleUploadedFile("episodes.csv", f"{EPISODES}\n{episode('C9')}".encode())]
    said = client.get(send(client, twice)["Location"]).content.decode()
    assert "2 files hold Episodes" in said
    assert "zip the folders" in said


def test_a_folder_comes_with_its_paths(client, analyst):
    folder = [
        SimpleUploadedFile("episodes.csv", f"{EPISODES}\n{episode('C1', start, end, 'X1')}\n".encode())
        for start, end in (("01/05/2017", "01/06/2017"), ("01/05/2018", "01/06/2018"))
    ]
    paths = json.dumps(["ours/2018/episodes.csv", "ours/2019/episodes.csv"])
    answers = {"folder": folder, "paths": paths, "authority": "999"}
    answer = client.post(reverse("import_new"), answers)
    look = client.get(answer["Location"]).context["look"]
    assert [seen.title for seen in look.returns] == ["SSDA903 2017-18", "SSDA903 2018-19"]
    assert look.in_words() == "SSDA903 2017-18 to 2018-19"


@pytest.mark.parametrize(
    "paths", ["[", '{"a": 1}', "[1, 2]", '["one.csv"]', "[" * 3000, '["../../x", "/etc/y"]']
)
def test_paths_that_do_not_fit_are_no_harm(client, analyst, settings, paths):
    answers = {"folder": a_return(), "paths": paths, "authority": "999"}
    assert client.post(reverse("import_new"), answers).status_code == 302
    assert ImportJob.objects.get().folder.startswith(str(settings.HOME))


def test_one_year_for_two_returns_is_refused_in_words(client, analyst):
    files = [
        SimpleUploadedFile(f"{year}-episodes.csv", f"{EPISODES}\n{episode('C1')}".encode())
        for year in (2018, 2019)
    ]
    said = client.get(send(client, files)["Location"]).content.decode()
    assert "One year was given, but there are 2 returns here" in said


def test_too_much_is_refused_before_it_is_read(client, analyst, settings):
    settings.LARGEST_UPLOAD = 100
    answer = send(client, a_return())
    assert answer.status_code == 413
    assert "the most that is sent at once" in answer.content.decode()
    assert not ImportJob.objects.exists()


def test_three_hundred_files_come_in_and_more_than_allowed_are_refused_in_words(client, analyst, settings):
    many = [SimpleUploadedFile(f"{n}.txt", b"nothing") for n in range(300)]
    assert send(client, many).status_code == 302
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 50
    answer = send(client, many)
    assert answer.status_code == 413
    assert "More than 50 files" in answer.content.decode()


def test_a_form_from_another_site_is_refused():
    strict = Client(enforce_csrf_checks=True)
    signed_in_as(strict, Role.ANALYST)
    assert send(strict, a_return()).status_code == 403
    assert not ImportJob.objects.exists()


def test_the_authority_is_filled_in_only_where_there_is_one(client, analyst):
    assert "authority" not in client.get(reverse("import_new")).context["form"].initial
    brought_in(client)
    assert client.get(reverse("import_new")).context["form"].initial == {"authority": "999"}
    child = Identifier.current.get(kind="child_id").person
    Identifier.objects.create(
        person=child, kind="child_id", authority="998", value="Z1", recorded_at=timezone.now()
    )
    assert client.get(reverse("import_new")).context["form"].initial == {}


# Watching


def test_progress_is_shown_with_and_without_scripts(client, analyst):
    send(client, a_return())
    job = ImportJob.objects.get()
    ImportJob.objects.update(state=STATE.RUNNING, stage="Reading rows", done=40, of=120)
    address = reverse("import_progress", args=[job.pk])
    with sign_of_life(job.pk):
        page = client.get(address).content.decode()
        part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Reading rows" in page
    assert "40 of 120" in page
    assert 'http-equiv="refresh"' in page  # for a browser that runs no scripts
    assert "40 of 120" in part
    assert "<html" not in part
    ImportJob.objects.update(state=STATE.RECEIVED)
    onward = client.get(address, headers={"HX-Request": "true"})
    assert onward["HX-Redirect"] == reverse("import_look", args=[job.pk])


def test_a_second_import_waits_for_the_first_and_says_so(client, analyst):
    send(client, a_return())
    job = ImportJob.objects.get()
    ImportJob.objects.update(state=STATE.WAITING)
    other = ImportJob.objects.create(key="other", description="SSDA903 2016-17", state=STATE.RUNNING)
    address, waits = reverse("import_progress", args=[job.pk]), "It waits until another has ended: SSDA903"
    with sign_of_life(other.pk):
        assert waits in client.get(address).content.decode()
    assert waits not in client.get(address).content.decode()  # whoever ran it was killed


def test_two_at_once_are_told_kindly_and_can_be_tried_again(client, analyst):
    send(client, a_return())
    job = ImportJob.objects.get()
    with only_one("an import at the terminal"):
        page = client.post(reverse("import_start", args=[job.pk]), follow=True).content.decode()
    assert "Another import is at work: an import at the terminal" in page
    assert "Try again" in page
    assert "Could not be done" in client.get(reverse("returns")).content.decode()
    client.post(reverse("import_start", args=[job.pk]))
    assert Batch.objects.count() == 1


def test_files_of_an_import_that_was_killed_can_be_thrown_away(client, analyst):
    send(client, a_return())
    job = ImportJob.objects.get()
    ImportJob.objects.update(state=STATE.RUNNING)
    address = reverse("import_throw_away", args=[job.pk])
    assert address in client.get(reverse("import_progress", args=[job.pk])).content.decode()
    with sign_of_life(job.pk):
        assert client.post(address).status_code == 409
    assert client.post(address).status_code == 302
    assert not ImportJob.objects.exists()


def test_files_that_the_scan_refuses_are_refused_in_plain_words(client, analyst, settings):
    settings.SCAN_COMMAND = [sys.executable, "-c", "import sys; sys.exit(1)"]
    answer = send(client, a_return())
    assert answer.status_code == 422
    assert "The scan for harmful programs found something in what you sent" in answer.content.decode()
    assert not ImportJob.objects.exists()


@pytest.mark.parametrize("length", ["many", "-1", "1e3", "٣", " "])
def test_a_length_that_is_no_number_is_a_bad_request(client, analyst, length):
    answer = client.post(reverse("import_new"), CONTENT_LENGTH=length)
    assert answer.status_code == 400
    assert "Kith could not read what was sent" in answer.content.decode()


def test_an_import_that_was_killed_says_so_and_can_be_tried_again(client, analyst):
    send(client, a_return())
    job = ImportJob.objects.get()
    ImportJob.objects.update(state=STATE.RUNNING)
    said = client.get(reverse("import_progress", args=[job.pk])).content.decode()
    assert "Kith was stopped while it was at work" in said
    assert 'http-equiv="refresh"' not in said
    client.post(reverse("import_start", args=[job.pk]))
    assert Batch.objects.count() == 1


# What came of it


def test_what_was_left_out_is_listed_paged_and_downloaded(client, analyst):
    batch = brought_in(client, *(episode(f"C{n}", "31/31/2018") for n in range(60)), episode("C1"))
    page = client.get(reverse("import_list", args=[batch.pk, "rejected"]))
    assert page.context["page"].paginator.num_pages == 2
    answer = client.get(reverse("import_csv", args=[batch.pk, "rejected"]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["File", "Line", "Column", "Why"]
    assert len(rows) == 61
    assert rows[1][:3] == ["episodes.csv", "2", "DECOM"]
    assert Entry.objects.get(act="import_list_taken").about == {"batch": batch.pk, "list": "rejected"}


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "|calc", "%0A", "\u00a0=1", "＝1+1"]
)
def test_a_download_holds_no_formula(cell):
    assert harmless(cell) == f"'{cell}"
    assert harmless("C1") == "C1"
    assert harmless(12) == 12


def test_a_childs_id_that_is_a_formula_is_downloaded_as_text(client, analyst):
    batch = brought_in(client, episode("=CMD()", "01/05/2018", "01/04/2018", "X1"), episode("C1"))
    rows = client.get(reverse("import_csv", args=[batch.pk, "not-given-back"])).content.decode()
    assert ",=CMD" not in rows


def test_a_list_that_is_none_and_an_import_that_is_none_are_not_found(client, analyst):
    batch = brought_in(client)
    played = Batch.objects.create(started_at=timezone.now(), description="not an import")
    for address in (
        reverse("import_list", args=[batch.pk, "secrets"]),
        reverse("import_csv", args=[batch.pk, "secrets"]),
        reverse("import_done", args=[played.pk]),
        reverse("import_undo", args=[played.pk]),
        reverse("import_look", args=[10**9]),
    ):
        assert client.get(address).status_code == 404


def test_differences_are_written_down_and_a_restricted_childs_are_not_told(client, analyst):
    batch = brought_in(client)
    child = Identifier.current.get(kind="child_id", value="C1").person
    Difference.objects.create(
        batch=batch, person=child, fact_table="care.placement", fact_thread=1, text="the record has XY1 2ZZ"
    )
    address = reverse("import_list", args=[batch.pk, "different"])
    assert "XY1 2ZZ" in client.get(address).content.decode()
    assert Entry.objects.filter(act="name_shown", person_id=child.pk, actor_id=analyst.pk).count() == 1
    client.get(reverse("import_done", args=[batch.pk]))
    client.get(reverse("import_csv", args=[batch.pk, "different"]))
    assert Entry.objects.filter(act="name_shown", person_id=child.pk, actor_id=analyst.pk).count() == 3
    Restriction.objects.create(person=child, kind="police", reason="r", custodian=analyst, placed_by=analyst)
    said = client.get(address).content.decode()
    assert "XY1 2ZZ" not in said
    assert "Ask its custodian" in said


# Undoing


def test_an_undo_asks_why_and_then_says_who_undid_it(client, analyst):
    batch = brought_in(client)
    address = reverse("import_undo", args=[batch.pk])
    assert "will no longer count" in client.get(address).content.decode()
    assert "Write why" in client.post(address, {"reason": " "}).content.decode()
    page = client.post(address, {"reason": "The wrong authority"}, follow=True).content.decode()
    batch.refresh_from_db()
    assert batch.undone_at
    assert "Mei Tanaka took this import out again" in page
    assert "Undo this import" not in page
    assert Entry.objects.get(act="import_undone").about["reason"] == "The wrong authority"
    assert client.post(address, {"reason": "Again"})["Location"] == reverse("import_done", args=[batch.pk])
    assert "Undone" in client.get(reverse("returns")).content.decode()


# Sending


def test_there_is_nothing_to_send_from_an_empty_record(client, analyst):
    said = client.get(reverse("export_return")).content.decode()
    assert "There is no return to send yet." in said


def choice(**more):
    return {"which": "903:2019", "authority": "999", **more}


def test_what_will_be_sent_is_shown_in_numbers(client, analyst):
    brought_in(client)
    page = client.get(reverse("export_return"), choice())
    assert ("Episodes", 1) in page.context["filled"]
    assert page.context["held"].children == 1
    assert not Entry.objects.filter(act="return_exported").exists()


def test_a_return_is_downloaded_as_csv_files_and_the_audit_keeps_why(client, analyst):
    brought_in(client)
    answer = client.post(reverse("export_return"), choice(form="csv", reason="For the collection"))
    assert answer["Content-Disposition"] == 'attachment; filename="ssda903-2018-19-999.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "C1,01/05/2018,S,C2,N1" in archive.read("episodes.csv").decode()
    about = Entry.objects.get(act="return_exported").about
    assert (about["reason"], about["year"], about["kind"]) == ("For the collection", 2019, "903")


def test_a_return_is_downloaded_as_xml(client, analyst):
    brought_in(client)
    answer = client.post(reverse("export_return"), choice(form="xml", reason="For the collection"))
    assert answer["Content-Disposition"].endswith('.xml"')
    assert b"<EXPSSDA903>" in answer.content


CENSUS = """<?xml version="1.0"?>
<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2022</Year>
<ReferenceDate>2022-03-31</ReferenceDate></CollectionDetails><Source><LEA>999</LEA></Source></Header>
<Children><Child><ChildIdentifiers><LAchildID>C7</LAchildID><PersonBirthDate>2012-03-27</PersonBirthDate>
<GenderCurrent>1</GenderCurrent></ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity>
</ChildCharacteristics><CINdetails><CINreferralDate>2021-08-26</CINreferralDate>
<ReferralSource>1A</ReferralSource><PrimaryNeedCode>N4</PrimaryNeedCode><ReferralNFA>0</ReferralNFA>
</CINdetails></Child></Children></Message>"""


def test_a_census_comes_in_and_goes_out_as_xml(client, analyst):
    sent = send(client, [SimpleUploadedFile("census.xml", CENSUS.encode())], year="")
    assert "CIN census 2021-22" in client.get(sent["Location"]).content.decode()
    client.post(reverse("import_start", args=[ImportJob.objects.get().pk]))
    asked = {"which": "cin:2022", "authority": "999"}
    page = client.get(reverse("export_return"), asked)
    assert 'type="radio"' not in page.content.decode()  # a census is XML: there is no choice to make
    answer = client.post(reverse("export_return"), {**asked, "form": "xml", "reason": "For the census"})
    assert answer["Content-Disposition"] == 'attachment; filename="cin-census-2021-22-999.xml"'
    assert b"<LAchildID>C7</LAchildID>" in answer.content


def test_nothing_is_sent_without_a_reason_and_a_form(client, analyst):
    brought_in(client)
    page = client.post(reverse("export_return"), choice())
    assert set(page.context["form"].errors) == {"form", "reason"}
    assert not Entry.objects.filter(act="return_exported").exists()


@pytest.mark.parametrize("asked", [{"which": "903:1066"}, {"which": "secrets"}, {"authority": "../998"}])
def test_only_a_return_that_is_held_can_be_asked_for(client, analyst, asked):
    brought_in(client)
    assert client.get(reverse("export_return"), choice(**asked)).status_code == 422
    answer = client.post(reverse("export_return"), choice(form="csv", reason="r", **asked))
    assert answer.status_code == 422
    assert not Entry.objects.filter(act="return_exported").exists()


def test_whoever_takes_a_restricted_childs_rows_away_is_told(client, analyst):
    brought_in(client)
    child = Identifier.current.get(kind="child_id", value="C1").person
    Restriction.objects.create(person=child, kind="police", reason="r", custodian=analyst, placed_by=analyst)
    assert "restricted record" in client.get(reverse("export_return"), choice()).content.decode()


def test_who_may_not_open_the_records_they_brought_in_is_told_who_may(client, analyst):
    brought_in(client)
    page = client.get(reverse("import_done", args=[Batch.objects.get().pk])).content.decode()
    assert "You may bring files in, but not open the records they tell of" in page
    assert "front door and duty worker, team manager, head of service or director" in page


def years_offered(client):
    form = client.get(reverse("export_return")).context["form"]
    return [value for value, _ in form.fields["which"].choices if value]


def test_no_year_is_offered_of_which_no_file_came(client, analyst):
    brought_in(client, episode("C1", "01/05/1985"), episode("C2", "01/05/2018"))
    assert years_offered(client) == ["903:2019"]


def test_a_year_in_which_something_was_written_here_is_offered(client, analyst):
    brought_in(client)
    typed = date(2017, 6, 1)
    PeriodOfCare.objects.create(
        person=Person.objects.get(), started_on=typed, ended_on=typed, end_reason="E4A"
    )
    assert years_offered(client) == ["903:2019", "903:2018"]


def test_the_years_offered_end_with_the_last_that_was_told_of(client, analyst):
    brought_in(client, episode("C1", "01/05/2018"))  # still open today, as far as the record knows
    offered = [
        value for value, _ in client.get(reverse("export_return")).context["form"].fields["which"].choices
    ]
    assert offered == ["", "903:2019"]
