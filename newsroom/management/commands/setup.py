"""Set up an empty paper: its name, language and time zone, and its first chief editor."""

import getpass
import zoneinfo
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from newsroom.accounts.models import User, folded_email
from newsroom.accounts.roles import CHIEF
from newsroom.pages.founding import found

Clean = Callable[[str], str]  # the answer as it is kept; ValueError with a sentence


class Command(BaseCommand):
    """Asks for what is not given as an option; can be run again, and then changes only answers."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", help="the newspaper's name")
        parser.add_argument("--language", help="en, he, ... as in settings.LANGUAGES")
        parser.add_argument("--time-zone", help="as in the tz database: Europe/Lisbon")
        parser.add_argument("--email", help="the chief editor's e-mail address")
        parser.add_argument("--chief", help="the chief editor's name")
        parser.add_argument("--password", help="asked for without echo when not given")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        languages = [code for code, _name in settings.LANGUAGES]
        name = self._ask(options["name"], "Name of the newspaper: ", _some)
        language = self._ask(
            options["language"], f"Language ({', '.join(languages)}): ", _one_of(languages)
        )
        zone = self._ask(options["time_zone"], "Time zone (such as Europe/Lisbon): ", _zone)
        email = self._ask(options["email"], "E-mail of the first chief editor: ", _email)
        chief = self._ask(options["chief"], "Name of the chief editor: ", _some)
        user = User.objects.filter(email=email).first() or User(email=email)
        password = options["password"]
        if password or not user.pk:
            password = self._ask(
                password,
                "Password (at least 10 characters): ",
                _password_for(user),
                getpass.getpass,
            )
        with transaction.atomic():
            found(name=name, language=language, time_zone=zone)
            user.name, user.is_staff, user.is_active = chief, True, True
            if password:
                user.set_password(password)
            user.save()
            user.groups.add(Group.objects.get(name=CHIEF))
        self.stdout.write(f"{name} is set up. Log in as {email} at {settings.SITE_URL}/admin/")

    def _ask(
        self, given: str | None, question: str, clean: Clean, read: Callable[[str], str] = input
    ) -> str:
        """The option, or answers until one is good; a bad option ends the command."""
        answer = given
        while True:
            if answer is None:
                try:
                    answer = read(question)
                except EOFError as error:
                    raise CommandError(f"No answer to “{question.strip()}”.") from error
            try:
                return clean(answer)
            except ValueError as error:
                if given is not None:
                    raise CommandError(str(error)) from error
                self.stderr.write(str(error))
                answer = None


def _some(text: str) -> str:
    if not text.strip():
        raise ValueError("Please give a name.")
    return text.strip()


def _one_of(allowed: list[str]) -> Clean:
    def clean(text: str) -> str:
        if text.strip() not in allowed:
            raise ValueError(f"Please choose one of {', '.join(allowed)}.")
        return text.strip()

    return clean


def _zone(text: str) -> str:
    if text.strip() not in zoneinfo.available_timezones():
        raise ValueError(f"“{text.strip()}” is no time zone of the tz database.")
    return text.strip()


def _email(text: str) -> str:
    try:
        validate_email(text.strip())
    except ValidationError as error:
        raise ValueError("That is not an e-mail address.") from error
    return folded_email(text)


def _password_for(user: User) -> Clean:
    def clean(password: str) -> str:
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error
        return password

    return clean
