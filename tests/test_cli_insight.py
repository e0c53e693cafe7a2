"""`kith insight` at the terminal: from a folder to a report in one command, and bad input answered."""

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"


def kith(*given: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kith", *map(str, given)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    """An SSDA903 of 2019-20 with twelve children in care, in a folder that says whose it is."""
    place = tmp_path / "301 Invented" / "903 2020"
    place.mkdir(parents=True)
    children = range(1, 13)
    header = [f"{n},1,05/06/2010,WBRI,,," for n in children]
    episodes = [f"{n},01/05/2019,S,C2,N1,U6,PR1,,,,,," for n in children]
    (place / "header.csv").write_text("\n".join([HEADER, *header]) + "\n")
    (place / "episodes.csv").write_text("\n".join([EPISODES, *episodes]) + "\n")
    return place.parent


def test_a_folder_of_returns_becomes_one_page(returns: Path, tmp_path: Path) -> None:
    done = kith("insight", returns, "--period", "2019-20", "--output", tmp_path / "report.html")
    assert done.returncode == 0, done.stderr
    assert "12 children were in care on the last day" in done.stdout
    page = (tmp_path / "report.html").read_text()
    assert "Barking and Dagenham" in page  # which 301 is
    assert "SSDA903 returns hold no referrals." in page


def test_a_machine_gets_one_object(returns: Path) -> None:
    done = kith("insight", returns, "--period", "2019-20", "--only", "children_in_care", "--json")
    told = json.loads(done.stdout)
    assert {row["indicator"] for row in told["figures"]} == {"children_in_care"}


def test_what_was_kept_tells_the_same_again(returns: Path, tmp_path: Path) -> None:
    only = ("--period", "2019-20", "--only", "children_in_care,children_in_foster_homes", "--json")
    first = json.loads(kith("insight", returns, "--keep", tmp_path / "301", *only).stdout)
    again = json.loads(kith("insight", tmp_path / "301", *only).stdout)
    assert again["figures"] == first["figures"]
    assert (tmp_path / "301" / "2019-20" / "sources.json").exists()


def test_what_was_kept_and_is_kept_again_is_whole(returns: Path, tmp_path: Path) -> None:
    only = ("--period", "2019-20", "--only", "children_in_care")
    kith("insight", returns, "--keep", tmp_path / "301", *only)
    kith("insight", tmp_path / "301", "--keep", tmp_path / "again", *only)
    once, again = (
        pl.read_parquet(tmp_path / folder / "2019-20" / "kith_periods_of_care.parquet")
        for folder in ("301", "again")
    )
    assert once["kith_source_rows"].list.len().to_list() == [1] * 12
    assert again.equals(once)


def test_many_authorities_are_told_of_together(returns: Path, tmp_path: Path) -> None:
    output = tmp_path / "figures.parquet"
    done = kith("insight", returns.parent, "--authorities", "--period", "2019-20", "--output", output)
    assert done.returncode == 0, done.stderr
    figures = pl.read_parquet(output).filter(
        (pl.col("indicator") == "children_in_care") & (pl.col("measure") == "number"),
        pl.col("breakdown").is_null(),
    )
    assert dict(figures.filter(pl.col("period") == "2019-20").select("authority", "value").iter_rows()) == {
        "301 Invented": 12
    }


def test_an_authority_that_cannot_be_read_does_not_keep_the_others(returns: Path) -> None:
    bad = returns.parent / "302 Broken"
    bad.mkdir()
    (bad / "episodes.csv").write_bytes(b"PK\x03\x04 a workbook in disguise")
    done = kith("insight", returns.parent, "--authorities", "--period", "2019-20")
    assert done.returncode == 1
    assert "1 authorities" in done.stdout and "302 Broken:" in done.stdout


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--period", "2019"], "is not a period"),
        (["--breakdown", "shoe size"], "cannot be broken down"),
        (["--only", "happiness"], "There is no indicator happiness"),
        (["--for", "everyone"], "no audience"),
        (["--output", "report.doc"], "Name the file for its form"),
        (["--output", "nowhere/report.html"], "There is no folder nowhere"),
        (["--record"], "one of them"),
        (["--populations", "nowhere.csv"], "could not be read as a CSV"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(returns: Path, options: list[str], why: str) -> None:
    done = kith("insight", returns, *options)
    assert done.returncode == 2
    assert why in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_readable_is_said(tmp_path: Path) -> None:
    done = kith("insight", tmp_path / "nowhere")
    assert (done.returncode, "There is nothing at" in done.stderr) == (2, True)
