"""Opening a folder, a zip or one file of returns."""

import zipfile
from pathlib import Path

import pytest

from kith.dataset.readers.folder import CannotRead, Limits, read_folder, recognise
from kith.dataset.tests.samples import EPISODE, EPISODE_HEADINGS, SAMPLES, csv, rows_kept_and_rejected

EPISODES = csv(EPISODE, headings=EPISODE_HEADINGS)
REVIEWS = csv("123,01/02/2010,08/11/2017,PN1")
HEADERS = csv("123,2,01/02/2010,WBRI,UN1,,", headings="CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB")


def write(folder: Path, **files: bytes) -> Path:
    for name, data in files.items():
        path = folder / name.replace("__", "/").replace("_csv", ".csv").replace("_xml", ".xml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def zipped(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def data_lines(path: Path) -> int:
    text = path.read_text(encoding="utf-8-sig")
    return sum(bool(line.strip()) for line in text.splitlines()) - 1


def test_five_years_in_one_folder_are_told_apart_and_named_by_their_end():
    read = read_folder(SAMPLES / "903_years")
    assert [(one.kind, one.year) for one in read] == [("903", year) for year in range(2018, 2023)]
    assert read[0].year_because == (
        "inferred from 1,029 dates, of which 1,027 fall in 2017-18; the name says 2017"
    )


@pytest.mark.parametrize("folder", ["903_years", "903_fake", "cin_fake"])
def test_every_row_of_every_sample_is_read_or_rejected(folder):
    returns = read_folder(SAMPLES / folder)
    for one in returns:
        assert one.rows_read() == rows_kept_and_rejected(one)
    files = {file.name: file.rows for one in returns for file in one.files}
    assert set(files) == {path.name for path in (SAMPLES / folder).iterdir()}
    for name, rows in files.items():
        if name.endswith(".csv"):
            assert rows == data_lines(SAMPLES / folder / name), name


def test_no_row_of_the_samples_is_rejected():
    rejects = [
        one.rejects
        for folder in ("903_years", "903_fake", "cin_fake")
        for one in read_folder(SAMPLES / folder)
    ]
    assert set(rejects) == {()}


def test_a_census_tells_its_year_and_authority():
    read = read_folder(SAMPLES / "cin_fake" / "CIN_Census_2024.xml")
    assert [(one.year, one.year_because, one.authority) for one in read] == [
        (2024, "ReferenceDate in the file", "201")
    ]


@pytest.mark.parametrize(
    "names",
    [
        ("episodes_csv", "reviews_csv"),
        ("2018-episodes_csv", "2018-reviews_csv"),
        ("2018__episodes_csv", "2018__reviews_csv"),
        ("SSDA903_2018_episodes_csv", "SSDA903_2018_reviews_csv"),
        ("Episodes 2017-18 final_csv", "reviews 2017-18_csv"),
        ("301 episodes_csv", "301 reviews_csv"),
        ("our export_csv", "another export_csv"),  # names say nothing, headings all
    ],
)
def test_the_usual_names_of_one_returns_files_make_one_return(tmp_path, names):
    (read,) = read_folder(write(tmp_path, **dict(zip(names, (EPISODES, REVIEWS), strict=True))))
    assert (set(read.tables), read.year) == ({"Episodes", "Reviews"}, 2018)


def test_the_year_can_be_given(tmp_path):
    (read,) = read_folder(write(tmp_path, episodes_csv=EPISODES), year=2019, authority="301")
    assert (read.year, read.year_because, read.authority) == (2019, "given", "301")


def test_a_year_for_several_returns_is_given_for_each(tmp_path):
    write(tmp_path, **{"2017-episodes_csv": EPISODES, "2018-episodes_csv": EPISODES})
    with pytest.raises(CannotRead, match="a year for each"):
        read_folder(tmp_path, year=2019)
    assert [one.year for one in read_folder(tmp_path, year={"2017": 2020, "2018": 2021})] == [2020, 2021]


def test_a_year_that_no_date_tells_is_asked_for(tmp_path):
    write(tmp_path, header_csv=HEADERS)
    with pytest.raises(CannotRead, match="give the year"):
        read_folder(tmp_path)
    (read,) = read_folder(write(tmp_path / "new", **{"2018-header_csv": HEADERS}))
    assert (read.year, "year in the name" in read.year_because) == (2018, True)


def test_one_bad_file_stops_no_other(tmp_path):
    bad = {"header_csv": b"PK\x03\x04", "oc2_csv": b"", "oc3_csv": b"A,B\n1,2\n", "x_xml": b"<Shop/>"}
    (read,) = read_folder(write(tmp_path, episodes_csv=EPISODES, **bad))
    assert read.tables["Episodes"].height == 1
    assert {reject.file: reject.line for reject in read.rejects} == {
        **{"header.csv": None, "oc2.csv": None, "oc3.csv": None, "x.xml": None},
    }


def test_a_folder_in_which_nothing_can_be_read_says_why_for_each_file(tmp_path):
    with pytest.raises(CannotRead, match="There is nothing at"):
        read_folder(tmp_path / "none")
    with pytest.raises(CannotRead, match="no CSV, XML or zip file"):
        read_folder(tmp_path)
    write(tmp_path, a_csv=b"", b_xml=b"<Shop/>")
    (tmp_path / "c.xlsx").write_bytes(b"PK")
    with pytest.raises(CannotRead, match=r"(?s)a\.csv: The file is empty.*Shop.*c\.xlsx: This is"):
        read_folder(tmp_path)


def test_files_of_other_kinds_are_left_alone(tmp_path):
    write(tmp_path, episodes_csv=EPISODES)
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    (tmp_path / ".hidden.csv").write_bytes(b"")
    (read,) = read_folder(tmp_path)
    assert read.rejects == ()
    assert [(found.name, found.ignored) for found in recognise(tmp_path)] == [
        ("episodes.csv", False),
        ("notes.pdf", True),
    ]


def test_a_file_past_the_limit_is_refused_before_it_is_read(tmp_path):
    huge = tmp_path / "episodes.csv"
    with huge.open("wb") as file:
        file.truncate(2 * 1024**3)  # a hole: two gigabytes that take no room
    with pytest.raises(CannotRead, match="holds 2,048 MB, more than the 512 MB"):
        read_folder(tmp_path)
    assert "raise the limit" in (recognise(tmp_path)[0].problem or "")


def test_files_past_the_limit_together_are_refused(tmp_path):
    write(tmp_path, episodes_csv=EPISODES, reviews_csv=REVIEWS)
    (read,) = read_folder(tmp_path, limits=Limits(total_bytes=len(EPISODES)))
    assert [reject.file for reject in read.rejects] == ["reviews.csv"]
    with pytest.raises(CannotRead, match="2 files"):
        read_folder(tmp_path, limits=Limits(files=1))


def test_a_zip_is_read_like_a_folder(tmp_path):
    path = zipped(tmp_path / "r.zip", {"2018/episodes.csv": EPISODES, "2018/reviews.csv": REVIEWS})
    (read,) = read_folder(path)
    assert [file.name for file in read.files] == ["r.zip/2018/episodes.csv", "r.zip/2018/reviews.csv"]


@pytest.mark.parametrize(
    "name, data, words",
    [
        ("../../etc/episodes.csv", EPISODES, "points outside"),
        ("/etc/episodes.csv", EPISODES, "points outside"),
        ("C:\\episodes.csv", EPISODES, "points outside"),
        ("bomb.csv", b"0" * 5_000_000, "unpacks to far more"),
        ("inner.zip", EPISODES, "zip file inside a zip file"),
        ("book.xlsx", b"PK", "spreadsheet"),
    ],
)
def test_a_harmful_entry_of_a_zip_is_refused_and_the_rest_is_read(tmp_path, name, data, words):
    (read,) = read_folder(zipped(tmp_path / "r.zip", {"episodes.csv": EPISODES, name: data}))
    (reject,) = read.rejects
    assert words in reject.reason
    assert read.tables["Episodes"].height == 1


def test_a_damaged_zip_says_so(tmp_path):
    whole = zipped(tmp_path / "r.zip", {"episodes.csv": EPISODES}).read_bytes()
    (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CannotRead, match="damaged"):
        read_folder(tmp_path / "half.zip")
    at = whole.index(b"episodes.csv") + 40
    (tmp_path / "spoilt.zip").write_bytes(whole[:at] + b"\0\0\0\0" + whole[at + 4 :])
    with pytest.raises(CannotRead, match="could not be opened"):
        read_folder(tmp_path / "spoilt.zip")


def test_recognising_reads_no_more_than_the_start(tmp_path):
    write(tmp_path, **{"2018-episodes_csv": EPISODES + b"\xff" * 200_000})
    (found,) = recognise(tmp_path)
    assert (found.kind, found.form, found.table, found.group) == ("903", "csv", "Episodes", "2018")
    assert (found.year_in_name, found.problem) == (2018, None)


def test_dates_that_fall_in_another_year_are_pointed_out(tmp_path):
    old = csv(*["123,01/02/2010,08/11/2014,PN1"] * 12)
    (read,) = read_folder(write(tmp_path, episodes_csv=EPISODES, reviews_csv=old))
    assert [file.note for file in read.files] == ["", "More of its dates fall in 2014-15 than in 2017-18."]


def test_content_decides_and_not_the_end_of_the_name(tmp_path):
    census = (SAMPLES / "cin_fake" / "CIN_Census_2024.xml").read_bytes()
    (read,) = read_folder(write(tmp_path, census_csv=census))
    assert read.kind == "cin"


def test_the_hash_of_a_file_is_of_all_its_bytes(tmp_path):
    import hashlib

    path = SAMPLES / "903_fake" / "fake_903.xml"
    (read,) = read_folder(path)
    assert read.files[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
