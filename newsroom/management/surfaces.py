"""Every address a stranger can ask for: where the leak probe looks, or why it need not.

A new reader address gets a line here. The suite fails for one that has none
(tests/house/test_surfaces.py), and so does `manage.py probe_leaks`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from newsroom.addresses.registry import kinds
from newsroom.lib.signing import seal, sign
from newsroom.management.marked import Ground, Secret


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


def _home(ground: Ground) -> Iterator[str]:
    yield "/"
    yield from (f"/?{key}={s.id}" for s in ground.secrets for key in ("p", "page_id"))


def _key(ground: Ground) -> str:
    """The second page of a list that begins just before tomorrow: where a secret would stand."""
    return f"?before={ground.tomorrow:%Y%m%dT%H%M%SZ}-{ground.secrets[-1].id + 1}"


def _list(path: str) -> Addresses:
    return lambda ground: [path, path + _key(ground)]


LOG_IN = Exempt("Log-in and second factor of staff: shows no journalism.")

SURFACES: dict[str, Addresses | Exempt] = {
    "home": _home,
    "feed": lambda ground: ["/feed/"],
    "topic": _topics,
    "series": _series,
    "author": lambda g: [f"/author/{g.author.slug}/", f"/author/{g.author.slug}/{_key(g)}"],
    "opinion": _list("/opinion/"),
    "column": lambda g: [f"/opinion/{g.column.slug}/", f"/opinion/{g.column.slug}/{_key(g)}"],
    "column_feed": lambda ground: [f"/opinion/{ground.column.slug}/feed/"],
    "section_feed": lambda ground: [f"/{ground.section.slug}/feed/"],
    "article": _articles,
    "versions": _versions,
    "corrections": _list("/corrections/"),
    "corrections_feed": lambda ground: ["/corrections/feed/"],
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
    "breaking_feed": lambda ground: ["/breaking/feed/"],
    "ticker": lambda ground: ["/ticker/"],
    "report": _each(lambda secret: f"/report/{secret.id}/"),
    "live_post": _each(lambda secret: f"/live/{secret.post_id}/"),
    "live_since": _each(lambda secret: f"/live/{secret.id}/since/0/"),
    "live_feed": _each(lambda secret: f"/live/{secret.id}/feed/"),
    "report_sent": _each(lambda secret: f"/report/{secret.id}/sent/"),
    "address": lambda ground: [
        f"/{ground.section.slug}/",
        f"/{ground.section.slug}/{_key(ground)}",
        *(f"/{secret.slugs[0]}/" for secret in ground.secrets),
    ],
    "picture-file": _media,
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
