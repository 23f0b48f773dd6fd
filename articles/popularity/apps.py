from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PopularityConfig(AppConfig):
    name = "articles.popularity"
    label = "popularity"
    verbose_name = _("Most read")

    def ready(self) -> None:
        from articles.popularity import places

        places.register()
