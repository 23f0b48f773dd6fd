"""robots.txt, security.txt and ads.txt: three files, each with its form."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from newsroom.pages.models import RootFile
from newsroom.pages.root_files import content

HELP: dict[str, Any] = {
    RootFile.Name.ROBOTS: _(
        "Which robots may read what. Empty: every robot may read everything but the desk, previews "
        "and the search. The lines of the sitemaps are added by themselves."
    ),
    RootFile.Name.SECURITY: _(
        "Whom to tell of a hole in the site, such as “Contact: mailto:security@example.org”. "
        "Empty: the e-mail address of the site’s identity. The date until which it holds is added "
        "and kept by itself."
    ),
    RootFile.Name.ADS: _(
        "Who may sell the paper’s advertising, a line for each: “exchange.example.com, account "
        "number, DIRECT”. Empty: there is no such file."
    ),
}


@admin.register(RootFile)
class RootFileAdmin(admin.ModelAdmin[RootFile]):
    fields = ["text", "machines_get"]
    readonly_fields = ["machines_get"]
    list_display = ["__str__", "is_ours"]

    @admin.display(description=_("written by staff"), boolean=True)
    def is_ours(self, file: RootFile) -> bool:
        return bool(file.text)

    @admin.display(description=_("what machines get now"))
    def machines_get(self, file: RootFile) -> str:
        # Of what is saved: a text that was refused is still in `file`.
        saved = RootFile.objects.get(pk=file.pk)
        text = content(saved.name, saved.text, at=timezone.now())
        return format_html("<pre dir='ltr'>{}</pre>", text) if text else str(_("no such file"))

    def view_on_site(self, file: RootFile) -> str:
        return file.get_absolute_url()

    def get_form(
        self, request: HttpRequest, obj: RootFile | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[RootFile]]:
        if obj:
            kwargs["help_texts"] = {"text": HELP[obj.name]}
        return super().get_form(request, obj, change, **kwargs)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, str] | None = None
    ) -> HttpResponse:
        if self.has_view_or_change_permission(request):
            missing = set(RootFile.Name) - set(RootFile.objects.values_list("name", flat=True))
            files = [RootFile(name=name) for name in missing]
            RootFile.objects.bulk_create(files, ignore_conflicts=True)
        return super().changelist_view(request, extra_context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RootFile | None = None) -> bool:
        return False
