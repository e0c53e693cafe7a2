"""Which of the dataset's tables and columns each kind of return tells, worked out of how it is read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kith.dataset import mapped_903, mapped_cin
from kith.dataset.returns import Kind
from kith.standards.years import NoSuchReturn, return_column

_PERSON_903 = "pers_person_id pers_legacy_id pers_dob pers_sex pers_ethnicity pers_upn pers_upn_unknown"
_PERSON_CIN = f"{_PERSON_903} pers_gender pers_expected_dob pers_death_date"
_FOLDED = {
    "kith_periods_of_care": "kith_person_id kith_period_id kith_start_date kith_start_known "
    "kith_first_reason kith_end_date kith_end_reason kith_need_code kith_home_postcode",
    "ssd_legal_status": "lega_person_id kith_period_id lega_legal_status lega_legal_status_start_date "
    "lega_legal_status_end_date",
    "ssd_cla_placement": "clap_person_id clap_cla_id clap_cla_placement_id clap_cla_placement_type "
    "clap_cla_placement_start_date clap_cla_placement_end_date clap_cla_placement_provider "
    "clap_cla_placement_urn clap_cla_placement_postcode clap_cla_placement_change_reason kith_carer "
    "kith_home_postcode",
}
_PLACED_IN_CENSUS = {
    "ssd_assessment_factors": (
        "Assessments",
        "cinf_assessment_id kith_person_id cinf_assessment_factors_json",
    ),
    "ssd_initial_cp_conference": (
        "Section47",
        "icpc_icpc_id icpc_person_id icpc_referral_id icpc_s47_enquiry_id icpc_icpc_date",
    ),
    "ssd_disability": ("Disabilities", "disa_person_id disa_disability_code"),
}


@dataclass(frozen=True)
class Told:
    """One table of the dataset as a kind of return tells it: from which of the return's own tables, and what.

    `first_year` is the first END year that asked for it; None where it was always asked for.
    """

    table: str
    columns: frozenset[str]
    first_year: int | None


@cache
def tells(kind: Kind) -> Mapping[str, Told]:
    """What a return of this kind tells, by the dataset's table."""
    return dict(_of_903() if kind == "903" else _of_cin())


def _of_903() -> Iterator[tuple[str, Told]]:
    yield "ssd_person", Told("Header", frozenset(_PERSON_903.split()), None)
    for table, names in _FOLDED.items():
        yield table, Told("Episodes", frozenset(names.split()), None)
    yield "kith_motherhood", Told("Header", frozenset({"kith_person_id", "kith_is_mother"}), None)
    for mapped in mapped_903.MAPPED:
        columns = {mapped.id, mapped.person, *mapped.columns.values(), *mapped.constants}
        yearly = {"kith_year"} if mapped.is_yearly else set()
        first = _first_year("903", mapped.table, mapped_903.CHILD)
        yield mapped.facts, Told(mapped.table, frozenset(columns | yearly), first)


def _of_cin() -> Iterator[tuple[str, Told]]:
    yield "ssd_person", Told("Children", frozenset(_PERSON_CIN.split()), None)
    for mapped in mapped_cin.MAPPED:
        columns = {mapped.id, mapped.person, mapped.parent_id, *mapped.columns.values()}
        first = _first_year("cin", mapped.table, "LAchildID")
        yield mapped.facts, Told(mapped.table, frozenset(columns), first)
    for table, (census_table, names) in _PLACED_IN_CENSUS.items():
        yield table, Told(census_table, frozenset(names.split()), None)


def _first_year(kind: Kind, table: str, column: str) -> int | None:
    try:
        return return_column(kind, table, column).first_year
    except NoSuchReturn:
        return None
