"""Where a place at an open session was taken, the draft kept the words of its link: it keeps them no more."""

from django.db import migrations

SENT = ["", "You have a place."]  # where the form leads, and what is said: as a form sent again finds it


def forget(apps, schema_editor):
    drafts = apps.get_model("drafts", "Draft")
    drafts.objects.filter(form="take_place").exclude(made=None).update(made=SENT)


class Migration(migrations.Migration):
    dependencies = [("drafts", "0001_initial")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
