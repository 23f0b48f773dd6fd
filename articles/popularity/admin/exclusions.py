"""Stories kept out of Most Read: made, looked at and lifted; never changed or deleted."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.models import Article
from articles.popularity import keeping
from articles.popularity.admin.numbers import numbers_view
from articles.popularity.excluding import AlreadySo, keep_out, let_back, may_keep_out, may_let_back
from articles.popularity.models import Exclusion
from newsroom.lib.choosing import ChoosesRows
from newsroom.pages.templatetags.paper import printed


class ExclusionForm(forms.ModelForm[Exclusion]):
    """Which story, and why; whoever asks must publish in its section."""

    asks: Any = None

    class Meta:
        model = Exclusion
        fields = ("article", "reason")
        widgets = {"reason": forms.TextInput({"class": "vLargeTextField", "dir": "auto"})}
        help_texts = {
            "reason": gettext_lazy("Stays in the history of the article; readers do not see it.")
        }

    def clean_article(self) -> Article:
        article: Article = self.cleaned_data["article"]
        if not may_keep_out(self.asks, article):
            raise forms.ValidationError(_("This story is in a section that you do not publish."))
        if Exclusion.objects.standing().filter(article=article).exists():
            raise forms.ValidationError(_("It is kept out already."))
        return article


class StandingFilter(admin.SimpleListFilter):
    """Those that keep a story out now, or those that were lifted."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("out", gettext_lazy("Kept out")), ("lifted", gettext_lazy("Let in again"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Exclusion]) -> QuerySet[Exclusion]:
        if self.value() in {"out", "lifted"}:
            return queryset.filter(lifted_at__isnull=self.value() == "out")
        return queryset


@admin.register(Exclusion)
class ExclusionAdmin(ChoosesRows, admin.ModelAdmin[Exclusion]):
    """The list is the record; the button on the page of one lifts it."""

    form = ExclusionForm
    autocomplete_fields = ["article"]
    list_display = ["article", "reason", "kept_out", "lifted"]
    list_select_related = ["article", "by", "lifted_by"]
    list_filter = [StandingFilter]
    search_fields = ["article__headline", "reason"]
    change_list_template = "admin/popularity/exclusion/change_list.html"
    change_form_template = "admin/popularity/exclusion/change_form.html"

    class Media:
        css = {"all": ["css/admin-most-read.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Exclusion]:
        return super().get_queryset(request).defer("article__body")

    def get_form(
        self,
        request: HttpRequest,
        obj: Exclusion | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> Any:
        made = super().get_form(request, obj, change, **kwargs)
        return type(made.__name__, (made,), {"asks": request.user})

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Articles are chosen here, not made or changed."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "article" and field:
            for act in ("add", "change", "view"):
                setattr(field.widget, f"can_{act}_related", False)
        return field

    def get_fields(self, request: HttpRequest, obj: Exclusion | None = None) -> Any:
        return ["article", "reason", "kept_out", "lifted"] if obj else ["article", "reason"]

    def has_change_permission(self, request: HttpRequest, obj: Exclusion | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Exclusion | None = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("kept out"), ordering="at")
    def kept_out(self, exclusion: Exclusion) -> str:
        return _act(exclusion.at, exclusion.by)

    @admin.display(description=gettext_lazy("lifted"), ordering="lifted_at")
    def lifted(self, exclusion: Exclusion) -> str:
        return _act(exclusion.lifted_at, exclusion.lifted_by) if exclusion.lifted_at else "–"

    def save_model(self, request: HttpRequest, obj: Exclusion, form: Any, change: bool) -> None:
        user: Any = request.user
        try:
            obj.pk = keep_out(obj.article, by=user, reason=obj.reason).pk
        except AlreadySo:  # by somebody else, since the form was checked
            obj.pk = Exclusion.objects.standing().get(article=obj.article).pk
            messages.warning(request, _("Somebody else has kept it out at the same moment."))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {**(extra_context or {}), "title": _("Keep out of Most Read")}
        return super().add_view(request, form_url, context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        found = self.get_object(request, object_id)
        may = found is not None and may_let_back(request.user, found)  # type: ignore[arg-type]
        context = {**(extra_context or {}), "may_lift": may}
        return super().change_view(request, object_id, form_url, context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {**(extra_context or {}), "writes_to_disk": keeping.writes_to_disk()}
        return super().changelist_view(request, context)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("numbers/", wrap(numbers_view), name="popularity_exclusion_numbers"),
            path(
                "<int:exclusion_id>/lift/", wrap(lift_view), name="popularity_exclusion_lift"
            ),
        ]  # fmt: skip
        return [*own, *super().get_urls()]


@require_POST
def lift_view(request: HttpRequest, exclusion_id: int) -> HttpResponse:
    """Let the story in again, at once."""
    user: Any = request.user
    if not user.has_perm("popularity.view_exclusion"):
        raise PermissionDenied
    exclusions = Exclusion.objects.select_related("article")
    exclusion = get_object_or_404(exclusions, pk=min(exclusion_id, 2**63 - 1))
    if not may_let_back(user, exclusion):
        raise PermissionDenied
    try:
        let_back(exclusion, by=user)
        messages.success(request, _("It stands in Most Read again, where its readers put it."))
    except AlreadySo:
        messages.warning(request, _("Nothing was changed: it has been lifted already."))
    return redirect("admin:popularity_exclusion_change", exclusion.pk)


def _act(at: Any, by: Any) -> str:
    return f"{printed(at)}, {by.name or by.email}" if by else printed(at)
