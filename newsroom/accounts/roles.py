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
    CUSTOMER_SERVICE: _("readers’ messages and error reports, service hours, staff directory"),
}

# "app_label.codename"; a star stands for any letters, so that models added later fit in.
# A line that begins with "-" takes away from those above it.
GRANTS: Mapping[str, tuple[str, ...]] = {
    CHIEF: (
        "articles.*",
        "reports.*",
        "fronts.*",
        "popularity.*",
        "breaking.*",
        "live.*",
        "media.*",
        "pages.*",
        "newsletter.*",
        "addresses.*",
        "accounts.*_user",
        "-accounts.delete_user",
    ),
    SECTION_EDITOR: (
        "articles.*_article",
        "articles.publish_article",
        "articles.*_topic",
        "articles.*_topicalias",
        "articles.*_column",
        "articles.*_columnauthor",
        "articles.*_series",
        "articles.*_seriespart",
        "articles.*_byline",
        "articles.view_*",
        "fronts.view_*",
        "fronts.change_front",
        "breaking.*",
        "-breaking.delete_breakingitem",
        "live.*",
        "-live.delete_*",
        "popularity.view_exclusion",
        "popularity.add_exclusion",
        "popularity.change_exclusion",
        "articles.change_author",
        "articles.add_author",
        "reports.view_errorreport",
        "reports.change_errorreport",
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
        "fronts.view_*",
        "live.view_*",
        "live.change_coverage",
        "live.*_livepost",
        "-live.delete_livepost",
        "media.add_picture",
        "media.change_picture",
        "media.view_*",
    ),
    # What is live they see in the paper; drafts and embargoes are the desk's.
    NEWSLETTER_EDITOR: (
        "newsletter.*",
        "articles.view_author",
        "articles.view_column",
        "articles.view_section",
        "articles.view_topic",
        "media.view_*",
    ),
    CUSTOMER_SERVICE: (
        "pages.view_message",
        "pages.change_message",
        "pages.*_service*",
        "pages.*_staff*",
        "reports.view_errorreport",
        "reports.change_errorreport",
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
