"""Authors, and for the desk topics, by the words of their names: "odunsi tunnel" finds what she
wrote of the tunnel.

Names are looked up when somebody searches and stand in the index as marks, so that who or what is
renamed is found by the new name at once.
"""

from functools import lru_cache, reduce
from itertools import islice
from operator import and_

from django.db.models import Exists, OuterRef, Q

from articles.models import Author, PublishedByline
from articles.search import marks
from articles.search.query import Choice, Part, any_mark
from articles.search.topic_names import named
from articles.search.words import fold, words
from newsroom.cache.generations import stored
from newsroom.lib.text import fold as fold_name

# Of a name that many share, so many; and of names that look like it.
MOST, LOOKED_UP = 20, 1_000

Name = tuple[int, str, str]


def authors() -> list[Name]:
    """Key, name and address of every author with a live article; one query a generation."""
    return stored("authors_found", _authors, of="articles")


def _authors() -> list[Name]:
    live = Exists(PublishedByline.objects.filter(author=OuterRef("pk")))
    rows = Author.objects.filter(live).order_by("name", "pk")
    return list(rows.values_list("pk", "name", "slug"))


@lru_cache(maxsize=5_000)  # every author of the paper, for each search
def folded(name: str) -> list[str]:
    """The words of a name, without accents and case."""
    return [fold(word) for word in words(name)]


def as_author(part: Part) -> Choice:
    """The marks of authors whose name holds these words one after another."""
    found = (pk for pk, name, _slug in authors() if _holds(name, part))
    return any_mark(marks.author(pk) for pk in islice(found, MOST))


def as_author_on_desk(part: Part) -> Choice:
    """As `as_author`, of everybody, published or not; one query."""
    named = Author.objects.filter(_all_in("name", part)).order_by("pk").values_list("pk", "name")
    found = (pk for pk, name in named[:LOOKED_UP] if _holds(name, part))
    return any_mark(marks.author(pk) for pk in islice(found, MOST))


def as_topic(part: Part) -> Choice:
    """The marks of topics one of whose names holds these words; one query after a name has
    changed, else none."""
    looked_up = islice(named(fold_name(part.written[0])), LOOKED_UP)
    found = dict.fromkeys(one.pk for one in looked_up if _holds(one.name, part))
    return any_mark(marks.topic(pk) for pk in islice(found, MOST))


def _holds(name: str, part: Part) -> bool:
    there, wanted = folded(name), [fold(written) for written in part.written]
    if wanted[0] not in there:
        return False
    return any(there[n : n + len(wanted)] == wanted for n in range(len(there)))


def _all_in(path: str, part: Part) -> Q:
    """What a database can tell; it knows no accents, so that "Émile" is typed as it is written."""
    return reduce(and_, (Q(**{f"{path}__icontains": written}) for written in part.written))
