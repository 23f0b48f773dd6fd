"""Stub, owned by the accounts builder."""

from allauth.account.adapter import DefaultAccountAdapter


class ClosedSignUp(DefaultAccountAdapter):
    def is_open_for_signup(self, request):  # type: ignore
        return False
