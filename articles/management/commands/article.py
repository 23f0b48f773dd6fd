"""Do to one article what its buttons do, from the command line: for a machine room and scripts."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.models import Article
from articles.models.kinds import WithdrawalKind
from articles.publishing import (
    CannotPublish,
    expire_at,
    publish,
    restore,
    schedule,
    unpublish,
    unschedule,
    withdraw,
)
from newsroom.accounts.models import User
from newsroom.pages.times import PaperTimeField, zone_words

Deed = Callable[[Article, User | None, Mapping[str, Any]], object]

VERBS: Mapping[str, Deed] = {
    "publish": lambda article, by, told: publish(article, by=by),
    "schedule": lambda article, by, told: schedule(
        article, by=by, publish_at=_needed(told, "at"), override=told["reason"]
    ),
    "unschedule": lambda article, by, told: unschedule(article, by=by),
    "expire": lambda article, by, told: expire_at(
        article, by=by, when=told["at"], reason=told["reason"]
    ),
    "withdraw": lambda article, by, told: withdraw(
        article, by=by, reason=told["reason"], kind=WithdrawalKind(told["kind"])
    ),
    "unpublish": lambda article, by, told: unpublish(article, by=by),
    "restore": lambda article, by, told: restore(article, by=by),
}


class Command(BaseCommand):
    """The verbs of `articles.publishing`; whoever may run commands may do everything."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=VERBS)
        parser.add_argument("article", type=int, help="its number, the last part of its address")
        parser.add_argument("--at", help="schedule, expire: 2026-10-25T06:00 on the paper's clock")
        parser.add_argument(
            "--reason", default="", help="withdraw, expire: for readers; schedule: override"
        )
        parser.add_argument(
            "--kind", choices=WithdrawalKind.values, default=WithdrawalKind.ERROR.value
        )
        parser.add_argument("--by", help="e-mail of the account under which it stands in history")

    def handle(self, *args: Any, **options: Any) -> None:
        article = Article.objects.filter(pk=options["article"]).first()
        if article is None:
            raise CommandError(f"There is no article {options['article']}.")
        by = User.objects.filter(email=options["by"]).first() if options["by"] else None
        if options["by"] and by is None:
            raise CommandError(f"There is no account {options['by']}.")
        told = {**options, "at": _moment(options["at"])}
        try:
            VERBS[options["verb"]](article, by, told)
        except (CannotPublish, ValueError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{options['verb']}: {article.pk} is {article.state}.")


def _moment(typed: str | None) -> datetime | None:
    """A time on the paper's clock, or with an offset of its own. Raises CommandError."""
    try:
        moment: datetime | None = PaperTimeField(required=False).clean(typed)
    except ValidationError as refusal:
        raise CommandError(f"--at ({zone_words()}): {' '.join(refusal.messages)}") from refusal
    return moment


def _needed(told: Mapping[str, Any], name: str) -> datetime:
    """Raises CommandError when it was not given."""
    moment = told[name]
    if not isinstance(moment, datetime):
        raise CommandError(f"Give --{name}.")
    return moment
