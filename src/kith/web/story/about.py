"""What is known of a child besides their story: ids, ethnicity, disability, health; nothing that is empty."""

from collections.abc import Sequence

from kith.record.care.models import HealthYear
from kith.record.people.models import Disability, Identifier, PersonDetails
from kith.record.versions import current_facts
from kith.standards.codes import code_list
from kith.standards.years import year_label

SEX = {"M": "Male", "F": "Female"}  # an unknown one is left out
SHOWN_IDS = (Identifier.Kind.CHILD_ID, Identifier.Kind.UPN, Identifier.Kind.NHS)


def about(ids: Sequence[int], details: PersonDetails | None) -> list[tuple[str, str]]:
    """(label, words) of what the records `ids` hold."""
    rows = [
        ("Sex", SEX.get(details.sex, "") if details else ""),
        (
            "Ethnicity",
            code_list("ethnicity").label(details.ethnicity) if details and details.ethnicity else "",
        ),
        ("Disability", _disability(ids)),
        *_ids(ids),
        _health(ids),
    ]
    return [(label, words) for label, words in rows if words]


def _disability(ids: Sequence[int]) -> str:
    known = current_facts(Disability, ids)
    return ", ".join(sorted({code_list("disability").label(each.code) for each in known}))


def _ids(ids: Sequence[int]) -> list[tuple[str, str]]:
    known = current_facts(Identifier, ids)
    held = [each for each in known if each.kind in SHOWN_IDS and each.ended_on is None]
    found: dict[str, list[str]] = {}
    for each in sorted(held, key=lambda each: (each.kind, each.value)):
        found.setdefault(str(each.get_kind_display()), []).append(each.value)
    return [(label, ", ".join(dict.fromkeys(values))) for label, values in found.items()]


def _health(ids: Sequence[int]) -> tuple[str, str]:
    """The newest year's health in a sentence; a question nobody answered is left out."""
    year = max(current_facts(HealthYear, ids), key=lambda known: known.year, default=None)
    if year is None:
        return "", ""
    said = [
        words if answer else f"not {words}"
        for words, answer in (
            ("health assessed", year.is_health_assessed),
            ("teeth checked", year.are_teeth_checked),
            ("immunisations up to date", year.are_immunisations_up_to_date),
        )
        if answer is not None
    ]
    if year.sdq_score is not None:
        said.append(f"strengths and difficulties score {year.sdq_score}")
    return f"Health in {year_label(year.year)}", ", ".join(said)
