"""Pictures come from a folder; what is not there is listed, and fetched from nowhere."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image

from articles.exchange.picture_files import PictureFiles
from articles.models import Article
from newsroom.media.models import Picture
from tests.exchange.exports import attachment, item, write

Bring = Callable[..., str]
URL = "https://old.example/wp-content/uploads/2015/03/bell.jpg"
META = (
    "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key>"
    "<wp:meta_value>30</wp:meta_value></wp:postmeta>"
)


def jpeg(path: Path, colour: str = "navy") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = BytesIO()
    Image.new("RGB", (120, 90), colour).save(data, "JPEG")
    path.write_bytes(data.getvalue())
    return path


def test_a_picture_comes_in_once_and_is_found_by_its_smaller_copies(
    bring: Bring, tmp_path: Path
) -> None:
    jpeg(tmp_path / "old/uploads/2015/03/bell.jpg")
    text = f'Words. <img src="{URL.replace(".jpg", "-300x200.jpg")}?w=604"> [gallery ids="30"]'
    items = [item(1, content=text, extra=META), attachment(30, URL, caption="A bell", alt="Bell")]
    path = write(tmp_path / "x.xml", *items)
    bring(path, media_dir=tmp_path / "old")
    picture, article = Picture.objects.get(), Article.objects.get()
    assert (picture.caption, picture.alt_text) == ("A bell", "Bell")
    assert article.lead_picture == picture
    assert article.body.count(f'<figure data-picture="{picture.pk}">') == 2
    assert "No change" in bring(path, media_dir=tmp_path / "old")
    assert "No change" in bring(path)


def test_a_missing_picture_is_listed_and_comes_in_later(bring: Bring, tmp_path: Path) -> None:
    items = [item(1, content=f'Words. <img src="{URL}">'), attachment(30, URL)]
    path = write(tmp_path / "x.xml", *items)
    printed = bring(path)
    assert "2015/03/bell.jpg" in printed
    assert "figure" not in Article.objects.get().body
    jpeg(tmp_path / "old/2015/03/bell.jpg")
    bring(path, media_dir=tmp_path / "old")
    assert f'data-picture="{Picture.objects.get().pk}"' in Article.objects.get().body


def test_a_picture_that_is_no_attachment_is_taken_too(bring: Bring, tmp_path: Path) -> None:
    jpeg(tmp_path / "old/bell.jpg")
    path = write(tmp_path / "x.xml", item(1, content=f'Words. <img src="{URL}">'))
    bring(path, media_dir=tmp_path / "old")
    assert Picture.objects.count() == 1


def test_a_caption_that_staff_mended_stays(bring: Bring, tmp_path: Path) -> None:
    jpeg(tmp_path / "old/bell.jpg")
    path = write(tmp_path / "x.xml", attachment(30, URL, caption="A bell"))
    bring(path, media_dir=tmp_path / "old")
    write(path, attachment(30, URL, caption="The bell"))
    bring(path)
    picture = Picture.objects.get()
    assert picture.caption == "The bell"
    picture.caption = "The old bell"
    picture.save()
    write(path, attachment(30, URL, caption="Bell"))
    bring(path)
    picture.refresh_from_db()
    assert picture.caption == "The old bell"


def test_a_file_that_is_no_picture_is_refused_and_listed(bring: Bring, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old/bell.jpg").write_text("<script>alert(1)</script>")
    printed = bring(
        write(tmp_path / "x.xml", attachment(30, URL), item(1)), media_dir=tmp_path / "old"
    )
    assert "could not be kept (1)" in printed
    assert not Picture.objects.exists()
    assert Article.objects.count() == 1


def test_no_address_leads_out_of_the_folder(tmp_path: Path) -> None:
    secret = jpeg(tmp_path / "secret.jpg")
    inside = jpeg(tmp_path / "old/a/bell.jpg")
    (tmp_path / "old/link.jpg").symlink_to(secret)
    files = PictureFiles(tmp_path / "old")
    assert files.find("https://old.example/uploads/a/bell-20x20.jpg?w=1") == inside
    for address in ("../secret.jpg", "https://x/uploads/../secret.jpg", "file:///secret.jpg",
                    "https://x/%2e%2e/secret.jpg", "//x/link.jpg", "http://[", ""):  # fmt: skip
        assert files.find(address) is None
