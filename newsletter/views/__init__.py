"""The pages of signing up, confirming and leaving."""

from newsletter.views.links import confirm, unsubscribe
from newsletter.views.signing_up import check_mail, sign_up

__all__ = ["check_mail", "confirm", "sign_up", "unsubscribe"]
