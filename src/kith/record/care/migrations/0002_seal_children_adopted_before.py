"""Seal the files of children whose care an adoption order had ended before Kith did so by itself."""

from typing import Any

from django.db import migrations

ADOPTED = ("E11", "E12")  # code list `reason_episode_ceased`
SEALED = "sealed_adoption"
BECAUSE = "An adoption order ended their care; the file from before it is sealed"


def seal(apps: Any, schema_editor: Any) -> None:
    """Seal each adopted child's kept record, but one whose record is sealed already."""
    person, restriction = apps.get_model("people", "Person"), apps.get_model("access", "Restriction")
    into = dict(person.objects.exclude(merged_into=None).values_list("pk", "merged_into_id"))
    ended = apps.get_model("care", "PeriodOfCare").objects.filter(superseded_at=None, end_reason__in=ADOPTED)
    adopted = {_kept(pk, into) for pk in ended.values_list("person_id", flat=True)}
    before = restriction.objects.filter(kind=SEALED, lifted_at=None).values_list("person_id", flat=True)
    for pk in sorted(adopted - {_kept(pk, into) for pk in before}):
        restriction.objects.create(person_id=pk, kind=SEALED, reason=BECAUSE)
        same = [pk, *(merged for merged in into if _kept(merged, into) == pk)]
        person.objects.filter(pk__in=same).update(is_never_proposed=True)


def _kept(pk: int, into: dict[int, int]) -> int:
    while pk in into:
        pk = into[pk]
    return pk


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0001_initial"),
        ("access", "0002_keep_a_seal_by_every_custodian"),
    ]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]
