from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "newsroom.media"
    label = "media"
    verbose_name = _("Pictures")

    def ready(self) -> None:
        from newsroom.cache.tags import watch
        from newsroom.media import receivers  # noqa: F401
        from newsroom.media.models import Picture

        watch(Picture, "picture")
