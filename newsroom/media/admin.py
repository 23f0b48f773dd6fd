"""The picture library in the admin. What the form checks is in forms.py, what storing does in
uploads.py."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from newsroom.lib.long_lists import LongListAdmin
from newsroom.lib.text import excerpt
from newsroom.media import renditions
from newsroom.media.forms import PictureForm, SeveralForm, negative_of, prepare
from newsroom.media.models import Picture
from newsroom.media.permissions import may_change
from newsroom.media.templatetags.pictures import picture as picture_context
from newsroom.media.uploads import Negative, shelve
from newsroom.media.usage import uses


class WithoutAltText(admin.SimpleListFilter):
    title = _("alternative text")
    parameter_name = "alt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("missing", _("Missing")), ("present", _("Present"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Picture]) -> QuerySet[Picture]:
        if self.value() == "missing":
            return queryset.filter(alt_text="")
        return queryset.exclude(alt_text="") if self.value() == "present" else queryset


@admin.register(Picture)
class PictureAdmin(LongListAdmin, admin.ModelAdmin[Picture]):
    form = PictureForm
    fieldsets = (
        (None, {"fields": ("upload", "preview", "caption", "alt_text", "photographer", "agency")}),
        (
            _("Focal point"),
            {
                "fields": (("focus_x", "focus_y"),),
                "description": _(
                    "What must stay in view when the picture is cropped. Click on the picture "
                    "above, move the mark with the arrow keys, or type the numbers."
                ),
            },
        ),
        (_("For the library"), {"fields": ("title", "keywords", "taken_at")}),
        (_("About this picture"), {"fields": ("used_in", "facts", "said")}),
    )
    readonly_fields = ("preview", "used_in", "facts", "said")
    list_display = ("name", "credit", "alt", "added")
    list_filter = (WithoutAltText, "created_at")
    list_per_page = 48
    search_fields = ("title", "caption", "alt_text", "photographer", "agency", "keywords")
    search_help_text = _("Name, caption, alternative text, photographer, agency, keywords")

    class Media:
        css = {"all": ["css/admin-picture.css"]}
        js = [Script("js/admin/picture-focus.js", type="module")]

    def get_fieldsets(self, request: HttpRequest, obj: Picture | None = None) -> Any:
        """A picture that is not there yet has nothing to be said about it."""
        return self.fieldsets if obj else self.fieldsets[:-1]

    def has_change_permission(self, request: HttpRequest, obj: Picture | None = None) -> bool:
        return may_change(request.user, obj)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Picture | None:
        """With who asks: not everybody may read the names of all the places it is used in."""
        found: Any = super().get_object(request, object_id, from_field)
        if found is not None:
            found.asked_by = request.user
        return found  # type: ignore[no-any-return]

    # --- storing

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        allowed = self.has_change_permission if object_id else self.has_add_permission
        if request.method == "POST" and allowed(request):
            for file in request.FILES.getlist("upload"):
                prepare(file)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(
        self, request: HttpRequest, obj: Picture, form: PictureForm, change: bool
    ) -> None:
        negative = form.negative
        if negative:
            self._warn_of_twins(request, negative, obj)
            if not change:
                obj.uploaded_by_id = request.user.pk
            shelve(negative, obj)
        else:
            # Only what was typed: the crops may become ready while the form is open.
            names = {field.name for field in Picture._meta.concrete_fields}
            obj.save(update_fields=[*names.intersection(form.changed_data), "updated_at"])
            if {"focus_x", "focus_y"}.intersection(form.changed_data):
                renditions.refocus(obj)
        renditions.changed()

    def _warn_of_twins(self, request: HttpRequest, negative: Negative, picture: Picture) -> None:
        for twin in Picture.objects.same_file(negative.checksum).exclude(pk=picture.pk)[:3]:
            href = reverse("admin:media_picture_change", args=[twin.pk])
            link = format_html('<a href="{}">{}</a>', href, twin)
            messages.warning(
                request, format_html(gettext("This file is already in the library: {}."), link)
            )

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """A picture that is shown somewhere is protected, wherever the reference is kept."""
        deleted, counts, perms, protected = super().get_deleted_objects(objs, request)
        # What foreign keys protect stands in the list of places too, with a better name.
        places = [place for picture in objs for place in _places(picture, request.user)]
        return deleted, counts, perms, places or protected

    # --- several at once

    def get_urls(self) -> list[URLPattern]:
        several = self.admin_site.admin_view(self.several)
        return [path("several/", several, name="media_picture_several"), *super().get_urls()]

    def several(self, request: HttpRequest) -> HttpResponse:
        """Each file is a picture of its own: one that is refused does not hold up the others."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = SeveralForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            fields = dict(form.cleaned_data)
            stored = 0
            for file in fields.pop("files"):
                stored += self._store_one(request, form, file, fields)
            if stored:
                renditions.changed()
                messages.success(
                    request,
                    ngettext("%d picture was added.", "%d pictures were added.", stored) % stored,
                )
            if not form.errors:
                return redirect("admin:media_picture_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Add several pictures"),
            "opts": self.opts,
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/media/picture/several.html", context)

    def _store_one(
        self,
        request: HttpRequest,
        form: SeveralForm,
        file: UploadedFile[Any],
        fields: dict[str, Any],
    ) -> bool:
        try:
            self._warn_of_twins(request, negative_of(file), Picture())
            picture = shelve(negative_of(file), Picture(uploaded_by_id=request.user.pk, **fields))
        except ValidationError as refusal:
            form.add_error("files", f"{excerpt(file.name or '', 80)}: {refusal.messages[0]}")
            return False
        self.log_addition(request, picture, [{"added": {}}])
        return True

    # --- showing

    @admin.display(description=_("picture"), ordering="title")
    def name(self, picture: Picture) -> SafeString:
        """Thumbnail, name and caption in one link: it is what one chooses by."""
        context = picture_context(picture, "thumb", alt="")
        caption = excerpt(picture.caption, 140) if picture.caption != picture.title else ""
        return format_html(
            '{} <bdi>{}</bdi> <small dir="auto">{}</small>',
            render_to_string("partials/picture.html", context),
            str(picture),
            caption,
        )

    @admin.display(description=_("credit"), ordering="photographer", empty_value="–")
    def credit(self, picture: Picture) -> str:
        return picture.credit

    @admin.display(description=_("alternative text"))
    def alt(self, picture: Picture) -> str | SafeString:
        if picture.alt_text:
            return excerpt(picture.alt_text, 60)
        return format_html('<strong class="picture-lacks">{}</strong>', _("Missing"))

    @admin.display(description=_("added"), ordering="id")
    def added(self, picture: Picture) -> Any:
        return picture.created_at

    @admin.display(description=_("Picture"))
    def preview(self, picture: Picture) -> SafeString:
        """The script puts the mark on it; before the upload it shows the chosen file."""
        return render_to_string("admin/media/picture/preview.html", {"picture": picture})

    @admin.display(description=_("used in"))
    def used_in(self, picture: Picture) -> SafeString | str:
        places = _places(picture, getattr(picture, "asked_by", None)) if picture.pk else []
        if not places:
            return gettext("Nowhere yet.")
        items = format_html_join("", "<li>{}</li>", ((place,) for place in places))
        return format_html('<ul class="picture-uses">{}</ul>', items)

    @admin.display(description=_("file"))
    def facts(self, picture: Picture) -> str:
        if not picture.pk:
            return "–"
        facts = [f"{picture.width} × {picture.height}"]
        if picture.uploaded_by:
            facts.append(gettext("added by %s") % picture.uploaded_by)
        if not picture.ready:
            facts.append(gettext("crops are being made"))
        return ", ".join(facts)

    @admin.display(description=_("what the file said"))
    def said(self, picture: Picture) -> SafeString:
        lines = [
            (source.upper(), capfirst(name.replace("_", " ")), value)
            for source, found in picture.metadata.items()
            for name, value in found.items()
        ]
        rows = format_html_join("", "<tr><td>{}</td><td>{}</td><td dir=auto>{}</td></tr>", lines)
        return format_html(
            '<details><summary>{}</summary><table class="picture-said">{}</table></details>',
            gettext("Show"),
            rows,
        )


def _places(picture: Picture, user: Any) -> Iterable[SafeString]:
    """Links to every place the picture is shown, for the form and for the refusal to delete."""
    return [
        format_html("{}", label)
        if use.permission and not (user and user.has_perm(use.permission))
        else format_html('{}: <a href="{}">{}</a>', label, use.href, use.title)
        if use.href
        else format_html("{}: {}", label, use.title)
        for label, use in uses(picture)
    ]
