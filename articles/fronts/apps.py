from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FrontsConfig(AppConfig):
    name = "articles.fronts"
    label = "fronts"
    verbose_name = _("Fronts")

    def ready(self) -> None:
        from articles.fronts import places

        places.register()
