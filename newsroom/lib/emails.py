"""Mail by message name: `templates/emails/<name>/{subject,body}.txt` and perhaps `body.html`."""

from collections.abc import Mapping
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils import translation

from newsroom.lib.text import tidy


def masked(address: str) -> str:
    """For log lines and screens of strangers: enough to recognise, too little to write to."""
    local, _at, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"[:80]


def send(
    name: str,
    *,
    to: str,
    context: Mapping[str, Any],
    language: str | None = None,
    headers: dict[str, str] | None = None,
    reply_to: str | None = None,
    from_email: str | None = None,
) -> None:
    """Send one message to one address, now.

    Raises what the mail back end raises (SMTP, OSError); call it from a task, which retries.
    The subject is one line whatever the context holds, so no header can be injected.
    """
    with translation.override(language or translation.get_language()):
        subject = tidy(render_to_string(f"emails/{name}/subject.txt", dict(context)))
        body = render_to_string(f"emails/{name}/body.txt", dict(context)).strip() + "\n"
        try:
            html: str | None = render_to_string(f"emails/{name}/body.html", dict(context))
        except TemplateDoesNotExist:
            html = None
    message = EmailMultiAlternatives(
        subject=subject,
        body=body,
        from_email=from_email,
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers=headers,
    )
    if html:
        message.attach_alternative(html, "text/html")
    message.send()
