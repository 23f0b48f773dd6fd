"""What the tick keeps about its own jobs, so that the desk can say whether they run."""

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
