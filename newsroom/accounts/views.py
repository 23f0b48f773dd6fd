"""Accepting an invitation. Log-in, reset and second factors are the library's views (urls.py)."""

from allauth.account.forms import SetPasswordField
from django import forms
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.invitations import invited_by_token
from newsroom.accounts.models import User
from newsroom.lib.ratelimit import allow, client_network


class FirstPassword(forms.Form):
    """One field: browsers offer a password and keep it; a second field helps nobody."""

    password = SetPasswordField(label=_("Password"))

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["password"].user = user  # type: ignore[attr-defined]


def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A GET shows the form, a POST sets the password: mail scanners follow links."""
    if not allow("invitation", client_network(request), limit=30, seconds=600):
        return TemplateResponse(request, "429.html", status=429)
    user = invited_by_token(token)
    if user is None:
        return TemplateResponse(request, "account/invitation_over.html", status=404)
    form = FirstPassword(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        password = make_password(form.cleaned_data["password"])
        # One use: of two who post the same link at once, the second finds the password set.
        if User.objects.filter(pk=user.pk, password=user.password).update(password=password):
            messages.success(request, _("Your password is set. Log in with it."))
        return redirect("account_login")
    return TemplateResponse(request, "account/invitation.html", {"form": form, "invited": user})
