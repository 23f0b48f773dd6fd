"""Who wrote something: people and institutions, in short at an article and whole on their page."""

from articles.models import Author, PublishedByline
from newsroom.lib.json_ld import Data, absolute, filled
from newsroom.media.structured_data import face
from newsroom.pages.structured_data import publisher


def author_of(line: PublishedByline) -> Data:
    """A name over an article. The name and nothing else: what somebody does is a property."""
    if line.author is None:
        return {"@type": "Organization", "name": line.name}
    return author_in_short(line.author)


def author_in_short(author: Author) -> Data:
    """An author with the page that tells the rest."""
    data = {
        "@type": "Organization" if author.is_institution else "Person",
        "name": author.name,
        "url": absolute(author.get_absolute_url()),
    }
    return data if author.is_institution else data | filled(jobTitle=author.role)


def profile_data(author: Author) -> Data:
    """An author's page. Needs `portrait` and `links` loaded."""
    entity = author_in_short(author) | filled(
        description=author.biography,
        email=author.email,
        sameAs=[link.url for link in author.links.all()],
        image=face(author.portrait),
    )
    if not author.is_institution:
        entity["worksFor"] = publisher()
    return {
        "@type": "ProfilePage",
        "url": absolute(author.get_absolute_url()),
        "mainEntity": entity,
    }
