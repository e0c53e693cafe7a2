from django.db import migrations


class Migration(migrations.Migration):
    """A version's `because` says why it ended, so the reason of a decision has a name of its own."""

    dependencies = [("protection", "0004_say_why_a_plan_ends_at_its_review")]

    operations = [
        migrations.RenameField(model_name="conferenceof", old_name="because", new_name="why"),
        migrations.RenameField(model_name="enquiryfinding", old_name="because", new_name="why"),
    ]
