"""Taking in a reader's message: stored and queued for its desk in one transaction."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from newsroom.lib.emails import send
from newsroom.outgoing.tasks import outgoing_task
from newsroom.pages.identity import identity
from newsroom.pages.models import Message


def receive(*, desk_id: int | None, **words: str) -> Message:
    """Store the message and queue its mail; `words` are name, email, subject, body, page."""
    with transaction.atomic():
        message = Message.objects.create(desk_id=desk_id, **words)
        mail_message.enqueue(message.pk)
    return message


@outgoing_task()
def mail_message(message_id: int) -> None:
    """Mail the message to its desk, or to the paper's own address; nobody is copied.

    Safe to repeat: what was mailed is not mailed again. Without any address the message waits in
    the admin alone. The reader gets no receipt by mail: the address was typed, not proven, and a
    form that mails strangers can be turned against them.
    """
    message = Message.objects.select_related("desk").filter(pk=message_id).first()
    if message is None or message.mailed_at:
        return
    paper = identity()
    to = (message.desk.email if message.desk else "") or paper.email
    if not to:
        return
    context: dict[str, Any] = {
        "message": message,
        "site": paper,
        "admin_url": paper.url + reverse("admin:pages_message_change", args=[message.pk]),
        "page_url": settings.SITE_URL + message.page if message.page else "",
    }
    send(
        "message_received",
        to=to,
        context=context,
        language=paper.language,
        reply_to=message.email,
    )
    Message.objects.filter(pk=message.pk).update(mailed_at=timezone.now())
