from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "newsroom.pages"
    label = "pages"
    verbose_name = _("Site and pages")

    def ready(self) -> None:
        from newsroom.pages import kinds, receivers

        kinds.register()
        receivers.connect()
