import django.db.models.deletion
from django.db import migrations, models

from newsroom.lib.indexes import DropOwnIndex


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0013_no_index_twice'),
        ('reports', '0001_initial'),
    ]

    operations = [
        DropOwnIndex(
            model_name='errorreport',
            name='article',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='error_reports', to='articles.article', verbose_name='article'),
        ),
    ]
