from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_what_was_live")]

    operations = [migrations.RemoveField(model_name="history", name="revision")]
