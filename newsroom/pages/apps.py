from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "newsroom.pages"
    label = "pages"
    verbose_name = _("Site and pages")

    def ready(self) -> None:
        from newsroom.cache import away
        from newsroom.pages import kinds, receivers
        from newsroom.pages.identity import last_identity, present_identity

        kinds.register()
        receivers.connect()
        away.remember(present_identity)
        away.speak(lambda: last_identity().language)
