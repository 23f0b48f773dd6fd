from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def grant_roles(app_config: AppConfig, using: str, **kwargs: Any) -> None:
    """After the migration of an app that roles speak of: its permissions exist then, not before."""
    from newsroom.accounts import roles

    known = kwargs.get("apps", apps)
    if app_config.label in roles.APPS and "accounts" in known.app_configs:
        roles.grant(using)


class AccountsConfig(AppConfig):
    name = "newsroom.accounts"
    label = "accounts"
    verbose_name = _("People and roles")

    def ready(self) -> None:
        from allauth.account.signals import password_reset

        from newsroom.accounts.desk_part import desk_part
        from newsroom.accounts.own_parts import register_part
        from newsroom.accounts.receivers import forgive_failed_tries

        password_reset.connect(forgive_failed_tries)
        register_part("desk", desk_part)
        post_migrate.connect(grant_roles, dispatch_uid="newsroom.accounts.grant_roles")
