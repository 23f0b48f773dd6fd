"""A picture that is shown somewhere is not deleted from under it."""

import io
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from articles.models import Article, Author
from newsroom.accounts.models import User
from newsroom.media.models import Picture
from newsroom.media.uploads import accept
from newsroom.media.usage import uses


@pytest.fixture
def picture(db: None) -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (900, 600), "navy").save(file, "JPEG")
    return accept(ContentFile(file.getvalue(), "x.jpg"), caption="Harbour", alt_text="Blue")


def test_every_use_of_a_picture_is_found(
    picture: Picture, write: Callable[..., Article], author: Author
) -> None:
    write("With a lead", lead_picture=picture)
    write("In the text", body=f'<figure data-picture="{picture.pk}"></figure>')
    write("Not this one", body=f'<figure data-picture="{picture.pk}9"></figure>')
    author.portrait = picture
    author.save()
    assert {use.title for _label, use in uses(picture)} == {
        "With a lead", "In the text", "Rami Reporter",
    }  # fmt: skip


def test_a_used_picture_is_not_deleted_and_the_page_says_where_it_is_used(
    picture: Picture, write: Callable[..., Article], chief: User, client_for: Callable[..., Client]
) -> None:
    write("In the text", body=f'<figure data-picture="{picture.pk}"></figure>')
    page = client_for(chief).post(
        f"/admin/media/picture/{picture.pk}/delete/", {"post": "yes"}, follow=True
    )
    assert "In the text" in page.content.decode()
    assert Picture.objects.filter(pk=picture.pk).exists()


def test_the_library_names_no_draft_to_who_may_not_read_drafts(
    picture: Picture,
    write: Callable[..., Article],
    letters: User,
    reporter: User,
    client_for: Callable[..., Client],
) -> None:
    write("Embargoed until Monday", lead_picture=picture)
    address = f"/admin/media/picture/{picture.pk}/change/"
    assert "Embargoed until Monday" in client_for(reporter).get(address).content.decode()
    page = client_for(letters).get(address)
    assert page.status_code == 200
    assert "Embargoed until Monday" not in page.content.decode()
    assert "<li>Article</li>" in page.content.decode()
