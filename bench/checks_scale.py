"""Seconds and memory to check a region's returns, at growing sizes: does it grow in line with size?

    python bench/checks_scale.py [--england] [--plot GROWTH.svg]

Makes one invented authority's SSDA903 (with the year before's) and CIN census, 3 % of their rows planted
errors, and gives the same files to many authorities by hard links, so that a country takes no more room on
disk than an authority. Then runs `kith check --authorities`, the whole command in a process of its own, on
1/8, 1/4, 1/2 and all of the authorities, with postcodes and a provider list, and prints for each the seconds,
the cores' seconds, the rows a second, and the most memory that any one of its processes held.
Exit status 1 where an authority was not checked, the cores' seconds (which others on the machine disturb
less) do not grow in line with rows, memory grows, or England takes more than ten minutes. England is 100,000
children in care and 900,000 in need, over all authorities; without --england it is small, and ends within a
minute. The files are in memory after the first run: it is checking that is measured, not the disk.
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
from datetime import date
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from growth_plot import Curve, as_svg, straight_line

IN_CARE, IN_NEED, MOST_SECONDS = 100_000, 900_000, 600
SMALL_AUTHORITIES, SMALL_IN_CARE, SMALL_IN_NEED = 16, 200, 1_800
PARTS = (8, 4, 2, 1)
OFF_THE_LINE, MORE_MEMORY = 0.25, 1.25
FINDINGS = 1


@dataclass(frozen=True)
class Size:
    """What one size took: `peak_mb` is of the largest process."""

    authorities: int
    rows: int
    findings: int
    seconds: float
    core_seconds: float
    peak_mb: float


def main() -> int:
    """Make the returns, check each size, print the figures and what they say."""
    given = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    given.add_argument("--england", action="store_true", help="The whole country: minutes on two cores.")
    given.add_argument("--plot", type=Path, metavar="FILE.svg", help="Where to write the growth curve.")
    options = given.parse_args()
    names = authority_codes()
    in_care, in_need = -(-IN_CARE // len(names)), -(-IN_NEED // len(names))
    if not options.england:
        names, in_care, in_need = names[:SMALL_AUTHORITIES], SMALL_IN_CARE, SMALL_IN_NEED
    with tempfile.TemporaryDirectory() as folder:
        sizes = measured(Path(folder), names, in_care, in_need)
    faults = list(what_is_wrong(sizes, limit=MOST_SECONDS if options.england else None))
    if options.plot:
        options.plot.write_text(plot(sizes, in_care, in_need))
    print("\n".join(faults) or "Time grows in line with rows, and memory does not grow: yes")
    return int(bool(faults))


def authority_codes() -> list[str]:
    """The DfE's code of each of England's authorities."""
    from kith.standards.places import authorities

    return sorted(found.dfe_code for found in authorities(date(2027, 3, 31)) if found.dfe_code)


def measured(folder: Path, names: list[str], in_care: int, in_need: int) -> list[Size]:
    """What each size took, smallest first; each is printed as it ends."""
    with ProcessPoolExecutor(1, get_context("spawn")) as maker:  # a process begins with its parent's peak
        one, last, providers = maker.submit(made, folder, in_care, in_need).result()
    print(f"{in_care:,} children in care and {in_need:,} in need at each authority, {cores_in_words()}")
    print("authorities         rows   findings   seconds   cores' s     rows/s  peak MB")
    sizes = []
    for part in PARTS:
        now, before = folder / f"now_{part}", folder / f"before_{part}"
        wanted = names[: len(names) // part]
        link_to_each(one, now, wanted)
        link_to_each(last, before, wanted)
        sizes.append(checked(now, before, providers, folder / "told.json"))
        print(in_a_line(sizes[-1]), flush=True)
    return sizes


def made(folder: Path, in_care: int, in_need: int) -> tuple[Path, Path, Path]:
    """Write one authority's returns, those of the year before, and a provider list; where they lie."""
    from checks import make_providers
    from returns_to_check import invented_returns, make_903, make_cin

    returns = invented_returns()
    one, last = folder / "one", folder / "last"
    make_903(returns, in_care, one / "903_2027", last / "903_2026")
    make_cin(returns, in_need, one / "cin_2026.xml")
    providers = folder / "providers.xlsx"
    make_providers(one / "903_2027", providers)
    return one, last, providers


def cores_in_words() -> str:
    """ "2 cores" """
    from kith.dataset.each_authority import cores

    return f"{cores()} {'core' if cores() == 1 else 'cores'}"


def link_to_each(files: Path, region: Path, names: list[str]) -> None:
    """Give each authority of the region the same files, by hard links."""
    for name in names:
        for file in files.rglob("*"):
            if file.is_file():
                place = region / name / file.relative_to(files)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.hardlink_to(file)


def checked(now: Path, before: Path, providers: Path, told: Path) -> Size:
    """Run `kith check --authorities` as people do. Raises SystemExit where an authority was not checked."""
    command = [sys.executable, "-m", "kith", "check", str(now), "--authorities", "--previous", str(before)]
    command += ["--providers", str(providers), "--format", "json", "--output", str(told)]
    source = str(Path(__file__).resolve().parent.parent / "src")
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={"PYTHONPATH": source, "PATH": ""})
    _, status, used = os.wait4(process.pid, 0)  # of the process and all that it waited for: the largest
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    answer = json.loads(told.read_text()) if process.returncode == FINDINGS else {"not_checked": "all"}
    if answer["not_checked"]:
        raise SystemExit(f"Exit status {process.returncode}; not checked: {answer['not_checked']}")
    returns = answer["returns"]
    rows, findings = (sum(one[name] for one in returns) for name in ("rows", "findings"))
    authorities, core_seconds = len({one["authority"] for one in returns}), used.ru_utime + used.ru_stime
    return Size(authorities, rows, findings, seconds, core_seconds, used.ru_maxrss / 1024)


def in_a_line(size: Size) -> str:
    """One size's figures under their headings."""
    return (
        f"{size.authorities:>11,} {size.rows:>12,} {size.findings:>10,} {size.seconds:>9.2f} "
        f"{size.core_seconds:>10.2f} {size.rows / size.seconds:>10,.0f} {size.peak_mb:>8.0f}"
    )


def what_is_wrong(sizes: list[Size], limit: float | None) -> list[str]:
    """What does not grow as it should, in words; nothing where all does."""
    start, slope = straight_line([(size.rows, size.core_seconds) for size in sizes])
    off = max(abs(start + slope * size.rows - size.core_seconds) / size.core_seconds for size in sizes)
    grown = sizes[-1].peak_mb / sizes[0].peak_mb
    print(
        f"the cores took {start:.2f} s to start, then {slope * 1e6:.2f} s a million rows; at most {off:.0%} "
        "off that line"
    )
    print(f"memory at the largest size: {grown:.2f} times that at the smallest")
    wrong = []
    if off > OFF_THE_LINE:
        wrong.append(f"Time does not grow in line with rows: {off:.0%} off (at most {OFF_THE_LINE:.0%}).")
    if grown > MORE_MEMORY:
        wrong.append(
            f"Memory grows with the number of authorities: {grown:.2f} times (at most {MORE_MEMORY})."
        )
    if limit:
        print(f"limit {limit:,} s, ratio {sizes[-1].seconds / limit:.2f}")
        if sizes[-1].seconds > limit:
            wrong.append(f"England took {sizes[-1].seconds:,.0f} s, more than {limit:,}.")
    return wrong


def plot(sizes: list[Size], in_care: int, in_need: int) -> str:
    """The growth curve as SVG: seconds and memory by rows."""
    last = sizes[-1].authorities
    heading = (
        f"kith check --authorities: {last:,} authorities, {last * in_care:,} children in care and "
        f"{last * in_need:,} in need, {cores_in_words()}"
    )
    rows = [size.rows / 1e6 for size in sizes]
    return as_svg(
        heading,
        [
            Curve(
                "Seconds", "million rows", "s", [*zip(rows, [size.seconds for size in sizes], strict=True)]
            ),
            Curve(
                "Memory of the largest process, MB",
                "million rows",
                "MB",
                [*zip(rows, [size.peak_mb for size in sizes], strict=True)],
            ),
        ],
    )


if __name__ == "__main__":
    raise SystemExit(main())
