from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BreakingConfig(AppConfig):
    name = "articles.breaking"
    label = "breaking"
    verbose_name = _("Breaking news")

    def ready(self) -> None:
        from articles.breaking import places
        from articles.feeds.places import register_standing

        register_standing("breaking", "/breaking/", _("Breaking news"))
        places.register()
