"""What tests of people share: browsers that have just proved who sits before them."""

from django.test import Client
from django.urls import reverse

PASSWORD = "a-long-password"


def proved(client: Client) -> Client:
    """This browser's person types the password again."""
    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def log_in(client: Client, email: str, password: str = PASSWORD) -> int:
    """The status of a try at the log-in page: 302 let in, 200 refused, 429 told to wait."""
    return client.post(reverse("account_login"), {"login": email, "password": password}).status_code
