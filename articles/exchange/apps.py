from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "articles.exchange"
    label = "exchange"
    verbose_name = _("Import and export")

    def ready(self) -> None:
        from articles.exchange import receivers

        receivers.connect()
