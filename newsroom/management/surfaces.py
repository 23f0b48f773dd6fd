"""Every address a stranger can ask for: where the leak probe looks, or why it need not.

A new reader address gets a line here. The suite fails for one that has none
(tests/house/test_surfaces.py), and so does `manage.py probe_leaks`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.urls import URLPattern, URLResolver, get_resolver

from articles.feeds.formats import FORMATS
from newsroom.addresses.registry import kinds
from newsroom.lib.signing import seal, sign
from newsroom.management.marked import Ground, Secret
from newsroom.pages.identity import present_identity


@dataclass(frozen=True)
class Exempt:
    """The address can show nothing of an article; the reason, for people."""

    reason: str


Addresses = Callable[[Ground], Iterable[str]]


def _each(path: Callable[[Secret], str]) -> Addresses:
    return lambda ground: [path(secret) for secret in ground.secrets]


def _articles(ground: Ground) -> Iterator[str]:
    """Under every slug an article has or had, and one it never had; beside them the open ones."""
    for secret in ground.secrets:
        for slug in (*secret.slugs, "some-words"):
            yield f"/{ground.section.slug}/{slug}-{secret.id}/"
    yield from (row.get_absolute_url() for row in ground.open)


def _versions(ground: Ground) -> Iterator[str]:
    """What changed in an article, for readers."""
    yield from (f"{address}versions/" for address in _articles(ground))


def _topics(ground: Ground) -> Iterator[str]:
    yield f"/topic/{ground.topic.slug}/"
    yield from (f"/topic/{secret.topic_slug}/" for secret in ground.secrets)


def _series(ground: Ground) -> Iterator[str]:
    """One with open and marked parts, and those of which no part is live."""
    yield f"/series/{ground.series.slug}/"
    yield from (f"/series/{secret.series_slug}/" for secret in ground.secrets)


def _media(ground: Ground) -> Iterator[str]:
    """What could be guessed of a picture: its number, its name, its title."""
    for secret in ground.secrets:
        number = f"{secret.picture_id:032x}"
        yield f"/media/{number[:2]}/{number}/master.jpg"
        yield f"/media/{secret.marker}.jpg"


def _share_cards(ground: Ground) -> Iterator[str]:
    """Of marked articles under any digest; of the open ones, whose own is in their pages."""
    for article_id in (*(s.id for s in ground.secrets), *(row.pk for row in ground.open)):
        yield f"/share-card/{article_id}-{'0' * 24}.jpg"


def _home(ground: Ground) -> Iterator[str]:
    yield "/"
    yield from (f"/?{key}={s.id}" for s in ground.secrets for key in ("p", "page_id"))


def _lite(ground: Ground) -> Iterator[str]:
    """The light twin of every address that has one, and of some that have none."""
    names = ("home", "opinion", "article", "topic", "author", "column", "series", "address")
    for name in (*names, "live_post", "versions", "admin", "preview"):
        surface = SURFACES[name]
        if not isinstance(surface, Exempt):
            yield from (f"/lite{address}" for address in surface(ground))


def _key(ground: Ground) -> str:
    """The second page of a list that begins just before tomorrow: where a secret would stand."""
    return f"?before={ground.tomorrow:%Y%m%dT%H%M%SZ}-{ground.secrets[-1].id + 1}"


def _list(path: str) -> Addresses:
    return lambda ground: [path, path + _key(ground)]


def _archive(depth: int) -> Addresses:
    """The page of today and of the day of the secrets: their year, their month, the day itself."""

    def addresses(ground: Ground) -> Iterator[str]:
        zone = present_identity().zone
        for moment in (ground.tomorrow - timedelta(days=1), ground.tomorrow):
            parts = f"{moment.astimezone(zone):%Y/%m/%d}".split("/")[:depth]
            yield f"/archive/{'/'.join(parts)}/"

    return addresses


def _feeds(pages: Addresses) -> Addresses:
    """The feeds of these lists in every format."""
    return lambda ground: [form.path(page) for page in pages(ground) for form in FORMATS]


def _search(ground: Ground) -> Iterator[str]:
    """By every marked word, by what else would find the marked ones, and by filters alone."""
    section, author, topic = ground.section.slug, ground.author.slug, ground.topic.slug
    for order in ("relevant", "newest"):
        yield f"/search/?q=paula+probe&order={order}"
        yield f"/search/?q=open&order={order}"
        for secret in ground.secrets:
            for field in ("headline", "standfirst", "body", "byline", "kicker"):
                yield f"/search/?q={secret.marker}{field}&order={order}"
    for secret in ground.secrets:
        yield f"/search/?q=-{secret.marker}body&section={section}"
        yield f"/search/?q={secret.topic_slug}"
        yield f"/search/?topic={secret.topic_slug}"
    filters = (f"section={section}", f"author={author}", f"topic={topic}", "kind=opinion")
    for asked in (*filters, f"author={author}&kind=live", f"from={ground.tomorrow:%Y-%m-%d}"):
        yield f"/search/?{asked}"
    yield f"/search/{_key(ground)}&section={section}"
    yield f"/search/?q=open&order=newest&{_key(ground)[1:]}"


def _sitemaps(end: str) -> Addresses:
    """Of this month and of that of the secrets."""
    months = _archive(2)
    return lambda ground: [
        f"/sitemap-{address[9:-1].replace('/', '-')}{end}" for address in months(ground)
    ]


LOG_IN = Exempt("Log-in and second factor of staff: shows no journalism.")

SURFACES: dict[str, Addresses | Exempt] = {
    "home": _home,
    "feed": _feeds(lambda ground: ["/"]),
    "feeds": lambda ground: ["/feeds/"],
    "feeds_opml": lambda ground: ["/feeds/opml/"],
    "search": _search,
    "search_suggest": _each(lambda secret: f"/search/suggest/?q={secret.topic_slug}"),
    "topic": _topics,
    "series": _series,
    "author": lambda g: [f"/author/{g.author.slug}/", f"/author/{g.author.slug}/{_key(g)}"],
    "opinion": _list("/opinion/"),
    "column": lambda g: [f"/opinion/{g.column.slug}/", f"/opinion/{g.column.slug}/{_key(g)}"],
    "topic_feed": _feeds(_topics),
    "series_feed": _feeds(_series),
    "author_feed": _feeds(lambda ground: [f"/author/{ground.author.slug}/"]),
    "opinion_feed": _feeds(lambda ground: ["/opinion/"]),
    "column_feed": _feeds(lambda ground: [f"/opinion/{ground.column.slug}/"]),
    "section_feed": _feeds(lambda ground: [f"/{ground.section.slug}/"]),
    "article": _articles,
    "versions": _versions,
    "corrections": _list("/corrections/"),
    "corrections_feed": _feeds(lambda ground: ["/corrections/"]),
    "archive": lambda ground: ["/archive/", f"/archive/?day={ground.tomorrow:%Y-%m-%d}"],
    "archive_year": _archive(1),
    "archive_month": _archive(2),
    "archive_day": _archive(3),
    "sitemap": lambda ground: ["/sitemap.xml"],
    "news_sitemap": lambda ground: ["/news-sitemap.xml"],
    "sitemap_month": _sitemaps(".xml"),
    "sitemap_month_part": _sitemaps("-2.xml"),
    "sitemap_of": lambda ground: [f"/sitemap-{kind}.xml" for kind in ("paper", *kinds)],
    "sitemap_of_part": lambda ground: ["/sitemap-topic-2.xml"],
    "preview": lambda ground: [
        "/preview/forged/",
        *(f"/preview/{secret.id}/" for secret in ground.secrets),
        *(f"/preview/{seal('unsubscribe', 1, secret.id)}/" for secret in ground.secrets),
        *(f"/preview/{sign('preview', 1, secret.id)}/" for secret in ground.secrets[:1]),
    ],
    "most_read": lambda ground: ["/most-read/"],
    "most_read_window": lambda ground: ["/most-read/day/", "/most-read/week/"],
    "most_read_section": lambda ground: [f"/most-read/day/{ground.section.slug}/"],
    "count_reading": Exempt("Counts a reader: its answer is empty, whatever the number."),
    "breaking": _list("/breaking/"),
    "breaking_now": lambda ground: ["/breaking/now/"],
    "breaking_feed": _feeds(lambda ground: ["/breaking/"]),
    "ticker": lambda ground: ["/ticker/"],
    "report": _each(lambda secret: f"/report/{secret.id}/"),
    "live_post": _each(lambda secret: f"/live/{secret.post_id}/"),
    "live_since": _each(lambda secret: f"/live/{secret.id}/since/0/"),
    "live_feed": _feeds(_each(lambda secret: f"/live/{secret.id}/")),
    "lite": _list("/lite/"),
    "lite_page": _lite,
    "report_sent": _each(lambda secret: f"/report/{secret.id}/sent/"),
    "address": lambda ground: [
        f"/{ground.section.slug}/",
        f"/{ground.section.slug}/{_key(ground)}",
        *(f"/{secret.slugs[0]}/" for secret in ground.secrets),
        # Addresses of nothing, whose page says what is near.
        *(f"/{ground.section.slug}/{secret.slugs[0][:-1]}/" for secret in ground.secrets),
        *(f"/topic/{secret.topic_slug[:-1]}/" for secret in ground.secrets),
    ],
    "picture-file": _media,
    "share_card": _share_cards,
    "paper_share_card": lambda ground: [f"/share-card/{'0' * 24}.jpg"],
    # A stranger's answer is empty, whatever page it is asked of.
    "me": lambda ground: [f"/me/?page={address}" for address in _articles(ground)],
    "manifest": lambda ground: ["/manifest.webmanifest"],
    "service_worker": lambda ground: ["/service-worker.js"],
    "offline": lambda ground: ["/offline/"],
    "robots_txt": lambda ground: ["/robots.txt"],
    "security_txt": lambda ground: ["/.well-known/security.txt"],
    "security_at_root": Exempt("Leads to the file in its place."),
    "ads_txt": lambda ground: ["/ads.txt"],
    "favicon": Exempt("Leads to the icon of the site."),
    "contact": lambda ground: ["/contact/"],
    "message_sent": lambda ground: ["/contact/sent/"],
    "staff": lambda ground: ["/staff/"],
    "newsletter:sign_up": lambda ground: ["/newsletter/"],
    "newsletter:check_mail": lambda ground: ["/newsletter/check-mail/"],
    "newsletter:confirm": lambda ground: ["/newsletter/confirm/forged/"],
    "newsletter:unsubscribe": lambda ground: ["/newsletter/unsubscribe/forged/"],
    "terms_version": Exempt("An immutable version of the paper's terms: names no article."),
    # The desk: a stranger is asked to log in, whatever there is.
    "admin": lambda ground: [
        "/admin/",
        "/admin/articles/article/",
        *(
            f"/admin/articles/article/{secret.id}/{page}/"
            for secret in ground.secrets
            for page in ("change", "preview", "preview/page", "revisions", "acts")
        ),
    ],
    **dict.fromkeys(
        (
            "account_login", "account_logout", "account_inactive", "account_reauthenticate",
            "accept_invitation", "account_change_password", "account_reset_password",
            "account_reset_password_done", "account_reset_password_from_key",
            "account_reset_password_from_key_done", "mfa_index", "mfa_authenticate",
            "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
            "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
            "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn",
            "mfa_login_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn",
            "mfa_edit_webauthn",
        ),
        LOG_IN,
    ),
    # What the one-segment addresses lead to (newsroom.addresses.registry).
    "kind:section": lambda ground: [f"/{ground.section.slug}/"],
    "kind:page": Exempt("A page of the paper, whose text staff publish by itself."),
}  # fmt: skip


def known() -> dict[str, str]:
    """Every address pattern and kind of the site by its name; one without a name by its route."""
    found = dict(_patterns(get_resolver()))
    found |= {f"kind:{name}": f"/<{name}>/" for name, kind in kinds.items() if kind.view}
    return found


def _patterns(resolver: URLResolver, route: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        whole = f"{route}{entry.pattern}"
        if isinstance(entry, URLResolver):
            if entry.namespace == "admin":
                yield "admin", whole
            else:
                inner = f"{space}{entry.namespace}:" if entry.namespace else space
                yield from _patterns(entry, whole, inner)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}" if entry.name else whole, whole


def unregistered() -> dict[str, str]:
    """Addresses that neither say where to look nor why one need not: name and route."""
    return {name: route for name, route in known().items() if name not in SURFACES}
