"""What readers are told when an article's time is over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_history_by_number")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="withdraw_reason",
            field=models.TextField(blank=True, default="", editable=False),
        )
    ]
