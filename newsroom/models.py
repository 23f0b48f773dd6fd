"""What worker and tick keep about themselves, so that the desk can say whether they run."""

from django.db import models


class JobRun(models.Model):
    """One recurring job: when it last began, ended well, and failed."""

    name = models.CharField(max_length=80, primary_key=True)
    started_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    # The exception's class and message of the last failure; no trace, no addresses.
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "job"
        verbose_name_plural = "jobs"

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """When a kind of process last said that it lives (newsroom/management/heartbeat.py)."""

    kind = models.CharField(max_length=20, primary_key=True)
    heard_at = models.DateTimeField()

    class Meta:
        verbose_name = "heartbeat"
        verbose_name_plural = "heartbeats"

    def __str__(self) -> str:
        return self.kind
