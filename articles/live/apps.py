from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveConfig(AppConfig):
    name = "articles.live"
    label = "live"
    verbose_name = _("Live coverage")

    def ready(self) -> None:
        from articles import structured_data as of_articles
        from articles.feeds.places import register_many
        from articles.live import feeds, picture_use, structured_data, subjects
        from articles.models.kinds import Kind

        of_articles.register(Kind.LIVE, structured_data.tell)
        picture_use.connect()
        register_many("live", feeds.pages_of)
        subjects.register()
