"""Documents: what a file is comes from its content; what is not whole or not safe is not kept."""

import hashlib
import io
import os
import time
import zipfile
from pathlib import Path
from random import Random

import pytest
from django.utils import timezone

from kith.record.access.services import place_restriction
from kith.record.audit.models import Entry
from kith.record.chronology.policies import NoChildren
from kith.record.documents import formats, policies, queries, services, storage
from kith.record.documents.models import Document
from kith.record.documents.policies import HalfAFile, NotAKindKept, NothingInIt, TooLarge
from kith.record.documents.storage import Damaged
from kith.record.people.models import Role
from kith.record.refusals import NotAllowed, NotPossible
from kith.record.tests.practice import acts_about, refused, told_of
from kith.record.versions import VersionClash

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 60 + b"\xff\xd9"


def packed(*names, content=b"<x/>", first=()):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, said in first:
            made.writestr(zipfile.ZipInfo(name), said)
        for name in names:
            made.writestr(name, content)
    return file.getvalue()


SPREADSHEET = packed("[Content_Types].xml", "xl/workbook.xml")
WORD = packed("[Content_Types].xml", "word/document.xml")
TIFF = b"II*\0" + (16).to_bytes(4, "little") + b"\0" * 8 + b"\x01\0" + b"\0" * 12 + b"\0" * 4
HEIC = b"\0\0\0\x10ftypheic\0\0\0\0" + b"\0\0\0\x10mdat" + b"\0" * 8
ODT = packed("content.xml", first=[("mimetype", "application/vnd.oasis.opendocument.text")])


def locked(content):
    """The same file as one locked with a password: the flag of each member in the list says so."""
    at = content.index(b"PK\x01\x02")
    return content[: at + 8] + b"\x01\x00" + content[at + 10 :]


def newer(content):
    """The same file as one that needs a program of the future to be unpacked."""
    at = content.index(b"PK\x01\x02")
    return content[: at + 6] + b"\xff\x00" + content[at + 8 :]


def add(by, *about, content=PDF, name="report.pdf", what="School report", **more):
    return services.add_document(about=about, content=[content], name=name, what=what, by=by, **more)


def kept(home):
    found = [path for path in (home / "documents").rglob("*") if path.is_file()]
    return [path for path in found if path.parent.name != "unnamed"]


def a_day_later(home):
    """Let a day and a minute pass for what lies under the home folder; how many contents then went."""
    for path in (home / "documents").rglob("*"):
        then = path.stat().st_mtime - 24 * 3600 - 60
        os.utime(path, (then, then))
    return services.sweep()


def test_one_document_stands_on_each_childs_file(worker, amira, twin, home):
    added = add(worker, amira, twin, who_from="Elm Road School", is_from_third_party=True)
    for child in (amira, twin):
        on_file = queries.documents_of([child.pk])[0]
        assert (on_file.document, on_file.about) == (added, {amira.pk, twin.pk})
        assert acts_about(child) == ["add_document"]
    assert len(kept(home)) == 1


def test_a_story_says_that_there_is_one_and_not_what(worker, amira):
    add(worker, amira, what="What Adam's school says of both")
    assert told_of(amira) == [(timezone.localdate(), "document", "Document added")]


def test_a_file_sent_twice_is_one_document(worker, amira, twin):
    once = add(worker, amira, twin)
    assert add(worker, amira, twin) == once
    assert len(queries.documents_of([amira.pk])) == 1
    others = [
        add(worker, amira),
        add(worker, amira, twin, what="Letter"),
        add(worker, amira, twin, who_from="GP"),
    ]
    assert len({once.pk, *(one.pk for one in others)}) == 4


def test_the_same_content_lies_once(worker, amira, twin, home):
    first, second = add(worker, amira), add(worker, twin, what="The same again")
    assert first.sha256 == second.sha256
    assert [path.stat().st_mode & 0o777 for path in kept(home)] == [0o600]


@pytest.mark.parametrize(
    ("content", "name", "words", "file_name"),
    [
        (PDF, "report.pdf", "PDF", "report.pdf"),
        (JPEG + b"\0\0", "drawing.JPEG", "photo (JPEG)", "drawing.jpg"),  # phones pad the end
        (PNG, "drawing", "picture (PNG)", "drawing.png"),
        (WORD, "letter.docx", "Word document", "letter.docx"),
        (ODT, "letter.odt", "text (OpenDocument)", "letter.odt"),
        (SPREADSHEET, "report.pdf", "spreadsheet", "report.xlsx"),  # a spreadsheet in disguise
        (PDF, "pay.exe", "PDF", "pay.pdf"),
        ("Grüße".encode(), "said.csv", "text", "said.txt"),
        (TIFF, "scan.tiff", "scan (TIFF)", "scan.tif"),
        (HEIC, "IMG_1.HEIC", "photo (HEIC)", "IMG_1.heic"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "old.xls", "older Office file", "old.xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "old.exe", "older Office file", "old.doc"),
    ],
)
def test_what_a_file_is_comes_from_its_content(worker, amira, content, name, words, file_name):
    added = add(worker, amira, content=content, name=name)
    known = {one.format: one for one in formats.formats()}
    assert (known[added.format].words, added.file_name) == (words, file_name)


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0\x03" + b"\0" * 60,  # a Windows program
        b"\x7fELF" + b"\0" * 60,
        b"#!/bin/sh\nrm -rf /\n",
        b"<html><script>alert(1)</script>",
        b"\xef\xbb\xbf<!DOCTYPE html>",
        b"<svg onload=alert(1)>",
        packed("a.txt"),  # only packed: nobody can see what is in it
        packed("word/document.xml", "word/vbaProject.bin"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"),
        packed("xl/workbook.xml", content=b"\0" * 40_000_000),  # unpacks to a thousand times its size
        packed(*(f"word/{number}" for number in range(6_000)), "word/document.xml"),
        b"\x00\x01\x02\x03",
        b"\xff\xfe\x00\x00\x01\x00",
        "<html><script>".encode("utf-16"),
        PDF + packed("xl/workbook.xml"),  # a reader of pages and a program that unpacks each see their own
        JPEG + packed("a.exe"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        locked(SPREADSHEET),
        newer(SPREADSHEET),
    ],
    ids=[
        "program", "elf", "script", "page", "page with a mark", "picture that runs", "packed", "macros",
        "old macros", "bomb", "many", "noise", "no letters",
        "page in another writing", "pdf and packed", "photo and packed", "locked old", "locked", "newer",
    ],
)  # fmt: skip
def test_what_is_not_kept(worker, amira, home, content):
    with refused(NotAKindKept, "not kept"):
        add(worker, amira, content=content, name="letter.pdf")
    assert (kept(home), Document.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "content",
    [PDF[:-8], PNG[:40], JPEG[:30], WORD[: len(WORD) // 2], ODT[:-10], TIFF[:20], HEIC[:-4]],
    ids=["pdf", "png", "jpeg", "word", "odt", "tiff", "heic"],
)
def test_half_a_file_is_not_kept(worker, amira, home, content):
    with refused(HalfAFile, "end of this file is missing"):
        add(worker, amira, content=content)
    assert kept(home) == []


def test_ten_megabytes_are_kept_and_one_byte_more_is_not(worker, amira, home):
    filling = policies.LARGEST - len(PDF)
    whole = PDF[:9] + b"\n" * filling + PDF[9:]
    assert add(worker, amira, content=whole).size == policies.LARGEST
    with refused(TooLarge, "larger than 10 MB"):
        add(worker, amira, content=whole + b"\n")
    assert len(kept(home)) == 1


def test_one_too_large_is_not_read_to_its_end(worker, amira):
    read = []

    def endless():
        while True:
            read.append(1)
            yield b"x" * 1024 * 1024

    with refused(TooLarge, "."):
        services.add_document(about=[amira], content=endless(), name="a", what="A film", by=worker)
    assert len(read) == 11


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ("Zoë said".encode(), "utf-8"),
        ("Zoë said".encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + "Zoë said".encode("utf-16-be"), "utf-16"),
        ("Zoë’s £5".encode("cp1252"), "windows-1252"),
    ],
)
def test_text_in_an_old_writing_is_kept_as_it_came_and_says_how_to_read_it(worker, amira, content, charset):
    added = add(worker, amira, content=content, name="log.txt")
    assert added.content_type == f"text/plain; charset={charset}"
    assert services.take_away(queries.documents_of([amira.pk])[0], person=amira, by=worker) == content


def test_why_a_file_is_not_kept_is_said_as_it_is(worker, amira):
    with refused(NotAKindKept, "packed in a way"):
        add(worker, amira, content=newer(SPREADSHEET))
    with refused(NotAKindKept, "locked with a password"):
        add(worker, amira, content=locked(SPREADSHEET))
    with refused(NotAKindKept, "two files in one"):
        add(worker, amira, content=PDF + packed("xl/workbook.xml"))


@pytest.mark.parametrize("whole", [WORD, ODT, SPREADSHEET, PDF, PNG, TIFF, HEIC], ids=len)
def test_no_damage_to_a_file_is_more_than_a_refusal(whole, tmp_path):
    random = Random(7)
    for _ in range(150):
        damaged = bytearray(whole[: random.randrange(1, len(whole) + 1)])
        for _ in range(random.randrange(4)):
            damaged[random.randrange(len(damaged))] = random.randrange(256)
        path = tmp_path / "file"
        path.write_bytes(damaged)
        try:
            formats.format_of(path, timezone.localdate())
        except NotPossible:
            continue


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\boot.ini", "boot.pdf"),
        ("C:\\Users\\Me\\Letter to Mum.pdf", "Letter to Mum.pdf"),
        ("report\u202efdp.exe", "reportfdp.pdf"),  # written to be read from the right
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ('say "hi".pdf', "say hi.pdf"),
        ("", "document.pdf"),
        ("...", "document.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("n" * 400 + ".pdf", "n" * 100 + ".pdf"),
        ("report.pdf.exe", "report pdf.pdf"),
        ("naïve-Łódź.pdf", "naïve-Łódź.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
    ],
)
def test_hostile_names_are_made_safe(name, safe):
    assert policies.safe_name(name, "pdf") == safe


def test_an_empty_file_and_a_nameless_one_are_refused(worker, amira):
    with refused(NothingInIt, "nothing in this file"):
        add(worker, amira, content=b"")
    with refused(NothingInIt, "what this is"):
        add(worker, amira, what=" ")
    with refused(NoChildren, "No child"):
        add(worker)


def test_who_may_not_add(stranger, analyst, worker, amira, home, someone):
    for who in (stranger, analyst):
        with pytest.raises(NotAllowed):
            add(who, amira)
    with pytest.raises(NotAllowed):
        add(worker, amira, someone("Una", "Other"))
    assert kept(home) == []


def test_content_of_a_document_that_could_not_be_written_goes_after_a_day(worker, amira, home, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the database is away")

    monkeypatch.setattr(services, "enter_matter", broken)
    with pytest.raises(RuntimeError):
        add(worker, amira)
    assert (services.sweep(), len(kept(home))) == (0, 1)  # another may be bringing the same
    assert a_day_later(home) == 1
    assert (kept(home), services.sweep()) == ([], 0)


def test_a_second_upload_of_the_same_keeps_its_content_when_the_first_fails(
    worker, amira, twin, home, monkeypatch
):
    with monkeypatch.context() as failing:

        def fails_while_another_brings_it(*args, **kwargs):
            storage.keep(another)
            raise RuntimeError("the database is away")

        another = home / "the same"
        another.write_bytes(PDF)
        failing.setattr(services, "enter_matter", fails_while_another_brings_it)
        with pytest.raises(RuntimeError):
            add(worker, amira)
    assert storage.read(hashlib.sha256(PDF).hexdigest()) == PDF


def test_a_sweep_leaves_what_is_brought_again_or_named_while_it_sweeps(worker, amira, home, tmp_path):
    path = tmp_path / "file"
    sha256 = hashlib.sha256(PDF).hexdigest()

    def bring_again(_):
        path.write_bytes(PDF)
        storage.keep(path)
        return False

    def name(_):
        storage.is_named_now(sha256)
        return False

    bring_again("")
    for meanwhile in (bring_again, name):
        old = time.time() - 100_000
        os.utime(home / "documents" / "unnamed" / sha256, (old, old))
        assert storage.sweep(meanwhile, older_than=time.time() - 1_000) == 0
        assert storage.read(sha256) == PDF


def test_what_a_document_names_is_never_swept(worker, amira, home, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        add(worker, amira)
    assert not [*(home / "documents" / "unnamed").iterdir()]
    add(worker, amira)  # as if Kith stopped before it could take the mark away
    assert (a_day_later(home), len(kept(home))) == (0, 1)
    assert not [*(home / "documents" / "unnamed").iterdir()]


def test_what_an_upload_that_was_cut_off_left_goes_too(home):
    half = home / "documents" / "arriving-1"
    half.mkdir(parents=True)
    (half / "file").write_bytes(b"%PDF-")
    assert a_day_later(home) == 0
    assert not half.exists()


def test_content_that_another_document_names_stays(worker, amira, home, monkeypatch):
    add(worker, amira)
    monkeypatch.setattr(services, "enter_matter", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add(worker, amira, what="Another")
    assert len(kept(home)) == 1


def test_a_document_is_read_whole_and_that_is_written_down(worker, amira):
    add(worker, amira)
    on_file = queries.documents_of([amira.pk])[0]
    assert services.take_away(on_file, person=amira, by=worker) == PDF
    assert Entry.objects.filter(act="document_taken", person_id=amira.pk, actor_id=worker.pk).count() == 1


def test_a_damaged_file_is_never_given_out(worker, amira, home):
    add(worker, amira)
    kept(home)[0].write_bytes(b"%PDF- something else")
    with refused(Damaged, "damaged"):
        services.take_away(queries.documents_of([amira.pk])[0], person=amira, by=worker)


def test_who_may_not_read(worker, stranger, manager, staff, amira, twin):
    add(worker, amira, twin)
    on_file = queries.documents_of([amira.pk])[0]
    with pytest.raises(NotAllowed):
        services.take_away(on_file, person=amira, by=stranger)
    place_restriction(
        twin, by=manager, kind="hidden_address", reason="Hidden", custodian=staff(Role.CUSTODIAN)
    )
    with refused(NotAllowed, "held back"):  # what it says of him would be read too
        services.take_away(on_file, person=amira, by=worker)


def test_it_is_taken_off_the_file_of_somebody_it_is_not_about(worker, amira, twin):
    add(worker, amira, twin)
    part = queries.documents_of([amira.pk])[0].part
    with refused(NotPossible, "reason"):
        services.take_off(part=part, because="", by=worker)
    services.take_off(part=part, because="It is Adam's", by=worker)
    assert queries.documents_of([amira.pk]) == []
    assert len(queries.documents_of([twin.pk])) == 1
    assert told_of(amira) == []
    assert acts_about(amira) == ["add_document", "take_document_off"]
    with pytest.raises(VersionClash):
        services.take_off(part=part, because="Again", by=worker)


def test_a_file_is_scanned_before_it_is_read(worker, amira, home, monkeypatch):
    order = []
    monkeypatch.setattr(storage, "check_clean", lambda folder: order.append("scanned"))
    real = formats.format_of
    monkeypatch.setattr(services, "format_of", lambda *given: order.append("read") or real(*given))
    add(worker, amira)
    assert order == ["scanned", "read"]
    assert not [path for path in Path(home / "documents").iterdir() if path.name.startswith("arriving")]
