"""Generation numbers of stored values, the entries that tell pages they are out of date, how far
caches in front of the site have been told of them, and what web processes say they did about them.
"""

from django.db import models
from django.utils import timezone


class Generation(models.Model):
    """Replaced in the transaction of the change: no process can keep what came before it."""

    name = models.CharField(max_length=40, primary_key=True)
    number = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class Told(models.Model):
    """How far a cache in front of the site has been told (newsroom/cache/cdn/telling.py)."""

    cache = models.CharField(max_length=200, primary_key=True)
    # The last entry it was told of.
    number = models.PositiveBigIntegerField(default=0)
    # The last hard one of which it was told twice; and up to which, when, it is told next.
    again = models.PositiveBigIntegerField(default=0)
    again_to = models.PositiveBigIntegerField(default=0)
    again_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.cache} {self.number}"


class Purge(models.Model):
    """Appended by newsroom/cache/purging.py alone; the ids rise in the order of the commits."""

    tags = models.JSONField()
    hard = models.BooleanField(default=False)
    # Somebody waits to see what becomes of it (newsroom/cache/proof). The default is the database's
    # too: the previous release writes entries while this one is being deployed.
    followed = models.BooleanField(default=False, db_default=False)
    # For deleting old ones: the order is that of the ids.
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{'hard ' if self.hard else ''}{' '.join(self.tags)}"


class WebProcess(models.Model):
    """A process that shows stored pages; written by itself (newsroom/cache/proof/witness.py)."""

    machine = models.CharField(max_length=255)
    # Within it process numbers are unique; empty where that cannot be told.
    space = models.CharField(max_length=80)
    pid = models.PositiveBigIntegerField()
    # It has seen to every followed entry up to this one.
    number = models.PositiveBigIntegerField()
    seen_at = models.DateTimeField()
    # Another process of its space has found that it is no more.
    left = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.pid} on {self.machine}"


class Refreshing(models.Model):
    """What became of one process's pages after the followed entries that it read together."""

    process = models.ForeignKey(WebProcess, models.CASCADE, related_name="refreshings")
    # Of those entries; a proof asks for all that reach into its own.
    first = models.PositiveBigIntegerField()
    last = models.PositiveBigIntegerField(db_index=True)
    heard_at = models.DateTimeField()
    # When no old page was shown any more.
    done_at = models.DateTimeField(null=True)
    # Its pages that were out of date by them; of the first some [address, numbers of the entries,
    # how it stands, when it was made or null].
    count = models.PositiveIntegerField()
    pages = models.JSONField()

    def __str__(self) -> str:
        return f"{self.count} pages by {self.first} to {self.last}"
