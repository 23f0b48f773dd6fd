from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebAppConfig(AppConfig):
    name = "newsroom.webapp"
    label = "webapp"
    verbose_name = _("Web app")
