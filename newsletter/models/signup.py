"""What is on its way: sign-ups that wait for the worker, and which mails an address was sent."""

from django.db import models

from newsletter.mailbox import LONGEST
from newsletter.models.newsletter import Newsletter


class SignUp(models.Model):
    """A form as it was sent. The request only writes it down, so that its answer takes the same
    time for every address; the worker looks the address up, acts, and deletes the row."""

    newsletter = models.ForeignKey(Newsletter, models.CASCADE, related_name="+")
    email = models.CharField(max_length=LONGEST)
    at = models.DateTimeField()
    terms = models.ForeignKey("pages.TermsVersion", models.PROTECT, related_name="+")
    wording = models.TextField()
    with_box = models.BooleanField()
    source = models.CharField(max_length=300)
    language = models.CharField(max_length=12)
    network = models.CharField(max_length=50)

    def __str__(self) -> str:
        return f"{self.newsletter} {self.at:%Y-%m-%d %H:%M}Z"


class TakenIn(models.Model):
    """A file of the spool that was taken in: after a crash before it is deleted it is known."""

    key = models.CharField(max_length=16, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key} {self.at:%Y-%m-%d %H:%M}Z"


class Notice(models.Model):
    """A mail that somebody's sign-up caused; counted so that nobody can fill another's mailbox."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm"
        ALREADY = "already"

    email = models.CharField(max_length=LONGEST)
    newsletter = models.ForeignKey(Newsletter, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    at = models.DateTimeField()

    class Meta:
        # What this address was sent in the last day.
        indexes = [models.Index(fields=["email", "at"], name="notices_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}Z"
