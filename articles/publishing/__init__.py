"""Every editorial verb, one file each. Buttons, commands, importers and the tick all call these."""

from articles.publishing.checks import CannotPublish, problems
from articles.publishing.publish import publish
from articles.publishing.quiet import Quiet, publish_by_hand
from articles.publishing.schedule import expected_at, expire_at, schedule, unschedule
from articles.publishing.withdraw import restore, unpublish, withdraw

__all__ = [
    "CannotPublish",
    "Quiet",
    "expected_at",
    "expire_at",
    "problems",
    "publish",
    "publish_by_hand",
    "restore",
    "schedule",
    "unpublish",
    "unschedule",
    "withdraw",
]
