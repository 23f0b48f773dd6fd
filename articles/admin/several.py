"""What is done to several articles at once from the list: each by itself, all of it undoable."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.filters import BIN
from articles.models import Article
from articles.models.kinds import State, Workflow
from articles.permissions import can_bin, can_move, can_publish
from articles.publishing import CannotPublish
from articles.publishing.bin import CannotBin, bin_article, unbin
from articles.publishing.quiet import publish_by_hand
from articles.publishing.workflow import move
from newsroom.lib.long_lists import LongListAdmin

# Articles that are named one by one; of the others only how many they are.
NAMED = 8
# False: there was nothing to do.
Deed = Callable[[Article, Any, UUID], bool]


class SeveralAtOnce(LongListAdmin, admin.ModelAdmin[Article]):
    """Mixed into the article's list."""

    actions = (
        "submit_selected", "approve_selected", "send_back_selected", "publish_selected",
        "bin_selected", "unbin_selected",
    )  # fmt: skip

    def get_actions(self, request: HttpRequest) -> Any:
        """In the bin only the way out; nothing is deleted in bulk."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        in_bin = request.GET.get("status") == BIN
        return {name: act for name, act in actions.items() if (name == "unbin_selected") == in_bin}

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.publish_article")

    @admin.action(description=gettext_lazy("Submit to the editors"), permissions=["change"])
    def submit_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._each(request, queryset, _move(Workflow.IN_EDIT))

    @admin.action(description=gettext_lazy("Approve"), permissions=["publish"])
    def approve_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._each(request, queryset, _move(Workflow.APPROVED))

    @admin.action(description=gettext_lazy("Send back to the writer"), permissions=["publish"])
    def send_back_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._each(request, queryset, _move(Workflow.WRITING))

    @admin.action(description=gettext_lazy("Publish the latest version"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        """Withdrawn articles are restored one by one, with a look at the notice."""
        self._each(request, queryset, _publish)

    @admin.action(description=gettext_lazy("Put into the bin"), permissions=["change"])
    def bin_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._each(request, queryset, _bin)

    @admin.action(description=gettext_lazy("Put back from the bin"), permissions=["change"])
    def unbin_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._each(request, queryset, _unbin)

    def _each(self, request: HttpRequest, queryset: QuerySet[Article], deed: Deed) -> None:
        """One that is refused does not keep the others back, and is named with its reason."""
        batch, done, refused = uuid4(), 0, []
        for article in queryset.order_by("pk"):
            try:
                done += deed(article, request.user, batch)
            except (CannotPublish, CannotBin, ValueError) as error:
                refused.append((article.headline[:90], str(error)))
        if done:
            words = ngettext("Done for %d article.", "Done for %d articles.", done) % done
            undo = reverse("admin:articles_article_undo", args=[batch])
            link = format_html('{} <a href="{}">{}</a>', words, undo, _("Undo…"))
            self.message_user(request, link, messages.SUCCESS)
        elif not refused:
            self.message_user(request, _("Nothing was changed."), messages.INFO)
        for headline, reason in refused[:NAMED]:
            words = format_html("“<bdi>{}</bdi>”: {}", headline, reason)
            self.message_user(request, words, messages.WARNING)
        if len(refused) > NAMED:
            more = len(refused) - NAMED
            words = ngettext("And %d more.", "And %d more.", more) % more
            self.message_user(request, words, messages.WARNING)


def _move(to: Workflow) -> Deed:
    def deed(article: Article, by: Any, batch: UUID) -> bool:
        _need(can_move(by, article, to))
        return move(article, by=by, to=to, batch=batch)

    return deed


def _publish(article: Article, by: Any, batch: UUID) -> bool:
    _need(can_publish(by, article))
    if article.state == State.WITHDRAWN:
        raise ValueError(_("It is withdrawn. Open it and restore it."))
    if article.is_live and not article.has_unpublished_changes:
        return False
    publish_by_hand(article, by=by, batch=batch)
    return True


def _bin(article: Article, by: Any, batch: UUID) -> bool:
    _need(can_bin(by, article))
    return bin_article(article, by=by, batch=batch)


def _unbin(article: Article, by: Any, batch: UUID) -> bool:
    _need(can_bin(by, article))
    return unbin(article, by=by, batch=batch)


def _need(may: bool) -> None:
    if not may:
        raise ValueError(_("It is not yours to change."))
