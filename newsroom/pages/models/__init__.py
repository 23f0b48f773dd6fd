"""The site the journalism stands in: identity, pages, terms, menus, desks, staff and messages."""

from newsroom.pages.models.desk import ServiceDesk, ServiceException, ServiceHours, ServiceNumber
from newsroom.pages.models.identity import SiteSettings
from newsroom.pages.models.menu import Menu, MenuEntry
from newsroom.pages.models.message import Message
from newsroom.pages.models.page import Page
from newsroom.pages.models.quiet import QuietWindow
from newsroom.pages.models.root_file import RootFile
from newsroom.pages.models.staff import StaffDesk, StaffMember
from newsroom.pages.models.terms import TermsVersion

__all__ = [
    "Menu",
    "MenuEntry",
    "Message",
    "Page",
    "QuietWindow",
    "RootFile",
    "ServiceDesk",
    "ServiceException",
    "ServiceHours",
    "ServiceNumber",
    "SiteSettings",
    "StaffDesk",
    "StaffMember",
    "TermsVersion",
]
