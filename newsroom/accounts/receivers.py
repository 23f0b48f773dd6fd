"""What follows from changes to an account. Connected in apps.py."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from newsroom.accounts.models import User


def forgive_failed_tries(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Who has just set a new password by mail need not wait out the tries with the old one."""
    get_adapter(request)._delete_login_attempts_cached_email(request, email=user.email)
