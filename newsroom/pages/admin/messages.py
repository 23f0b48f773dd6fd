"""The queue of readers' messages: who deals with what, and what is still owed an answer."""

from typing import Any
from urllib.parse import quote

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from newsroom.lib.choosing import ChoosesRows
from newsroom.lib.long_lists import LongListAdmin
from newsroom.pages.models import Message

State = Message.State


@admin.register(Message)
class MessageAdmin(LongListAdmin, ChoosesRows, admin.ModelAdmin[Message]):
    """What the reader wrote is read-only; its state, the person and the note are the desk's."""

    list_display = ["subject", "sender", "desk", "state", "assigned_to", "created_at"]
    list_filter = ["state", "desk", "assigned_to"]
    list_select_related = ["desk", "assigned_to"]
    search_fields = ["subject", "email", "name"]
    date_hierarchy = "created_at"
    actions = ["take_in_hand", "mark_answered", "close"]
    autocomplete_fields = ["desk"]
    readonly_fields = [
        "subject", "sender", "reply", "text", "page_link", "created_at", "mailed_at",
    ]  # fmt: skip
    fieldsets = [
        (None, {"fields": ["subject", "sender", "text", "page_link", "created_at", "reply"]}),
        (_("At the desk"), {"fields": ["state", "desk", "assigned_to", "note", "mailed_at"]}),
    ]

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        """A message is given to somebody who can log in here."""
        if db_field.name == "assigned_to":
            kwargs["queryset"] = get_user_model().objects.filter(is_staff=True, is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("from"))
    def sender(self, message: Message) -> str:
        return f"{message.name} <{message.email}>" if message.name else message.email

    @admin.display(description=_("message"))
    def text(self, message: Message) -> str:
        return format_html('<div class="message-text" dir="auto">{}</div>', message.body)

    @admin.display(description=_("about the page"))
    def page_link(self, message: Message) -> str:
        if not message.page:
            return "–"
        return format_html('<a href="{}">{}</a>', message.page, message.page)

    @admin.display(description=_("answer"))
    def reply(self, message: Message) -> str:
        href = f"mailto:{quote(message.email)}?subject={quote(f'Re: {message.subject}')}"
        return format_html('<a href="{}">{}</a>', href, _("Answer by mail"))

    def save_model(self, request: HttpRequest, obj: Message, form: Any, change: bool) -> None:
        """Whoever takes a message in hand has it, unless another was named."""
        if "state" in form.changed_data and obj.state == State.IN_HAND and not obj.assigned_to_id:
            obj.assigned_to_id = request.user.pk
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Take in hand"), permissions=["change"])
    def take_in_hand(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        self._set(request, queryset, State.IN_HAND, assigned_to=request.user.pk)

    @admin.action(description=_("Mark as answered"), permissions=["change"])
    def mark_answered(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        self._set(request, queryset, State.ANSWERED)

    @admin.action(description=_("Close"), permissions=["change"])
    def close(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        self._set(request, queryset, State.CLOSED)

    def _set(
        self, request: HttpRequest, queryset: QuerySet[Message], state: str, **also: Any
    ) -> None:
        chosen = list(queryset.exclude(state=state, **also))
        Message.objects.filter(pk__in=[message.pk for message in chosen]).update(
            state=state, **also
        )
        for message in chosen:
            self.log_change(request, message, [{"changed": {"fields": ["state"]}}])
        count = len(chosen)
        words = ngettext("%(count)d message changed.", "%(count)d messages changed.", count)
        self.message_user(request, words % {"count": count}, messages.SUCCESS)
