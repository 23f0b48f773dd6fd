"""The leak probe: silent about what we made, loud about what was planted, gone without trace."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from pytest_django import Settings

from articles.models import Article, Topic
from articles.publishing import rows
from newsroom.management import marked, surfaces
from newsroom.management.probe import Report, probe
from newsroom.media.models import Picture
from newsroom.urls import urlpatterns as real
from tests.conftest import in_drill


def newest(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Article.objects.latest("pk").headline)


def count(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{Topic.objects.count():03} topics")


def stamped(request: HttpRequest) -> HttpResponse:
    changed = Article.objects.latest("modified_at").modified_at
    return HttpResponse("same", headers={"Last-Modified": changed.isoformat()})


def tagged(request: HttpRequest) -> HttpResponse:
    return HttpResponse("same", headers={"ETag": f'"{Article.objects.count()}"'})


def picture(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        found.master_url if (found := Picture.objects.order_by("pk").last()) else "none"
    )


def there(request: HttpRequest, pk: int) -> HttpResponse:
    """A redirect to the address of whatever article has the number."""
    article = Article.objects.filter(pk=pk).first()
    if article is None:
        raise Http404
    return HttpResponseRedirect(f"/city/{article.slug}-{pk}/")


def exists(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse("same", status=403 if Article.objects.filter(pk=pk).exists() else 404)


def clock(request: HttpRequest) -> HttpResponse:
    clock.ticks += 1  # type: ignore[attr-defined]
    return HttpResponse(f"{clock.ticks}")  # type: ignore[attr-defined]


clock.ticks = 0  # type: ignore[attr-defined]
PLANTED = (newest, count, stamped, tagged, picture, clock)
NUMBERED = (there, exists)
urlpatterns = [
    *(path(f"planted/{view.__name__}/", view, name=view.__name__) for view in PLANTED),
    *(path(f"planted/{view.__name__}/<int:pk>/", view, name=view.__name__) for view in NUMBERED),
    *real,
]


@pytest.fixture
def planted(settings: Settings, monkeypatch: pytest.MonkeyPatch, db: None) -> Report:
    """What the probe says of a site with eight careless views."""
    settings.ROOT_URLCONF = __name__
    watched: dict[str, Any] = {
        view.__name__: lambda ground, name=view.__name__: [f"/planted/{name}/"] for view in PLANTED
    }
    for view in NUMBERED:
        watched[view.__name__] = lambda ground, name=view.__name__: [
            f"/planted/{name}/{secret.id}/" for secret in ground.secrets
        ]
    monkeypatch.setattr(surfaces, "SURFACES", watched)
    return probe()


def test_a_planted_leak_is_named_with_its_surface_address_and_article(planted: Report) -> None:
    assert not planted.clean
    found = {(leak.surface, leak.article): leak for leak in planted.leaks}
    last = list(marked.STATES)[-1]
    assert "headline" in found["newest", last].what
    assert found["newest", last].address == "/planted/newest/"
    assert "topics" in found["count", "any"].what
    assert "last-modified" in found["stamped", "any"].what
    assert "etag" in found["tagged", "any"].what
    assert "/media/" in found["picture", last].what
    assert "the header location" in found["there", "draft"].what
    assert {leak.article for leak in planted.leaks if leak.surface == "there"} == {*marked.STATES}
    assert "status 404 became 403" in found["exists", "scheduled"].what
    assert {leak.surface for leak in planted.leaks} == {
        view.__name__ for view in (*PLANTED, *NUMBERED) if view is not clock
    }


def test_a_surface_that_differs_each_time_is_no_leak_and_no_proof(planted: Report) -> None:
    assert [sentence.split(":")[0] for sentence in planted.unproven] == ["clock"]


def test_the_addresses_nobody_registered_are_named(planted: Report) -> None:
    assert "home" in planted.unregistered


@in_drill
def test_a_verb_of_ours_that_forgets_something_is_found(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taking an article down without taking it from the tables that readers' queries know."""
    monkeypatch.setattr(rows, "remove", lambda article: None)
    found = probe().leaks
    leaks = {(leak.surface, leak.article) for leak in found}
    for surface in ("home", "feed", "section_feed", "topic", "author", "article", "address",
                    "search"):  # fmt: skip
        assert (surface, "withdrawn") in leaks, surface
        assert (surface, "unpublished") in leaks, surface
    # The page of a draft's address shows the day's stories, and with them what was forgotten.
    told = {leak.article for leak in found if "the marker stands" in leak.what}
    assert not told & {"draft", "scheduled", "binned"}


@in_drill
def test_a_search_that_repeats_a_marked_word_is_no_leak_and_one_that_finds_it_is(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page shows again what it was asked for; what gives an article away is all the rest."""
    watched = {"search": surfaces.SURFACES["search"]}
    monkeypatch.setattr(surfaces, "SURFACES", watched)
    assert probe().leaks == []
    monkeypatch.setattr(rows, "remove", lambda article: None)
    leaks = probe().leaks
    assert any("q=zq" in leak.address for leak in leaks)
    assert {"withdrawn", "unpublished"} <= {leak.article for leak in leaks}


def counted() -> dict[str, int]:
    models: list[type[Model]] = list(apps.get_models())
    return {model._meta.label: model._default_manager.count() for model in models}


@pytest.mark.django_db
def test_no_embargoed_or_withdrawn_article_shows_anywhere_and_no_trace_stays(
    settings: Settings,
) -> None:
    """Zero markers, and zero changed bytes, ETags, Last-Modified, counts and redirects."""
    before = counted()
    out = StringIO()
    call_command("probe_leaks", json=True, stdout=out)
    report = json.loads(out.getvalue())
    assert report["leaks"] == []
    assert report["clean"] is True
    assert set(report["articles"]) >= {"draft", "scheduled", "binned", "withdrawn", "unpublished"}
    assert sum(map(len, report["visited"].values())) > 150
    assert {"home", "feed", "section_feed", "topic", "author", "column", "opinion", "article",
            "address", "preview", "picture-file", "admin"} <= set(report["visited"])  # fmt: skip
    assert all(report["exempt"].values())
    assert counted() == before
    assert not Path(settings.MEDIA_ROOT).exists()


@pytest.mark.django_db
def test_the_command_names_each_leak_and_ends_with_an_error(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(surfaces, "SURFACES", {"newest": lambda ground: ["/planted/newest/"]})
    out = StringIO()
    with pytest.raises(CommandError, match="do not rely on the embargo"):
        call_command("probe_leaks", stdout=out)
    assert "LEAK newest /planted/newest/: " in out.getvalue()
    assert "NOT REGISTERED home" in out.getvalue()
