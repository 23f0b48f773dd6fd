"""Taking in what waits in the spool: by the very path of a live sign-up, each exactly once.

The tick of each machine calls `run_due` every few seconds; while the database is away that fails,
and the files stay.
"""

import logging
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction

from newsletter import spool
from newsletter.choices import CONFIRM_WITHIN
from newsletter.models import Newsletter, SignUp, TakenIn
from newsletter.signup import receive
from newsroom.pages.models import TermsVersion

logger = logging.getLogger(__name__)

# Files a run.
BATCH = 500
# Why one is put aside: in the names of files, and said by the command `sign_ups`.
GONE, CLOSED, TERMS, LATE, UNREADABLE, FAILED = (
    "gone", "closed", "terms", "late", "unreadable", "failed",
)  # fmt: skip


def run_due(at: datetime) -> int:
    """Take in what waits; how many. Raises django.db.OperationalError while nobody answers."""
    spool.tidy(now=at.timestamp())
    names = spool.waiting()
    seen: set[str] = set()
    taken = 0
    for name in names[:BATCH]:
        # The same address once more says the same: it gets one mail, as it would have.
        if name.address not in seen and (reason := _take_in(name, at)):
            spool.put_aside(name, reason)
            logger.error("newsletter: a sign-up in the spool was not taken in: %s", reason)
            continue
        seen.add(name.address)
        spool.forget(name)
        taken += 1
    return taken


def _take_in(name: spool.Name, at: datetime) -> str:
    """Why it could not be; empty when it was, or another process did."""
    try:
        return _take(name, spool.read(name), at)
    except FileNotFoundError:
        return ""
    except spool.Unreadable:
        return UNREADABLE
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("newsletter: a sign-up in the spool cannot be taken in")
        return FAILED


@transaction.atomic
def _take(name: spool.Name, sign_up: SignUp, at: datetime) -> str:
    """A row with the name stands in the same transaction: after a crash the file is known."""
    key = name.text.rpartition("-")[2]
    if TakenIn.objects.filter(pk=key).exists():
        return ""
    newsletter = Newsletter.objects.filter(pk=sign_up.newsletter_id).first()
    if newsletter is None:
        return GONE
    if not newsletter.is_active:
        return CLOSED
    if not TermsVersion.objects.filter(pk=sign_up.terms_id).exists():
        return TERMS
    if sign_up.at < at - CONFIRM_WITHIN:
        return LATE
    _row, made = TakenIn.objects.get_or_create(pk=key, defaults={"at": at})
    if made:
        receive(sign_up)
    return ""
