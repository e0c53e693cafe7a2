"""Count what each task costs, in a real browser, and print the table of the README; --json prints it as JSON.

Exits 1 where a test fails or a task costs more than its limit (tests/browser/tasks/limits.csv).
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TASKS = Path(__file__).resolve().parent.parent / "tests" / "browser" / "tasks"
sys.path.insert(0, str(TASKS))


def run(home: str) -> int:
    """Do the tasks; what each cost is written into the folder."""
    environment = {**os.environ, "KITH_HOME": home}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", str(TASKS)],
        env=environment,
        stdout=sys.stderr,  # the table alone goes to where it may be read by a program
        check=False,
    ).returncode


def at_most(limit: dict[str, str]) -> str:
    """A limit in words: "2 screens, 8 required, 12 clicks"."""
    required = limit["required"] and f"{limit['required']}{_a_child(limit)} required"
    said = [
        f"{limit['screens']} screen{'s' * (limit['screens'] != '1')}",
        required,
        limit["fields"] and f"{limit['fields']} fields",
        limit["clicks"] and f"{limit['clicks']} clicks",
        "" if limit["needs_sign_in"] == "yes" else "no login",
    ]
    return ", ".join(part for part in said if part)


def _a_child(limit: dict[str, str]) -> str:
    each = int(limit["required_a_child"] or 0)
    return f" + {each} a child" if each else ""


def took(cost: dict | None) -> str:
    """What a task cost in words; that it was not counted where it was not."""
    if cost is None:
        return "not counted"
    screens, clicks = cost["screens"], cost["clicks"]
    return (
        f"{screens} screen{'s' * (screens != 1)}, {len(cost['required'])} required of "
        f"{len(cost['fields'])}, {clicks} click{'s' * (clicks != 1)}"
    )


def rows(costs: dict[str, dict]) -> list[dict]:
    """Each task with what it cost, its limit, and what is over it."""
    from counting import limits, passed

    return [
        {
            "task": limit["words"],
            "best_elsewhere": limit["best_elsewhere"],
            "at_most": at_most(limit),
            "kith": took(costs.get(name)),
            "cost": costs.get(name),
            "over": passed(costs[name], limit) if name in costs else [],
        }
        for name, limit in limits().items()
    ]


def table(found: list[dict]) -> str:
    """The rows as the README shows them."""
    heading = ["| Task | Best seen elsewhere | Kith at most | Kith |", "|---|---|---|---|"]
    lines = [f"| {r['task']} | {r['best_elsewhere']} | {r['at_most']} | {r['kith']} |" for r in found]
    return "\n".join([*heading, *lines])


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="kith-tasks-") as home:
        failed = run(home)
        results = Path(home) / "tasks.json"
        costs = json.loads(results.read_text()) if results.exists() else {}
    os.environ.setdefault("KITH_TESTING", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.web.settings")
    import django

    django.setup()
    found = rows(costs)
    print(json.dumps(found, indent=2) if "--json" in sys.argv else table(found))
    for each in found:
        for said in each["over"]:
            print(f"OVER ITS LIMIT: {each['task']}: {said}", file=sys.stderr)
    return 1 if failed or any(each["over"] for each in found) else 0


if __name__ == "__main__":
    sys.exit(main())
