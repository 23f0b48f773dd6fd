from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "newsroom.media"
    label = "media"
    verbose_name = _("Pictures")

    def ready(self) -> None:
        from newsroom.media import receivers  # noqa: F401
