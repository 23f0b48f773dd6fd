"""Addresses of this app; pages themselves are found by the dispatcher of addresses."""

from django.urls import path

from newsroom.pages.views.contact import contact, message_sent
from newsroom.pages.views.page import terms_version
from newsroom.pages.views.root_files import favicon, root_file, security_at_root
from newsroom.pages.views.share_card import paper_share_card
from newsroom.pages.views.staff import staff

urlpatterns = [
    path("contact/", contact, name="contact"),
    path("contact/sent/", message_sent, name="message_sent"),
    path("staff/", staff, name="staff"),
    path("robots.txt", root_file, {"name": "robots"}, name="robots_txt"),
    path(".well-known/security.txt", root_file, {"name": "security"}, name="security_txt"),
    path("security.txt", security_at_root, name="security_at_root"),
    path("ads.txt", root_file, {"name": "ads"}, name="ads_txt"),
    path("favicon.ico", favicon, name="favicon"),
    path("share-card/<digest:digest>.jpg", paper_share_card, name="paper_share_card"),
    path("<name:segment>/version/<id:number>/", terms_version, name="terms_version"),
]
