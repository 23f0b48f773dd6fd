from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveConfig(AppConfig):
    name = "articles.live"
    label = "live"
    verbose_name = _("Live coverage")

    def ready(self) -> None:
        from articles import structured_data as of_articles
        from articles.live import picture_use, structured_data
        from articles.models.kinds import Kind

        of_articles.register(Kind.LIVE, structured_data.tell)
        picture_use.connect()
