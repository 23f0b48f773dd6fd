"""The small paper of the journalism's tests, and whoever keeps its addresses."""

from collections.abc import Callable

import pytest
from django.test import Client

from newsroom.accounts.models import User
from tests.articles.conftest import author, live, section, write  # noqa: F401  (fixtures)


@pytest.fixture
def staff(chief: User, client_for: Callable[[User], Client]) -> Client:
    """The browser of the chief editor."""
    return client_for(chief)


@pytest.fixture
def walk(client: Client) -> Callable[[str], tuple[int, str]]:
    """Follows a reader from an address; more than one step is an error."""

    def go(address: str) -> tuple[int, str]:
        response = client.get(address)
        if response.status_code != 301:
            return response.status_code, address
        assert "no-cache" in response["Cache-Control"], address
        onward = response["Location"]
        status = client.get(onward).status_code
        assert status in {200, 404, 410, 451}, f"{address} → {onward}: {status}"
        return status, onward

    return go
