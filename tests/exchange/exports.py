"""Small exports of our own writing, as another system would have written them."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>The Old Paper</title>
<link>https://old.example</link>
<language>{language}</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_blog_url>https://old.example</wp:base_blog_url>
<wp:author><wp:author_login>mira</wp:author_login>
<wp:author_email>mira@old.example</wp:author_email>
<wp:author_display_name><![CDATA[Mira Holm]]></wp:author_display_name></wp:author>
<wp:category><wp:term_id>7</wp:term_id><wp:category_nicename>harbour</wp:category_nicename>
<wp:category_parent></wp:category_parent><wp:cat_name><![CDATA[Harbour]]></wp:cat_name></wp:category>
"""
TAIL = "</channel>\n</rss>\n"


def term(domain: str, nicename: str, name: str) -> str:
    return f'<category domain="{domain}" nicename="{nicename}"><![CDATA[{name}]]></category>'


def item(
    number: int,
    *,
    kind: str = "post",
    title: str = "A ferry ran late",
    content: str = "The ferry ran late.",
    excerpt: str = "",
    status: str = "publish",
    password: str = "",
    date: str = "2015-03-04 05:06:07",
    gmt: str | None = None,
    link: str | None = None,
    name: str = "a-ferry-ran-late",
    creator: str = "mira",
    terms: str = "",
    extra: str = "",
) -> str:
    link = f"https://old.example/2015/03/{name}-{number}/" if link is None else link
    return f"""<item>
<title>{escape(title)}</title>
<link>{escape(link)}</link>
<pubDate>Wed, 04 Mar 2015 05:06:07 +0000</pubDate>
<dc:creator><![CDATA[{creator}]]></dc:creator>
<guid isPermaLink="false">https://old.example/?p={number}</guid>
<content:encoded><![CDATA[{content}]]></content:encoded>
<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id>
<wp:post_date>{date}</wp:post_date>
<wp:post_date_gmt>{date if gmt is None else gmt}</wp:post_date_gmt>
<wp:post_name>{name}</wp:post_name>
<wp:status>{status}</wp:status>
<wp:post_parent>0</wp:post_parent>
<wp:post_type>{kind}</wp:post_type>
<wp:post_password>{password}</wp:post_password>
{terms}{extra}</item>
"""


def attachment(number: int, url: str, *, caption: str = "", alt: str = "") -> str:
    meta = "<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key>"
    return item(
        number, kind="attachment", status="inherit", title="picture", content="", excerpt=caption,
        extra=f"<wp:attachment_url>{url}</wp:attachment_url>"
        f"{meta}<wp:meta_value>{alt}</wp:meta_value></wp:postmeta>",
    )  # fmt: skip


def export(items: Sequence[str], *, language: str = "en") -> str:
    return HEAD.format(language=language) + "".join(items) + TAIL


def write(path: Path, *items: str, language: str = "en") -> Path:
    path.write_text(export(items, language=language), encoding="utf-8")
    return path
