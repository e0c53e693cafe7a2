"""An invented record with everything in it that systems do to facts: doubles, gaps, slips and odd spellings.

It holds each edge that a definition speaks of often enough that a count which forgets it comes out wrong.
"""

from datetime import date, timedelta
from random import Random

from insight.disturbed_care import beside, care, homes, workers, years
from insight.disturbed_cases import doors, investigations, plans
from insight.slips import Tables, set_in, some
from kith.dataset.dataset import Dataset
from kith.dataset.schema import from_rows


def disturbed(dataset: Dataset, seed: int, until: date) -> Dataset:
    """The dataset with slips, the same for the same seed."""
    chance = Random(seed)
    tables = {name: dataset[name].to_dicts() for name in dataset.filled()}
    for disturb in (people, doors, investigations, plans, care, homes, workers, years, beside):
        disturb(tables, chance, until)
    return Dataset({name: from_rows(name, rows) for name, rows in tables.items()})


def people(tables: Tables, chance: Random, until: date) -> None:
    for row in some(chance, tables["ssd_person"], 4):
        row["pers_dob"] = None
        row["pers_expected_dob"] = chance.choice([None, until + timedelta(days=60)])
    set_in(tables, chance, "ssd_person", 6, "pers_ethnicity", [None, "REFU", "CHNE", "odd"])
    set_in(tables, chance, "ssd_person", 6, "pers_sex", [None, "U"])
