"""How somebody new gets in: a link by mail, good for a week and for one password."""

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from newsroom.accounts.models import User
from newsroom.lib import emails
from newsroom.lib.signing import BadToken, sign, unsign
from newsroom.outgoing.tasks import outgoing_task

DAYS = 7


def _state(user: User) -> str:
    """What the link hangs on: it ends when a password is set or the address changes."""
    value = f"{user.password}\0{user.email}"
    return salted_hmac("newsroom.invitation", value, algorithm="sha256").hexdigest()[:32]


def link_for(user: User) -> str:
    """The absolute address at which this user sets the first password."""
    token = sign("invitation", user.pk, _state(user))
    return f"{settings.SITE_URL}{reverse('accept_invitation', args=[token])}"


def invited_by_token(token: str) -> User | None:
    """The user whom this link lets in; None when it is forged, old, used or withdrawn."""
    try:
        pk, state = unsign("invitation", token, max_age=DAYS * 24 * 3600)
        user = User.objects.get(pk=int(pk), is_active=True)
    except (BadToken, ValueError, User.DoesNotExist):
        return None
    fresh = not user.has_usable_password() and constant_time_compare(state, _state(user))
    return user if fresh else None


@outgoing_task()
def send_invitation(user_pk: int, inviter: str) -> None:
    """Mail the link. It is made here and stored nowhere; nothing is sent to who is in already."""
    user = User.objects.filter(pk=user_pk, is_active=True).first()
    if user is None or user.has_usable_password():
        return
    context = {"user": user, "inviter": inviter, "link": link_for(user), "days": DAYS}
    emails.send("invitation", to=user.email, context={**context, "site_url": settings.SITE_URL})
