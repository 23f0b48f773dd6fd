"""Crops: which exist, what they show, and that pages find them without looking."""

import pytest
from django.template import Context, Template
from PIL import Image

from newsroom.media import renditions
from newsroom.media.models import Picture
from newsroom.media.shapes import SHAPES, SIZES, crops, files
from newsroom.media.uploads import accept
from tests.media.conftest import drawing, encoded, upload

GREEN = (0, 128, 0)


def close(pixel: tuple[int, ...], colour: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 30 for a, b in zip(pixel, colour, strict=True))


def render(source: str, **context: object) -> str:
    return Template("{% load pictures %}" + source).render(Context(context)).strip()


@pytest.fixture
def picture(db: None) -> Picture:
    return accept(upload(encoded(drawing(2400, 1500))), alt_text='A "square" & more')


@pytest.fixture
def ready(picture, run_tasks) -> Picture:
    run_tasks()
    picture.refresh_from_db()
    assert picture.ready == picture.version == 1
    return picture


def test_every_file_a_page_may_name_exists(ready, settings):
    for size in SIZES:
        html = render("{% picture picture size %}", picture=ready, size=size)
        names = [word for word in html.replace('"', " ").split() if word.startswith("/media/")]
        assert names
        for name in {*names, ready.rendition_path(size)}:
            path = settings.MEDIA_ROOT / name.removeprefix("/media/")
            with Image.open(path) as image:
                width = int(path.stem.split("-")[1])
                assert image.width == width
                assert image.format.lower() == {"jpg": "jpeg"}.get(path.suffix[1:], path.suffix[1:])


def test_crops_have_the_shape_of_their_size(ready):
    for size, ratio in {"lead": 1.5, "card": 1.5, "thumb": 1, "portrait": 1, "share": 1200 / 630,
                        "wide": 1.6}.items():  # fmt: skip
        for crop in ready.crops(size):
            assert crop.width / crop.height == pytest.approx(ratio, rel=0.01)


@pytest.mark.parametrize("size", [(40, 40), (300, 200), (600, 900), (900, 600), (2560, 250),
                                  (250, 2560), (2560, 1707), (1800, 1200)])  # fmt: skip
def test_nothing_is_enlarged_and_every_shape_has_a_plain_file(size):
    made = files(*size, "jpg")
    assert len({(crop.name, extension) for crop, extension in made}) == len(made) <= 15
    for shape in SHAPES:
        found = crops(shape, *size)
        assert sum("plain" in crop.formats for crop in found) == 1
        assert all(crop.width <= size[0] and crop.height <= size[1] for crop in found)


@pytest.mark.django_db
def test_the_crop_keeps_the_focal_point_in_view(run_tasks, settings):
    """A tall crop of a wide picture: the middle shows no green, the lower right corner does."""
    file = encoded(drawing(1600, 800))
    centre = accept(upload(file))
    corner = accept(upload(file), focus_x=0.97, focus_y=0.97)
    run_tasks()
    for picture, shows in ((centre, False), (corner, True)):
        picture.refresh_from_db()
        path = settings.MEDIA_ROOT / picture.rendition_path("portrait").removeprefix("/media/")
        with Image.open(path) as image:
            at = image.width - 5, image.height - 5
            assert close(image.convert("RGB").getpixel(at), GREEN) == shows


def test_a_new_focal_point_makes_new_names_and_the_old_ones_serve_until_then(
    ready, run_tasks, public_files
):
    old = ready.rendition_path("card")
    ready.focus_x = 0.9
    ready.save()
    renditions.refocus(ready)
    assert ready.rendition_path("card") == old
    run_tasks()
    ready.refresh_from_db()
    assert ready.rendition_path("card") == old.replace("-v1.", "-v2.")
    assert any("-v1." in path.name for path in public_files())  # pages in caches still name it
    renditions.refocus(ready)
    run_tasks()
    assert not any("-v1." in path.name for path in public_files())


def test_making_the_crops_twice_changes_nothing(ready, public_files):
    before = public_files()
    renditions.develop(ready)
    renditions.make.func(ready.pk)
    assert public_files() == before


def test_until_the_crops_are_made_the_master_stands_in(picture):
    html = render("{% picture picture 'card' %}", picture=picture)
    assert html == (
        f'<img src="/media/{picture.folder}/master.jpg" alt="A &quot;square&quot; &amp; more" '
        'width="720" height="480" class="picture-3x2" loading="lazy">'
    )


def test_the_tag_offers_modern_formats_first_and_reserves_the_room(ready):
    html = render("{% picture picture 'lead' alt='' class='round' %}", picture=ready)
    assert html.index('type="image/avif"') < html.index('type="image/webp"') < html.index("<img")
    assert 'alt="" width="1600" height="1067" class="round"' in html
    assert 'loading="lazy"' in html
    assert "style=" not in html


def test_a_card_names_one_modern_file_and_one_for_all(ready):
    """Fronts show dozens of cards; their markup must stay small."""
    html = render("{% picture picture 'card' alt='' %}", picture=ready)
    assert (html.count("/media/"), len(html) < 300) == (2, True)


def test_the_picture_at_the_top_is_fetched_at_once(ready):
    html = render("{% picture picture 'lead' priority=True %}", picture=ready)
    assert 'fetchpriority="high"' in html
    assert "lazy" not in html


def test_the_tag_asks_nothing_of_the_database(ready, django_assert_num_queries):
    with django_assert_num_queries(0):
        render("{% picture picture 'lead' %}{% picture_url picture 'share' %}", picture=ready)


def test_no_picture_is_no_markup():
    assert render("{% picture nothing 'card' %}{% picture_url nothing 'share' %}") == ""


def test_the_share_picture_has_an_absolute_address(ready, settings):
    settings.SITE_URL = "https://paper.test"
    assert ready.rendition_url("share") == (
        f"https://paper.test/media/{ready.folder}/share-1200-v1.jpg"
    )
    assert ready.dimensions("share") == (1200, 630)


def test_pages_hear_that_the_crops_are_there(picture, run_tasks):
    from newsroom.cache.models import Generation

    before = dict(Generation.objects.values_list("name", "number"))
    run_tasks()
    after = dict(Generation.objects.values_list("name", "number"))
    assert after["articles"] > before.get("articles", 0)
