"""Kith's command as the tests call it, and the smallest returns of invented children."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from kith.cli import main

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
CODES = "S,C2,N1,U1,PR1"


def kith(*arguments: object, status: int = 0) -> Result:
    """Run the command; the exit status has to be as said."""
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    assert result.exit_code == status, result.output
    return result


def told(*arguments: object, status: int = 0) -> dict[str, Any]:
    """What the command tells a machine. Fails where standard output holds anything beside one object."""
    answer = json.loads(kith(*arguments, "--json", status=status).stdout)
    assert isinstance(answer, dict)
    return answer


def sentence(*arguments: object) -> str:
    """Why the command could not do its work, on standard error; and in the same words for a machine."""
    result = kith(*arguments, status=2)
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert told(*arguments, status=2).keys() == {"error"}
    return result.stderr


def a_return(folder: Path, *, ended: str = "", children: tuple[str, ...] = ("A1", "B2")) -> Path:
    """A folder with the SSDA903 of 2019-20 of children looked after since May 2019."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [f"{child},1,05/06/2010,WBRI,,," for child in children]
    (folder / "header.csv").write_text("\n".join([HEADER, *rows]) + "\n")
    leaving = "E4A" if ended else ""
    rows = [
        f"{child},0{number}/05/2019,{CODES},{ended},{leaving},,AB1 2CD,EF3 4GH,SC123456"
        for number, child in enumerate(children, start=1)
    ]
    (folder / "episodes.csv").write_text("\n".join([EPISODES, *rows]) + "\n")
    return folder
