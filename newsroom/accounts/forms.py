"""The forms by which people are invited and changed; they ask permissions.py on every request."""

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.models import User, folded_email
from newsroom.accounts.permissions import is_last_chief, may_change_roles, roles_granted_by
from newsroom.accounts.roles import CHIEF, ROLE_HELP
from newsroom.lib.text import tidy


class Roles(forms.ModelMultipleChoiceField[Group]):
    """The roles as ticks, each with a word on what it may do."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Group) -> str:
        return f"{obj.name}: {ROLE_HELP.get(obj.name, '')}"


class PersonForm(forms.ModelForm[User]):
    """Somebody of the staff, as `by` (set by the admin, one class a request) may change them."""

    by: User
    groups = Roles(Group.objects.none(), label=_("Roles"), required=False)

    class Meta:
        model = User
        fields: tuple[str, ...] = ("email", "name", "groups", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "groups" in self.fields:
            self.fields["groups"].queryset = roles_granted_by(self.by)  # type: ignore[attr-defined]
        if self.instance.pk and not may_change_roles(self.by, self.instance):
            for name in {"groups", "is_active"} & set(self.fields):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Nobody changes what they may do themselves.")

    def clean_email(self) -> str:
        email = folded_email(self.cleaned_data["email"])
        if User.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Somebody with this e-mail address is here already."))
        return email

    def clean_name(self) -> str:
        name = tidy(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Type the name."))
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        stays = data.get("is_active", True) and any(g.name == CHIEF for g in data.get("groups", ()))
        if self.instance.pk and not stays and "groups" in data and is_last_chief(self.instance):
            raise ValidationError(
                _("This is the last chief editor. Make somebody else chief editor first.")
            )
        return data

    def save(self, commit: bool = True) -> User:
        # The log-in library may hold an address of its own for this user: the old one must not
        # open the account any longer.
        if self.instance.pk and "email" in self.changed_data:
            EmailAddress.objects.filter(user=self.instance).delete()
        return super().save(commit)


class InvitationForm(PersonForm):
    """Somebody new: no password, which they set themselves from the mail."""

    class Meta(PersonForm.Meta):
        fields = ("email", "name", "groups")

    def save(self, commit: bool = True) -> User:
        self.instance.is_staff = True
        self.instance.set_unusable_password()
        return super().save(commit)
