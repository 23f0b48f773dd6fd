"""How the log-in library behaves here: closed sign-up, throttles, log lines, mail by task."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from newsroom.accounts import devices
from newsroom.accounts.models import folded_email
from newsroom.lib.emails import masked
from newsroom.lib.ratelimit import client_address, client_network
from newsroom.outgoing.tasks import outgoing_task

log = logging.getLogger("newsroom.accounts")


class ClosedSignUp(DefaultAccountAdapter):
    """People are invited; nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and password do not go together."),
        "too_many_login_attempts": _("Too many tries. Wait a while, or set a new password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """What failed tries are counted by.

        A browser that has been logged in to this account before has a count of its own, so that a
        stranger who guesses at it cannot lock its owner out.
        """
        email = folded_email(credentials.get("email", ""))
        return f"{email}:{devices.known(request, email)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self._note(request, "throttled", credentials)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        self._note(request, "refused", credentials)

    def _note(self, request: HttpRequest, outcome: str, credentials: dict[str, Any]) -> None:
        email = masked(credentials.get("email", ""))
        log.warning("log-in %s for %s from %s", outcome, email, client_network(request))

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> Any:  # the library's response
        response = super().post_login(request, user, **kwargs)
        email = user.get_username()
        log.info("log-in of %s from %s", masked(email), client_network(request))
        devices.remember(response, email)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Notices of changes to an account. They hold no secret, so the queue may hold them."""
        message: EmailMessage = self.render_mail(template_prefix, email, context)
        send_notice.enqueue(email, str(message.subject), str(message.body))


@outgoing_task()
def send_notice(email: str, subject: str, body: str) -> None:
    """Send one notice."""
    EmailMessage(subject=subject, body=body, to=[email]).send()
