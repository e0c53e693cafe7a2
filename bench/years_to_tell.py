"""Makes the years that figures are measured on: an invented authority's, of any size, as Parquet by year.

The authority's own people are told again under new ids until there are as many as asked for, so that a big
authority takes no longer to invent than a small one.
"""

from datetime import date
from pathlib import Path

import polars as pl

from kith.dataset.dataset import Dataset
from kith.dataset.schema import columns_of
from kith.insight.facts import Facts
from kith.insight.keeping import write_years
from kith.insight.sources import whole_source
from kith.invented.authority import invent
from kith.invented.frames import dataset_of

YEARS, LAST_YEAR = 10, 2027
_SHARED = ("ssd_department", "ssd_professionals")
_OF_STAFF = ("prof_professional_id", "dept_team_id")
_UNMARKED = (
    *("invo_involvements_id", "invo_person_id", "invo_referral_id"),
    *("clap_person_id", "cppl_referral_id", "icpc_cp_plan_id", "kith_carer"),
)
SINCE = date(LAST_YEAR - YEARS, 4, 1)


def make_years(folder: Path, open_children: int, times: int) -> Dataset:
    """Write ten years of an authority, its people told `times` times, and return all of it.

    What began earlier is in the first year, as in an extract.
    """
    until = date(LAST_YEAR, 3, 31)
    one = dataset_of(invent(open_children, YEARS, 1, until))
    many = told_again(one, times)
    since = {table: SINCE for table in many.filled() if table not in _SHARED}
    write_years(Facts(many, whole_source(many, "record", until, since), "300"), folder, YEARS)
    return many


def told_again(dataset: Dataset, times: int) -> Dataset:
    """The dataset with each person, and all that is told of them, `times` times, under other ids."""
    frames = {}
    for table in dataset.filled():
        own = dataset[table]
        if table in _SHARED:
            frames[table] = own
            continue
        names = [name for name in _ids(table) if name in own.columns]
        copies = [
            own.with_columns(pl.col(name) + f"T{again}" for name in names) if again else own
            for again in range(times)
        ]
        frames[table] = pl.concat(copies)
    return Dataset(frames)


def _ids(table: str) -> list[str]:
    """The columns that name a person or a fact; not those that name staff or teams."""
    keys = [column for column in columns_of(table) if column.key and column.kind == "text"]
    own = [column.name for column in keys if not any(staff in column.key for staff in _OF_STAFF)]
    return [*own, *(column.name for column in columns_of(table) if column.name in _UNMARKED)]
