"""The form of one post, made for a phone: one box to type in, everything else optional."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.live.models import Coverage, LivePost
from articles.live.models.post import HEADLINE_LENGTH
from articles.live.text import SOURCE_LENGTH
from articles.live.words import Words
from articles.models import Author
from newsroom.accounts.models import User
from newsroom.media.forms import ACCEPT, negative_of
from newsroom.media.models import Picture
from newsroom.media.uploads import Negative

LARGEST_ID = 2**63 - 1


class PostForm(forms.Form):
    """What is posted, or an edit of it; then `base` is the version it was begun from."""

    text = forms.CharField(
        label=gettext_lazy("Text"), required=False, max_length=SOURCE_LENGTH,
        widget=forms.Textarea({"rows": 5, "dir": "auto", "enterkeyhint": "enter"}),
    )  # fmt: skip
    headline = forms.CharField(
        label=gettext_lazy("Headline, if it needs one"), required=False,
        max_length=HEADLINE_LENGTH, widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )  # fmt: skip
    is_key = forms.BooleanField(label=gettext_lazy("Key event"), required=False)
    is_pinned = forms.BooleanField(label=gettext_lazy("Pin on top"), required=False)
    photo = forms.FileField(
        label=gettext_lazy("New photo"), required=False, allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPT}),
    )  # fmt: skip
    photo_alt = forms.CharField(
        label=gettext_lazy("What it shows, for who cannot see it"), required=False, max_length=500,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )  # fmt: skip
    picture = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_ID)
    picture_caption = forms.CharField(
        label=gettext_lazy("Caption, if not the library’s"), required=False, max_length=300,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )  # fmt: skip
    embed_url = forms.URLField(
        label=gettext_lazy("Address"), required=False, max_length=500, assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=gettext_lazy("Shown as a card; nothing is loaded from there."),
        widget=forms.URLInput({"dir": "ltr", "autocomplete": "off"}),
    )  # fmt: skip
    embed_title = forms.CharField(
        label=gettext_lazy("Title of the card"), required=False, max_length=160,
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )  # fmt: skip
    author = forms.ModelChoiceField(
        Author.objects.none(), label=gettext_lazy("Under whose name"), required=False,
        empty_label=gettext_lazy("the paper"),
    )  # fmt: skip
    # Hidden: nobody could mend them, so a wrong one counts as none.
    token = forms.CharField(required=False, widget=forms.HiddenInput)
    base = forms.CharField(required=False, widget=forms.HiddenInput)
    # Where each field stands on the page.
    FIRST = ("text", "headline")
    MARKS = ("is_key", "is_pinned")

    negative: Negative | None = None

    def __init__(
        self, user: User, coverage: Coverage, found: LivePost | None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{**kwargs, "label_suffix": ""})
        authors: Any = self.fields["author"]
        authors.queryset = choices(user, coverage, found)
        if not user.has_perm("media.add_picture"):
            del self.fields["photo"], self.fields["photo_alt"]
        if found:  # marks have buttons of their own there
            del self.fields["is_key"], self.fields["is_pinned"], self.fields["token"]

    @classmethod
    def fresh(cls, user: User, coverage: Coverage, typed: Any = None) -> "PostForm":
        """An empty form under the poster's own name, or with what was typed and is not posted."""
        own = Author.objects.filter(user=user).values_list("pk", flat=True).first()
        initial = {"author": own, "token": uuid4(), **(typed or {})}
        return cls(user, coverage, None, initial=initial)

    @classmethod
    def of(cls, user: User, found: LivePost) -> "PostForm":
        """The post as it stands."""
        names = ("headline", "picture_caption", "embed_url", "embed_title")
        initial = {name: getattr(found, name) for name in names} | {
            "text": found.source, "author": found.author_id, "picture": found.picture_id,
            "base": found.version,
        }  # fmt: skip
        return cls(user, found.coverage, found, initial=initial)

    @property
    def picture_chosen(self) -> Picture | None:
        """The library's picture that the form names, to be shown in it."""
        value = str(self["picture"].value() or "")
        known = value.isascii() and value.isdigit() and len(value) <= 18
        return Picture.objects.filter(pk=int(value)).first() if known else None

    def clean_token(self) -> UUID | None:
        try:
            return UUID(self.cleaned_data["token"])
        except ValueError:
            return None

    def clean_base(self) -> int:
        typed = self.cleaned_data["base"]
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0

    def clean_picture(self) -> Picture | None:
        number = self.cleaned_data["picture"]
        found = Picture.objects.filter(pk=number).first() if number else None
        if number and found is None:
            raise ValidationError(_("This picture is no longer in the library."))
        return found

    def clean_photo(self) -> UploadedFile[Any] | None:
        """Developed here, before any transaction: decoding must hold no lock."""
        file: UploadedFile[Any] | None = self.cleaned_data["photo"]
        if file:
            self.negative = negative_of(file)
        return file

    def words(self) -> Words:
        """What was typed, once it is valid. A new photo takes the place of a chosen picture."""
        taken = self.cleaned_data
        return Words(
            text=taken["text"], headline=taken["headline"], author=taken["author"],
            picture=None if self.negative else taken["picture"],
            picture_caption=taken["picture_caption"], embed_url=taken["embed_url"],
            embed_title=taken["embed_title"], photo=self.negative,
            photo_alt=taken.get("photo_alt", ""),
        )  # fmt: skip


def choices(user: User, coverage: Coverage, found: LivePost | None) -> "QuerySet[Author]":
    """Names that make sense here: one's own, the article's, and those who have posted."""
    posted = LivePost.objects.filter(coverage=coverage, author__isnull=False)
    return Author.objects.filter(
        Q(user=user)
        | Q(pk__in=coverage.article.bylines.filter(author__isnull=False).values("author"))
        | Q(pk__in=posted.order_by().values("author"))
        | Q(pk=found.author_id if found else None)
    ).order_by("name", "pk")
