"""Public files of the library, under MEDIA_URL."""

from django.urls import re_path

from newsroom.media.views import picture_file

urlpatterns = [
    re_path(
        r"^(?P<folder>[0-9a-f]{2}/[0-9a-f]{32})/"
        r"(?P<name>master|[a-z0-9]{1,10}-[0-9]{1,5}-v[0-9]{1,9})\.(?P<extension>avif|webp|jpg|png)\Z",
        picture_file,
        name="picture-file",
    ),
]
