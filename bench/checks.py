"""Seconds and memory to check a whole return of 5,000 children, against the limits.

    python bench/checks.py [--json] [--children 5000]

Makes an invented authority's SSDA903 (with the year before's, postcodes and a provider list) and CIN census,
3 % of their rows planted errors, and checks each in fresh processes with the whole rule set, best of five:
first and second check in a process, reading included and imports left out; the shell's `kith check`, imports
and all; and the most memory a process held. Every planted error has to be found.
Exit status 1 where a figure is over its limit, or a planted error was not found.
The open tools' own figures, measured beside these on the same size of return, were 12.4 s and 38.1 s.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

LIMITS = {
    "903_first_s": 0.4,
    "903_s": 0.25,
    "903_peak_mb": 400,
    "cin_first_s": 0.5,
    "cin_s": 0.35,
    "cin_peak_mb": 400,
    "shell_s": 1.5,
}
PEERS = {"903_s": 12.4, "cin_s": 38.1}
RUNS = 5

CHECK_TWICE = """
import resource, sys, time
from kith.checks import check, every_rule
from kith.checks.door.providers import read_providers
from kith.checks.door.reading import read_given
import kith.standards.places
return_, year, path, *rest = sys.argv[1:]
every_rule(return_)
for _ in range(2):
    start = time.perf_counter()
    (given,) = read_given(path)
    (last,) = read_given(rest[0]) if rest else (None,)
    providers = read_providers(rest[1]) if rest else None
    whole = dict(return_=return_, year=int(year), previous=last, providers=providers)
    report = check(given, authority=given.authority or "E06000001", **whole)
    report.finding_count
    print(time.perf_counter() - start)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
print(report.finding_count)
"""


def main() -> int:
    """Make the returns, check them, print each figure against its limit."""
    given = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    given.add_argument("--children", type=int, default=5_000)
    given.add_argument("--json", action="store_true")
    given.add_argument("--make", type=Path, help=argparse.SUPPRESS)  # in a process of its own
    options = given.parse_args()
    if options.make:
        print(json.dumps(made(options.make, options.children)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        missed = _made_apart(Path(folder), options.children)
        figures = measured(Path(folder))
    over = [name for name, limit in LIMITS.items() if figures[name] > limit]
    for name, limit in LIMITS.items():
        print(_line(name, figures[name], limit))
    for line in missed:
        print(f"not found: {line}")
    if options.json:
        told = {name: round(value, 3) for name, value in figures.items()}
        print(json.dumps({**told, "children": options.children}))
    return int(bool(over or missed))


def _line(name: str, figure: float, limit: float) -> str:
    peer = ""
    if name in PEERS:
        peer = f", the open tool's {PEERS[name]} s is {PEERS[name] / figure:.0f} times it"
    return f"{name:<12} {figure:8.3f}   limit {limit}, ratio {figure / limit:.2f}{peer}"


def _made_apart(folder: Path, children: int) -> list[str]:
    """Make the returns in a process of its own, since the memory of this one would count as its children's.

    Gives the planted errors that were not found.
    """
    command = [sys.executable, __file__, "--make", str(folder), "--children", str(children)]
    *told, missed = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    print("\n".join(told))
    lines: list[str] = json.loads(missed)
    return lines


def made(folder: Path, children: int) -> list[str]:
    """Make the returns in `folder`, and say which planted errors their rules did not find."""
    from returns_to_check import YEAR_903, YEAR_CIN, invented_returns, make_903, make_cin

    invented = invented_returns()
    this, last, census, providers = places(folder)
    planting_903 = make_903(invented, children, this, last)
    planting_cin = make_cin(invented, children, census)
    make_providers(this, providers)
    return [
        *not_found(planting_903, "903", YEAR_903, this, last, providers),
        *not_found(planting_cin, "cin", YEAR_CIN, census),
    ]


def places(folder: Path) -> tuple[Path, Path, Path, Path]:
    """Where the 903, the year before's, the census and the provider list lie."""
    return folder / "903_2027", folder / "903_2026", folder / "cin_2026.xml", folder / "providers.xlsx"


def measured(folder: Path) -> dict[str, float]:
    """Each figure, of the returns that lie in `folder`."""
    this, last, census, providers = places(folder)
    return {
        **times("903", 2027, this, last, providers),
        **times("cin", 2026, census),
        "shell_s": shell_time(this, last, providers),
    }


def make_providers(this: Path, path: Path) -> None:
    """Write a provider list in Ofsted's layout with every URN of the return in it."""
    import polars as pl

    episodes = pl.read_csv(this / "episodes.csv", infer_schema=False)
    homes = (
        episodes.filter(pl.col("URN").is_not_null())
        .group_by("URN")
        .agg(
            pl.col("PLACE").unique().sort().str.join(","),
            pl.col("PLACE_PROVIDER").unique().sort().str.join(","),
            pl.col("PL_POST").first(),
        )
    )
    homes.select(
        pl.lit("Northbrook").alias("Local authority"),
        "URN",
        pl.lit("Provider").alias("Provider type"),
        pl.lit("2000-01-01").str.to_date().alias("Registration date"),
        pl.lit("Registered").alias("Registration status"),
        pl.lit(None, dtype=pl.Date).alias("Deregistration date"),
        pl.col("PLACE").alias("Placement code"),
        pl.col("PL_POST").alias("Provider postcode"),
        pl.col("PLACE_PROVIDER").alias("Placement provider code"),
    ).write_excel(path, "Providers")


def not_found(planting: list, return_: str, year: int, path: Path, *rest: Path) -> list[str]:
    """Which planted errors their rules did not find, in words."""
    from kith.checks import check
    from kith.checks.door.providers import read_providers
    from kith.checks.door.reading import read_given
    from kith.checks.planter import not_found as missing

    (given,) = read_given(path)
    last = read_given(rest[0])[0] if rest else None
    providers = read_providers(rest[1]) if rest else None
    report = check(
        given, return_=return_, year=year, previous=last, providers=providers, authority="E06000001"
    )
    for status in ("crashed", "could not run"):
        for outcome in report.with_status(status):
            print(
                f"{return_} {outcome.rule.code} {status}: {outcome.missing}{outcome.error}", file=sys.stderr
            )
    print(
        f"{return_}: {given.rows():,} rows, {len(given.rejects)} rejects, {len(planting):,} planted, "
        f"{report.finding_count:,} findings, {dict(report.statuses)}"
    )
    return [f"{return_} {one.rule.code} {sorted(one.children)}" for one in missing(planting, report)]


def times(return_: str, year: int, *paths: Path) -> dict[str, float]:
    """First and second check of a process and its most memory, the best of five processes."""
    runs = [
        _run([sys.executable, "-c", CHECK_TWICE, return_, str(year), *map(str, paths)]) for _ in range(RUNS)
    ]
    first, second, peak = (min(run[at] for run in runs) for at in range(3))
    return {f"{return_}_first_s": first, f"{return_}_s": second, f"{return_}_peak_mb": peak}


def _run(command: list[str]) -> list[float]:
    source = str(Path(__file__).resolve().parent.parent / "src")
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": source})
    return [float(word) for word in done.stdout.split()]


def shell_time(this: Path, last: Path, providers: Path) -> float:
    """Seconds of `kith check` as a whole process, the best of five."""
    command = [
        sys.executable,
        "-m",
        "kith",
        "check",
        str(this),
        "--previous",
        str(last),
        "--providers",
        str(providers),
    ]
    source = str(Path(__file__).resolve().parent.parent / "src")
    spent = []
    for _ in range(RUNS):
        start = time.perf_counter()
        done = subprocess.run(
            command, capture_output=True, env={"PYTHONPATH": source, "PATH": ""}, check=False
        )
        spent.append(time.perf_counter() - start)
        assert done.returncode == 1, done.stderr
    return min(spent)


if __name__ == "__main__":
    raise SystemExit(main())
