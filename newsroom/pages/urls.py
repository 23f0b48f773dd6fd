"""Addresses of this app; pages themselves are found by the dispatcher of addresses."""

from django.urls import path

from newsroom.pages.views.contact import contact, message_sent
from newsroom.pages.views.page import terms_version
from newsroom.pages.views.staff import staff

urlpatterns = [
    path("contact/", contact, name="contact"),
    path("contact/sent/", message_sent, name="message_sent"),
    path("staff/", staff, name="staff"),
    path("<name:segment>/version/<id:number>/", terms_version, name="terms_version"),
]
