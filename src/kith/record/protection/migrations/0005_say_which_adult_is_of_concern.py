from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("protection", "0004_say_whether_they_were_seen_alone")]

    operations = [
        migrations.AddField(
            model_name="strategydiscussion",
            name="of_concern",
            field=models.TextField(blank=True, default="", db_default=""),
        ),
    ]
