"""The admin of the site around the journalism, one module for each job."""

from newsroom.pages.admin import (
    desks,
    identity,
    menus,
    messages,
    pages,
    quiet,
    root_files,
    staff,
    terms,
)

__all__ = [
    "desks",
    "identity",
    "menus",
    "messages",
    "pages",
    "quiet",
    "root_files",
    "staff",
    "terms",
]
