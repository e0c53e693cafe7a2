import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
        ('chronology', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['person', 'on', 'id', 'kind', 'text', 'fact_table', 'fact_thread', 'recorded_at', 'batch', 'struck_at'], name='line_whole_by_person'),
        ),
        migrations.RemoveIndex(
            model_name='line',
            name='line_person_on',
        ),
        migrations.AlterField(
            model_name='line',
            name='person',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='people.person'),
        ),
    ]
