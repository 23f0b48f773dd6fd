"""Fields in which a row is chosen by typing: what no row can have is no error page."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import RequestFactory

from newsroom.accounts.models import User


def choosing() -> list[Any]:
    """Every admin and inline that has such a field."""
    stock = [*admin.site._registry.values()]
    inlines = [
        inline(one.model, admin.site) for one in stock for inline in getattr(one, "inlines", ())
    ]
    return [one for one in [*stock, *inlines] if one.autocomplete_fields]


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["abc", "\x00", "-1", "9" * 30])
def test_what_is_no_row_is_shown_as_none_chosen(value: str, chief: User) -> None:
    request = RequestFactory().get("/")
    request.user = chief
    for one in choosing():
        for name in one.autocomplete_fields:
            field = one.formfield_for_dbfield(one.model._meta.get_field(name), request)
            assert f'value="{value}"' not in field.widget.render(name, value), (one, name)


@pytest.mark.parametrize("value", ["abc", "\x00"])
@pytest.mark.parametrize("model", ["breaking_breakingitem", "popularity_exclusion"])
def test_an_address_or_a_form_that_names_no_article_says_so(
    model: str, value: str, chief: User, client_for: Any
) -> None:
    browser, address = client_for(chief), f"/admin/{model.replace('_', '/')}/add/"
    assert browser.get(address, {"article": value}).status_code == 200
    answer = browser.post(address, {"article": value, "text": "Bridge closed", "reason": "Old"})
    assert answer.context["adminform"].form.errors["article"]
