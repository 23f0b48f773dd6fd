"""The mark that keeps everything in the house; a restored copy is born with it."""

from django.db import models


class Hold(models.Model):
    """While there is a row, nothing leaves by itself. Written by `holding` and by a restore."""

    since = models.DateTimeField()
    # When the restored backup was made; empty when an operator holds by hand.
    backup_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"held since {self.since:%Y-%m-%d %H:%M}Z"
