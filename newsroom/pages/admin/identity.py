"""Site identity: one object, so its list is its form."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import TextField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from newsroom.lib.choosing import ChoosesRows
from newsroom.pages.models import SiteSettings


@admin.register(SiteSettings)
class SiteSettingsAdmin(ChoosesRows, admin.ModelAdmin[SiteSettings]):
    """Legal links are the menu “Legal line”; everything else that names the paper is here."""

    fieldsets = [
        (None, {"fields": ["name", "tagline", "logo", "founded"]}),
        (_("Language and time"), {"fields": ["language", "time_zone"]}),
        (_("Feeds"), {"fields": ["feed_text"]}),
        (_("At the foot and by mail"), {"fields": ["copyright_owner", "email"]}),
        (_("When shared, and elsewhere"), {"fields": ["share_cards", "profiles"]}),
        (
            _("How the paper works"),
            {
                "fields": [*SiteSettings.PROPERTIES],
                "description": _(
                    "Which of the paper’s pages state its policies. Search engines are told of "
                    "those that are public."
                ),
            },
        ),
    ]
    raw_id_fields = ["logo"]
    formfield_overrides = {TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}}
    autocomplete_fields = [*SiteSettings.PROPERTIES]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, str] | None = None
    ) -> HttpResponse:
        if self.has_view_or_change_permission(request):
            SiteSettings.objects.get_or_create(pk=1)
            return redirect("admin:pages_sitesettings_change", 1)
        return super().changelist_view(request, extra_context)  # says that it is not allowed

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SiteSettings | None = None) -> bool:
        return False
