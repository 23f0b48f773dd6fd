"""The roles of the house and what each may do: the one table of permissions.

A role is a Django group. `grant` makes the groups and gives them these permissions after every
`migrate`, when the permission rows exist. Who may hand out roles is in permissions.py.
"""

from collections.abc import Mapping
from fnmatch import fnmatchcase

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext_lazy as _

CHIEF = "Chief editor"
SECTION_EDITOR = "Section editor"
REPORTER = "Reporter"
NEWSLETTER_EDITOR = "Newsletter editor"
CUSTOMER_SERVICE = "Customer service"

ROLES = (CHIEF, SECTION_EDITOR, REPORTER, NEWSLETTER_EDITOR, CUSTOMER_SERVICE)

ROLE_HELP = {
    CHIEF: _("everything, people and site included"),
    SECTION_EDITOR: _("writes and publishes, keeps topics and columns"),
    REPORTER: _("writes own articles, uploads pictures"),
    NEWSLETTER_EDITOR: _("newsletters and their subscribers"),
    CUSTOMER_SERVICE: _("readers’ messages, service hours, staff directory"),
}

# "app_label.codename"; a star stands for any letters, so that models added later fit in.
# A line that begins with "-" takes away from those above it.
GRANTS: Mapping[str, tuple[str, ...]] = {
    CHIEF: (
        "articles.*",
        "media.*",
        "pages.*",
        "newsletter.*",
        "addresses.*",
        "accounts.*_user",
        "-accounts.delete_user",
    ),
    SECTION_EDITOR: (
        "articles.*_article",
        "articles.publish_*",
        "articles.*_topic",
        "articles.*_topicalias",
        "articles.*_column",
        "articles.*_byline",
        "articles.view_*",
        "articles.change_author",
        "articles.add_author",
        "media.*_picture",
        "media.view_*",
        "pages.view_page",
        "pages.view_staff*",
    ),
    REPORTER: (
        "articles.add_article",
        "articles.change_article",
        "articles.*_byline",
        "articles.add_topic",
        "articles.view_*",
        "media.add_picture",
        "media.change_picture",
        "media.view_*",
    ),
    NEWSLETTER_EDITOR: (
        "newsletter.*",
        "articles.view_*",
        "media.view_*",
    ),
    CUSTOMER_SERVICE: (
        "pages.view_message",
        "pages.change_message",
        "pages.*_service*",
        "pages.*_staff*",
        "newsletter.view_*",
    ),
}


APPS = {pattern.lstrip("-").split(".")[0] for table in GRANTS.values() for pattern in table}


def grants(role: str, name: str) -> bool:
    """Whether the table gives this role the permission "app_label.codename"."""
    given = False
    for pattern in GRANTS[role]:
        if fnmatchcase(name, pattern.removeprefix("-")):
            given = not pattern.startswith("-")
    return given


def grant(using: str = "default") -> None:
    """Make the groups and let each hold exactly what the table says; other groups are left alone.

    Safe to repeat. Costs three queries a role when nothing has to change.
    """
    permissions = Permission.objects.using(using).select_related("content_type")
    table = [(f"{p.content_type.app_label}.{p.codename}", p.pk) for p in permissions]
    for role in ROLES:
        group, _made = Group.objects.using(using).get_or_create(name=role)
        due = {pk for name, pk in table if grants(role, name)}
        held = set(group.permissions.values_list("pk", flat=True))
        group.permissions.add(*due - held)
        group.permissions.remove(*held - due)
