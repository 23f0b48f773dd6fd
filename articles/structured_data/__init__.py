"""JSON-LD: what the journalism's pages say of themselves to machines.

Everything is made of the rows that the page has loaded anyway, so it says what readers see and
costs no query. Apps above change what is said of their kind of article (`register`).
"""

from articles.structured_data.article import article_data, register
from articles.structured_data.lists import list_data
from articles.structured_data.people import profile_data
from newsroom.lib.json_ld import absolute, stamp, to_script
from newsroom.pages.structured_data import name_of_paper, publisher, trail

__all__ = [
    "absolute",
    "article_data",
    "list_data",
    "name_of_paper",
    "profile_data",
    "publisher",
    "register",
    "stamp",
    "to_script",
    "trail",
]
