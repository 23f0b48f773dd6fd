"""What is no picture is refused with a sentence, and nothing is left of it."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from newsroom.media.models import Picture
from newsroom.media.uploads import MAX_BYTES, accept
from tests.media.conftest import drawing, encoded, png_claiming, upload

pytestmark = pytest.mark.django_db

JPEG = encoded(drawing())
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\nshowpage\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="99"><script>alert(1)</script></svg>'


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("index.html", "<script>alert(1)</script>")
    return out.getvalue()


REFUSED = {
    "half a JPEG": (JPEG[: len(JPEG) // 2], "broken"),
    "head of a JPEG": (JPEG[:200], "broken"),
    "PNG without its end": (encoded(drawing(), "PNG")[:400], "broken"),
    "half a WebP": (encoded(drawing(), "WEBP")[:300], None),
    "half an AVIF": (encoded(drawing(), "AVIF")[:300], None),
    "PNG of 2.5 gigapixels": (png_claiming(50_000, 50_000), "pixels"),
    "PNG of 61 megapixels": (png_claiming(10_000, 6_100), "pixels"),
    "PNG of lies": (png_claiming(3_000, 2_000), "broken"),
    "tiny": (encoded(drawing(39, 400)), "small"),
    "ribbon": (encoded(drawing(4000, 50)), "ribbon"),
    "EPS": (EPS, "format"),
    "SVG": (SVG, "format"),
    "HTML": (b"<!doctype html><script>alert(1)</script>", "format"),
    "PDF": (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", "format"),
    "zip": (zipped(), "format"),
    "TIFF": (encoded(drawing(), "TIFF"), "format"),
    "BMP": (encoded(drawing(), "BMP"), "format"),
    "ICO": (encoded(drawing(), "ICO"), "format"),
    "PPM": (encoded(drawing(), "PPM"), "format"),
    "text": (b"hello", "format"),
    "nothing": (b"", "empty"),
    "zeros": (b"\0" * 5000, "format"),
    "GIF with a JPEG's name and no frame": (b"GIF89a" + b"\0" * 50, None),
    "21 MB": (JPEG + b"\0" * MAX_BYTES, "bytes"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_picture_is_refused_with_a_sentence(name, public_files):
    content, reason = REFUSED[name]
    with pytest.raises(ValidationError) as refusal:
        accept(upload(content))
    assert reason in {None, refusal.value.code}
    assert refusal.value.messages[0].endswith(".")
    assert not Picture.objects.exists()
    assert not public_files()


def test_a_gif_of_three_thousand_frames_becomes_its_first_frame(public_files):
    frames = [Image.new("P", (60, 60), shade % 256) for shade in range(3000)]
    frames[0] = drawing(60, 60).quantize()
    bomb = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=20)
    picture = accept(upload(bomb, "bomb.gif"))
    with Image.open(public_files()[0]) as master:
        assert getattr(master, "n_frames", 1) == 1
        red, green, _blue = master.convert("RGB").getpixel((10, 10))
        assert red > 200
        assert green < 60
    assert (picture.width, picture.height) == (60, 60)


def test_what_is_hidden_behind_the_pixels_is_gone(public_files):
    accept(upload(JPEG + zipped() + b"<script>alert(1)</script>"))
    content = public_files()[0].read_bytes()
    assert b"PK\x03\x04" not in content
    assert b"<script" not in content


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_every_format_of_the_list_is_taken_whatever_it_is_called(format):
    picture = accept(upload(encoded(drawing(), format), "report.html"))
    assert (picture.width, picture.height, picture.extension) == (900, 600, "jpg")


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixel_ends_as_a_picture(mode):
    if mode == "I;16":
        image = Image.linear_gradient("L").convert("F").point(lambda v: v * 257 + 0)
        image = image.convert("I").convert("I;16")
    else:
        image = drawing().convert(mode)
    picture = accept(upload(encoded(image, "JPEG" if mode == "CMYK" else "PNG")))
    assert picture.extension == "jpg"  # nothing in them is transparent


def test_transparency_is_kept_and_colours_without_a_profile_stay(public_files):
    image = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    image.paste((250, 10, 20, 255), (50, 20, 150, 80))
    assert accept(upload(encoded(image, "PNG"), "logo.png")).extension == "png"
    with Image.open(public_files()[0]) as master:
        assert master.getpixel((0, 0))[3] == 0
        assert master.getpixel((100, 50)) == (250, 10, 20, 255)


def test_a_picture_of_sixty_megapixels_is_taken_and_scaled():
    picture = accept(upload(encoded(Image.new("RGB", (9_480, 6_320), "teal"), quality=60)))
    assert (picture.width, picture.height) == (2560, 1707)
    assert picture.metadata["upload"] == {"format": "JPEG", "width": 9480, "height": 6320}


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "a" * 300 + ".jpg", "<img src=x onerror=alert(1)>.jpg", "con.jpg",
     "مرحبا.jpg", "‮gpj.exe", "a\x00b.jpg", "shell.php", ".htaccess", "picture.jpg/../x"],
)  # fmt: skip
def test_files_get_names_of_our_own(name, public_files, settings):
    file = upload(JPEG)
    file._name = name  # what Django's parser cleans; importers may not
    picture = accept(file)
    (path,) = public_files()
    expected = f"{picture.token[:2]}/{picture.token}/master.jpg"
    assert path.relative_to(settings.MEDIA_ROOT).as_posix() == expected
    assert len(picture.title) <= 200
    assert not set(picture.title) & set("\x00‮")
