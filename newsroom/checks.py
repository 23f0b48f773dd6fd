"""What makes a configuration unsafe or half set, as sentences; `serve` and `check --deploy` ask."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.core.checks.messages import CheckMessage
from django.db import DatabaseError

DEMO_DOMAIN = "@demo.test"


def unsafe_settings() -> list[str]:
    """Why production must not start, judged from settings alone."""
    found = []
    if settings.SECRET_KEY == settings.MISSING_SECRET_KEY or len(settings.SECRET_KEY) < 32:
        found.append(
            "SECRET_KEY is missing or shorter than 32 characters. Set SECRET_KEY, or "
            "SECRET_KEY_FILE to a file that holds it; "
            "`python -c 'import secrets; print(secrets.token_urlsafe(50))'` makes one."
        )
    if not settings.SITE_URL_IS_SET:
        found.append(
            "SITE_URL is missing: every link in mails would lead to this machine alone. "
            "Set it to the address readers type, such as SITE_URL=https://news.example."
        )
    if settings.DEBUG:
        found.append("DEBUG is on. It shows secrets to readers; unset it.")
    if any(host == "*" or host.startswith(".") for host in settings.ALLOWED_HOSTS):
        found.append("ALLOWED_HOSTS has a wildcard. Name the hosts, or set only SITE_URL.")
    if not any(settings.ALLOWED_HOSTS):
        found.append("No host is allowed. Set SITE_URL to the site's address.")
    return found


def demo_accounts() -> str | None:
    """A sentence when demo accounts exist, whose password everyone knows. Raises DatabaseError."""
    from newsroom.accounts.models import User

    if User.objects.filter(email__endswith=DEMO_DOMAIN, is_active=True).exists():
        return (
            f"Demo accounts (…{DEMO_DOMAIN}) are active and their password is public. "
            "Start from an empty database, or deactivate them in the admin under People."
        )
    return None


@register(Tags.security, deploy=True)
def check_production(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """`manage.py check --deploy`, for production alone."""
    if not settings.PRODUCTION:
        return []
    messages: list[CheckMessage] = [
        Error(sentence, id="newsroom.E001") for sentence in unsafe_settings()
    ]
    if not settings.HTTPS:
        messages.append(
            Warning("SITE_URL is not https: cookies travel in the clear.", id="newsroom.W001")
        )
    return messages


@register(Tags.database)
def check_demo_accounts(
    app_configs: Any, databases: Any = None, **kwargs: Any
) -> list[CheckMessage]:
    """Demo accounts in a production database."""
    if not settings.PRODUCTION or not databases:
        return []
    try:
        sentence = demo_accounts()
    except DatabaseError:
        return []
    return [Error(sentence, id="newsroom.E002")] if sentence else []
