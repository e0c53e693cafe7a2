from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("protection", "0005_say_which_adult_is_of_concern")]

    operations = [
        migrations.AddField(
            model_name="conference",
            name="convened_on",
            field=models.DateField(blank=True, null=True),
        ),
    ]
