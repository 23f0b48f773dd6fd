"""The admin site: stock admin, our log-in, our content security policy, the desk as first page."""

from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    default_site = "newsroom.admin.Desk"
