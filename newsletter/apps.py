from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    name = "newsletter"
    label = "newsletter"
    verbose_name = _("Newsletters")

    def ready(self) -> None:
        from newsletter import places, receivers

        places.register()
        places.manage_without_database()
        receivers.connect()
