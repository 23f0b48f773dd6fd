from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    label = "articles"
    verbose_name = _("Journalism")

    def ready(self) -> None:
        from articles import picture_use, places, receivers

        receivers.connect()
        places.register()
        picture_use.connect()
