"""First segments of addresses that belong to the system, future ones included."""

RESERVED = frozenset(
    """
    about-this-site accounts admin ads.txt alerts api app archive assets author authors breaking
    cache contact corrections debug digital-library embed events export favicon.ico feed feeds
    front healthz import issue issues json lite live login logout magazines manifest
    manifest.webmanifest me media member members metrics most-read my my-account news-sitemap
    news-sitemap.xml newsletter newsletters offline opinions p page pages preview print readyz
    report robots.txt rss s search security.txt series service service-worker.js share share-card
    sitemap sitemap.xml sitemaps staff static subscribe subscription tag tags ticker topic topics
    unsubscribe user users well-known .well-known xml
    """.split()
)


def is_reserved(path: str) -> bool:
    """Whether the system needs the path itself; below a reserved segment things have their own."""
    return path.strip("/") in RESERVED
