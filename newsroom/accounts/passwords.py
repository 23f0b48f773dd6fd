"""Forgotten passwords: the same answer for every address, and the work done out of its sight."""

from typing import Any

from allauth.account import app_settings
from allauth.account.fields import EmailField
from allauth.account.utils import user_pk_to_url_str
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.models import User, folded_email
from newsroom.lib import emails
from newsroom.outgoing.tasks import outgoing_task


class ForgottenPassword(forms.Form):
    """Takes any address and looks none up, so that neither words nor time tell who is here."""

    email = EmailField(label=_("E-mail"), required=True)

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email = folded_email(self.cleaned_data["email"])
        send_password_reset.enqueue(email)
        return email


@outgoing_task()
def send_password_reset(email: str) -> None:
    """Mail a link to whoever has this address; nothing is sent to an unknown one."""
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None:
        return
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
    context = {"user": user, "link": settings.SITE_URL + path, "site_url": settings.SITE_URL}
    emails.send("password_reset", to=user.email, context=context)
