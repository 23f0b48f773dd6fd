"""Django's middleware, but for the slash at the end of an address."""

from django.http import HttpRequest
from django.middleware import common


class CommonMiddleware(common.CommonMiddleware):
    """A missing slash is put right in one step with whatever else is wrong (lost.py).

    Django's own answer to `/old` is a 301 to `/old/`, which is one more step for an old address
    and a useless one for an address of nothing.
    """

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        return False
