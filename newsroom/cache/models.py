"""Generation numbers: one row for each body of stored values that go out of date together."""

from django.db import models


class Generation(models.Model):
    """Replaced in the transaction of the change: no process can keep what came before it."""

    name = models.CharField(max_length=40, primary_key=True)
    number = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
