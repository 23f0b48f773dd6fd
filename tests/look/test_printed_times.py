"""When a story was updated, as its byline says it: no date twice."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

PUBLISHED = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("updated", "words"),
    [
        (datetime(2026, 3, 2, 21, 15, tzinfo=UTC), "21:15"),
        (datetime(2026, 3, 3, 6, 0, tzinfo=UTC), "3 March 2026, 06:00"),
    ],
    ids=["same day", "next day"],
)
def test_an_update_names_its_day_only_when_it_is_another(updated: datetime, words: str) -> None:
    article = SimpleNamespace(published_at=PUBLISHED, updated_at=updated)
    with timezone.override(UTC):
        byline = render_to_string("partials/byline.html", {"article": article})
    assert f'<time datetime="{updated:%Y-%m-%dT%H:%M:%SZ}">{words}</time>' in byline
