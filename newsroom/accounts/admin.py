"""People in the admin: invite, change, deactivate. Who may do it to whom is in permissions.py."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from newsroom.accounts.forms import InvitationForm, PersonForm
from newsroom.accounts.invitations import send_invitation
from newsroom.accounts.models import User
from newsroom.accounts.permissions import (
    is_last_chief,
    may_change,
    may_change_roles,
    may_manage_people,
)

# Roles are fixed in roles.py, and what belongs to a log-in is kept on its owner's own pages.
for model in (Group, EmailAddress, EmailConfirmation, Authenticator):
    with suppress(NotRegistered):
        admin.site.unregister(model)


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """Nobody is deleted: what they wrote and changed stays signed with their name."""

    list_display = ("name", "email", "roles", "is_active", "standing")
    list_filter = ("is_active", "groups")
    search_fields = ("name", "email")
    list_per_page = 50
    actions = ("invite_again", "deactivate")

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[User]]:
        base = PersonForm if obj else InvitationForm
        kwargs.pop("fields", None)
        return type(base.__name__, (base,), {"by": request.user})

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        return PersonForm.Meta.fields if obj else InvitationForm.Meta.fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all()) or "–"

    @admin.display(description=_("log-in"), ordering="last_login")
    def standing(self, user: User) -> Any:
        if not user.has_usable_password() and user.last_login is None:
            return _("invited")
        return user.last_login or _("never")

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """What can be filtered by can be guessed letter by letter; a password's hash may not."""
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    # --- who may -------------------------------------------------------------------------------
    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return may_manage_people(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_manage_people(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_manage_people(request.user)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return may_change(request.user, obj) if obj else may_manage_people(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    # --- forms ---------------------------------------------------------------------------------
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Asks for the password again, when it was typed long ago."""
        if not may_manage_people(request.user):
            return super().changeform_view(request, *args, **kwargs)  # which refuses
        form: Callable[..., HttpResponse] = reauthentication_required(super().changeform_view)
        return form(request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What is done to several at once asks for the password like the form of one."""
        view: Callable[..., HttpResponse] = super().changelist_view
        if request.method == "POST" and may_manage_people(request.user):
            view = reauthentication_required(view)
        return view(request, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            send_invitation.enqueue(form.instance.pk, str(request.user))
            messages.info(request, _("The invitation is on its way by mail."))

    # --- actions -------------------------------------------------------------------------------
    @admin.action(description=_("Send the invitation again"), permissions=["change"])
    def invite_again(self, request: HttpRequest, users: QuerySet[User]) -> None:
        waiting = [user for user in users.filter(is_active=True) if not user.has_usable_password()]
        for user in waiting:
            if may_change(request.user, user):
                send_invitation.enqueue(user.pk, str(request.user))
        text = ngettext("%d invitation sent.", "%d invitations sent.", len(waiting))
        messages.info(request, text % len(waiting))

    @admin.action(description=_("Deactivate"), permissions=["change"])
    def deactivate(self, request: HttpRequest, users: QuerySet[User]) -> None:
        with transaction.atomic():
            for user in users:
                if not may_change_roles(request.user, user):
                    messages.error(request, _("%s is not yours to deactivate.") % user)
                elif is_last_chief(user):
                    messages.error(request, _("%s is the last chief editor.") % user)
                else:
                    User.objects.filter(pk=user.pk).update(is_active=False)
                    self.log_change(request, user, "Deactivated.")
