"""Log-in and what belongs to it: the library's views that a closed house needs, and no other."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, path, re_path

from newsroom.accounts.staff_pages import View, staff_page
from newsroom.accounts.views import accept_invitation


def _page(route: str, view: View, name: str) -> URLPattern:
    return path(route, staff_page(view), name=name)


urlpatterns = [
    _page("login/", account.login, "account_login"),
    _page("logout/", account.logout, "account_logout"),
    _page("inactive/", account.account_inactive, "account_inactive"),
    _page("reauthenticate/", account.reauthenticate, "account_reauthenticate"),
    _page("invite/<str:token>/", accept_invitation, "accept_invitation"),
    _page("password/change/", account.password_change, "account_change_password"),
    _page("password/reset/", account.password_reset, "account_reset_password"),
    _page("password/reset/done/", account.password_reset_done, "account_reset_password_done"),
    _page(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        staff_page(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    _page("2fa/", mfa.index, "mfa_index"),
    _page("2fa/authenticate/", mfa.authenticate, "mfa_authenticate"),
    _page("2fa/reauthenticate/", mfa.reauthenticate, "mfa_reauthenticate"),
    _page("2fa/totp/activate/", totp.activate_totp, "mfa_activate_totp"),
    _page("2fa/totp/deactivate/", totp.deactivate_totp, "mfa_deactivate_totp"),
    _page("2fa/recovery-codes/", codes.view_recovery_codes, "mfa_view_recovery_codes"),
    _page(
        "2fa/recovery-codes/generate/",
        codes.generate_recovery_codes,
        "mfa_generate_recovery_codes",
    ),
    _page(
        "2fa/recovery-codes/download/",
        codes.download_recovery_codes,
        "mfa_download_recovery_codes",
    ),
    _page("2fa/keys/", passkeys.list_webauthn, "mfa_list_webauthn"),
    _page("2fa/keys/add/", passkeys.add_webauthn, "mfa_add_webauthn"),
    _page("2fa/keys/login/", passkeys.login_webauthn, "mfa_login_webauthn"),
    _page("2fa/keys/confirm/", passkeys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    _page("2fa/keys/<int:pk>/remove/", passkeys.remove_webauthn, "mfa_remove_webauthn"),
    _page("2fa/keys/<int:pk>/edit/", passkeys.edit_webauthn, "mfa_edit_webauthn"),
]
