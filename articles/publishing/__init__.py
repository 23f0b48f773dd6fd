"""Every editorial verb, one file each. Buttons, commands, importers and the tick all call these."""

from articles.publishing.checks import CannotPublish, problems
from articles.publishing.publish import publish
from articles.publishing.withdraw import restore, unpublish, withdraw

__all__ = ["CannotPublish", "problems", "publish", "restore", "unpublish", "withdraw"]
