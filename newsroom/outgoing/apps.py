from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutgoingConfig(AppConfig):
    """What leaves the house, and the mark that holds it back."""

    name = "newsroom.outgoing"
    label = "outgoing"
    verbose_name = _("Outgoing")
