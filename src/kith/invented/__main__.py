"""`python -m kith.invented`: invent an authority and write its returns and its dataset to a folder."""

from datetime import date
from pathlib import Path
from time import perf_counter

import click

from kith.dataset.dataset import write_folder
from kith.invented.authority import invent
from kith.invented.frames import dataset_of, write_returns


@click.command(help=__doc__)
@click.option("--children", default=400, show_default=True, help="About how many are open at the end.")
@click.option("--years", default=6, show_default=True, help="How many whole return years.")
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same authority.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    default="2026-03-31",
    show_default=True,
    help="The last day told.",
)
@click.option("--to", "folder", type=click.Path(path_type=Path), required=True, help="Folder to write to.")
def main(children: int, years: int, seed: int, until: date, folder: Path) -> None:
    started = perf_counter()
    authority = invent(children, years, seed, date(until.year, until.month, until.day))
    told = perf_counter()
    click.echo(
        f"{len(authority.diary):,} acts of {len(authority.families):,} families: {told - started:.1f} s"
    )
    write_folder(dataset_of(authority), folder / "dataset")
    for path in write_returns(authority, folder):
        click.echo(str(path))
    click.echo(f"frames and returns: {perf_counter() - told:.1f} s")


if __name__ == "__main__":
    main()
