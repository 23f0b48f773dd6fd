"""The last door before the mail server. Settings name it as Django's mail back end."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from newsroom.outgoing.holding import held


class Held(RuntimeError):
    """Nothing leaves this copy of the paper until `manage.py outgoing release`."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class Door(BaseEmailBackend):
    """Hands mail to the back end that `EMAIL_URL` names, unless all is held.

    Mails of `outgoing_task` never come here while all is held; whatever else sends one is refused.
    """

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self._carrier = get_connection(settings.MAIL_CARRIER, fail_silently=fail_silently, **kwargs)

    def open(self) -> bool | None:
        if held():
            raise Held
        return self._carrier.open()

    def close(self) -> None:
        self._carrier.close()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if held():
            raise Held
        return self._carrier.send_messages(email_messages) or 0
