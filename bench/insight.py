"""Seconds and memory to tell all figures of an authority and of England, beside plain pandas for three.

    python bench/insight.py [--england] [--plot GROWTH.svg] [--json]

One authority: invents ten years of it (120,000 referrals, 7,000 open children) as Parquet, one folder a
year, and tells every indicator of every year in fresh processes, reading included and imports left out, best
of five; then with each broken down by age, sex and ethnic group.
England: gives the same ten years of a smaller authority to many by hard links, and tells every indicator of
each through `each_authority`, on 1/8, 1/4, 1/2 and all of them, in a process of its own: the seconds, the
cores' seconds and the most memory that any one process held. With --england 153 authorities of England's
average size; without it 16 small ones.
Beside pandas: three indicators of the one authority, from the files that they need; the answers have to be
the same. Where pandas is not installed this is left out, and said.
Exit status 1 where a figure is over its limit, an authority was not told, or pandas had another answer. The
files are in memory after the first run. Others at work on the machine disturb the cores' seconds less.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from math import isclose
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from checks_scale import authority_codes, cores_in_words, link_to_each
from growth_plot import Curve, as_svg, straight_line

_HERE = Path(__file__).resolve().parent
_SOURCE = str(_HERE.parent / "src")
LIMITS = {"all_s": 2.0, "england_s": 600.0}
RUNS = 5
OPEN_CHILDREN, TIMES = 600, 12  # of the one authority
ENGLAND_TIMES = 4  # 153 of these have England's referrals
SMALL_AUTHORITIES, SMALL_OPEN_CHILDREN = 16, 150
PARTS = (8, 4, 2, 1)
OFF_THE_LINE, MORE_MEMORY = 0.25, 1.25
BREAKDOWNS = ("age", "sex", "ethnicity")
TABLES_OF_THREE = (*("kith_periods_of_care", "ssd_legal_status", "ssd_cla_placement", "ssd_cin_episodes"),)

TELL = "import sys; from figures_told import print_used; print_used(*sys.argv[1:])"
TELL_EACH = """
import sys
from pathlib import Path
from figures_told import held_figures
from kith.dataset.each_authority import Answered, each_authority
for one in each_authority(Path(sys.argv[1]), held_figures):
    print(one.authority, one.answer if isinstance(one, Answered) else "not told: " + one.reason + one.trace)
"""
TELL_THREE = """
import json, resource, sys, time
from pathlib import Path
from {module} import of_the_three
start = time.perf_counter()
spent = resource.getrusage(resource.RUSAGE_SELF)
told = of_the_three(Path(sys.argv[1]))
seconds, now = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([seconds, now.ru_utime + now.ru_stime - spent.ru_utime - spent.ru_stime, told]))
"""


def main() -> int:
    """Make the years, tell their figures, print each against its limit."""
    given = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    given.add_argument("--england", action="store_true", help="The whole country: minutes on two cores.")
    given.add_argument("--plot", type=Path, metavar="FILE.svg", help="Where to write the growth curve.")
    given.add_argument("--json", action="store_true", help="End with the figures as one line of JSON.")
    options = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder) / "one" / "300"
        print(in_words(made(one, OPEN_CHILDREN, TIMES)))
        told = figures_of_one(one)
        faults = over_limits(told, ["all_s"])
        told, faults = added((told, faults), beside_pandas(Path(folder), one))
        told, faults = added((told, faults), england(Path(folder), options.england, options.plot))
    print("\n".join(faults) or "Within every limit")
    if options.json:
        print(json.dumps(told))
    return int(bool(faults))


Told = dict[str, float]


def added(one: tuple[Told, list[str]], other: tuple[Told, list[str]]) -> tuple[Told, list[str]]:
    """The figures and faults of both."""
    return {**one[0], **other[0]}, [*one[1], *other[1]]


def made(folder: Path, open_children: int, times: int) -> dict[str, int]:
    """Write ten years of an authority to `folder`; how much of what it holds."""
    with ProcessPoolExecutor(1, get_context("spawn")) as maker:  # a process begins with its parent's peak
        return maker.submit(_made, folder, open_children, times).result()


def _made(folder: Path, open_children: int, times: int) -> dict[str, int]:
    from years_to_tell import make_years

    told = make_years(folder, open_children, times)
    referrals = told["ssd_cin_episodes"]
    return {
        "rows": sum(told[table].height for table in told.filled()),
        "referrals": referrals.height,
        "open_children": referrals["cine_close_date"].null_count(),
        "periods_of_care": told["kith_periods_of_care"].height,
    }


def in_words(held: dict[str, int]) -> str:
    """What an authority holds, in a line."""
    return "one authority, ten years: " + ", ".join(
        f"{count:,} {name.replace('_', ' ')}" for name, count in held.items()
    )


def figures_of_one(folder: Path) -> Told:
    """Seconds, cores' seconds and memory to tell all figures, plain and broken down: best of five runs."""
    told: Told = {}
    for name, breakdowns in (("all", ()), ("broken_down", BREAKDOWNS)):
        runs = [[float(word) for word in _ran(TELL, str(folder), *breakdowns).split()] for _ in range(RUNS)]
        seconds, core_seconds, peak, values = (min(run[at] for run in runs) for at in range(4))
        told |= {f"{name}_s": seconds, f"{name}_core_s": core_seconds, f"{name}_peak_mb": peak}
        told[f"{name}_figures"] = values
        by = f" by {', '.join(breakdowns)} too" if breakdowns else ""
        print(f"every indicator of ten years{by}: {values:,.0f} figures")
        print(f"  {seconds:.2f} s, the cores' {core_seconds:.2f} s, {peak:,.0f} MB")
    return told


def over_limits(told: Told, names: list[str]) -> list[str]:
    """Print each figure with its limit and ratio; what is over."""
    faults = []
    for name in names:
        print(
            f"{name}: {told[name]:.2f} s, limit {LIMITS[name]:,.0f} s, ratio {told[name] / LIMITS[name]:.2f}"
        )
        if told[name] > LIMITS[name]:
            faults.append(f"{name} is over its limit: {told[name]:.2f} s of {LIMITS[name]:,.0f} s.")
    return faults


def _ran(code: str, *arguments: str) -> str:
    """What a fresh process prints. Raises SystemExit with its complaint where it fails."""
    given = {"PYTHONPATH": os.pathsep.join([_SOURCE, str(_HERE), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=given, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def beside_pandas(folder: Path, one: Path) -> tuple[Told, list[str]]:
    """Three indicators told both ways: seconds of each, their ratio, and where they differ."""
    if find_spec("pandas") is None:
        print("BESIDE PANDAS: LEFT OUT, for pandas is not installed here. To have it measured:")
        print("  python -m pip install --require-hashes -r requirements/bench.txt")
        return {}, []
    few = folder / "few" / "300"
    for file in one.rglob("*"):
        if file.stem in (*TABLES_OF_THREE, "sources"):
            place = few / file.relative_to(one)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.hardlink_to(file)
    ours, theirs = (_three(module, few) for module in ("figures_told", "figures_in_pandas"))
    ratio = theirs[0] / ours[0]
    print(
        f"three indicators: {ours[0]:.2f} s (the cores' {ours[1]:.2f} s); in pandas {theirs[0]:.2f} s", end=""
    )
    print(f" (the cores' {theirs[1]:.2f} s), {ratio:.1f} times as long")
    faults = [
        f"{name}: {mine} here, {other} in pandas"
        for name in ours[2]
        for mine, other in zip(ours[2][name], theirs[2][name], strict=True)
        if mine is not None
        and not isclose(mine, other, rel_tol=1e-9)  # None: no earlier year to look back to
    ]
    times = {"three_s": ours[0], "three_core_s": ours[1], "pandas_s": theirs[0], "pandas_core_s": theirs[1]}
    return {**times, "pandas_ratio": ratio}, faults


def _three(module: str, folder: Path) -> tuple[float, float, dict[str, list[float]]]:
    runs = [json.loads(_ran(TELL_THREE.format(module=module), str(folder))) for _ in range(RUNS)]
    seconds, core_seconds = (min(run[at] for run in runs) for at in range(2))
    return seconds, core_seconds, runs[0][2]


@dataclass(frozen=True)
class Size:
    """What one size took: `peak_mb` is of the largest process."""

    authorities: int
    figures: int
    seconds: float
    core_seconds: float
    peak_mb: float


def england(folder: Path, is_whole: bool, plot: Path | None) -> tuple[Told, list[str]]:
    """Every indicator of many authorities, at growing sizes; what does not grow as it should."""
    names = authority_codes()
    if not is_whole:
        names = names[:SMALL_AUTHORITIES]
    size = (OPEN_CHILDREN, ENGLAND_TIMES) if is_whole else (SMALL_OPEN_CHILDREN, 1)
    one = folder / "of_many"
    print(f"{len(names)} authorities, {cores_in_words()}; {in_words(made(one, *size))}")
    print("authorities    figures   seconds   cores' s  peak MB")
    sizes = []
    for part in PARTS:
        region = folder / f"region_{part}"
        link_to_each(one, region, names[: len(names) // part])
        sizes.append(_told_each(region))
        last = sizes[-1]
        print(f"{last.authorities:>11,} {last.figures:>10,} {last.seconds:>9.2f}", end="")
        print(f" {last.core_seconds:>10.2f} {last.peak_mb:>8.0f}", flush=True)
    if plot:
        plot.write_text(_plot(sizes))
    told = {
        "england_s" if is_whole else "region_s": sizes[-1].seconds,
        "england_core_s" if is_whole else "region_core_s": sizes[-1].core_seconds,
        "england_peak_mb" if is_whole else "region_peak_mb": sizes[-1].peak_mb,
    }
    return told, [*_what_is_wrong(sizes), *(over_limits(told, ["england_s"]) if is_whole else [])]


def _told_each(region: Path) -> Size:
    given = {"PYTHONPATH": os.pathsep.join([_SOURCE, str(_HERE)])}
    start = time.perf_counter()
    command = [sys.executable, "-c", TELL_EACH, str(region)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=given)
    said = process.stdout.read() if process.stdout else ""
    _, status, used = os.wait4(process.pid, 0)  # of the process and all that it waited for: the largest
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    answers = dict(line.split(" ", 1) for line in said.splitlines())
    if process.returncode or not all(answer.isdigit() for answer in answers.values()):
        raise SystemExit(f"Exit status {process.returncode}. {said}")
    figures = sum(map(int, answers.values()))
    return Size(len(answers), figures, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _what_is_wrong(sizes: list[Size]) -> list[str]:
    start, slope = straight_line([(size.authorities, size.core_seconds) for size in sizes])
    off = max(abs(start + slope * size.authorities - size.core_seconds) / size.core_seconds for size in sizes)
    grown = sizes[-1].peak_mb / sizes[0].peak_mb
    print(f"the cores took {start:.2f} s to start, then {slope:.2f} s an authority; at most {off:.0%} off")
    print(f"memory at the largest size: {grown:.2f} times that at the smallest")
    wrong = []
    if off > OFF_THE_LINE:
        wrong.append(f"Time does not grow in line with authorities: {off:.0%} off.")
    if grown > MORE_MEMORY:
        wrong.append(f"Memory grows with the number of authorities: {grown:.2f} times.")
    return wrong


def _plot(sizes: list[Size]) -> str:
    heading = f"All figures of ten years of {sizes[-1].authorities} authorities, {cores_in_words()}"
    up = [
        ("Seconds", "s", [size.seconds for size in sizes]),
        ("Seconds of all cores", "s", [size.core_seconds for size in sizes]),
        ("Memory of the largest process, MB", "MB", [size.peak_mb for size in sizes]),
    ]
    along = [float(size.authorities) for size in sizes]
    return as_svg(
        heading,
        [Curve(title, "authorities", unit, [*zip(along, each, strict=True)]) for title, unit, each in up],
    )


if __name__ == "__main__":
    raise SystemExit(main())
