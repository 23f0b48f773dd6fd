"""What a device is told of the paper: manifest, worker, the page for no connection, the way out."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image
from pytest_django import Settings

from newsroom.pages.models import SiteSettings
from newsroom.webapp.manifest import PAPER
from newsroom.webapp.views import SHELL

STATIC = Path(settings.STATICFILES_DIRS[0])


def paper_of(client: Client) -> dict[str, object]:
    """What the worker knows of the paper."""
    code = client.get("/service-worker.js").content.decode()
    found = re.search(r"^const PAPER = (\{.*\});$", code, re.M)
    assert found
    return json.loads(found[1])


@pytest.mark.django_db
def test_the_manifest_speaks_of_the_paper_in_its_language(client: Client) -> None:
    SiteSettings.objects.create(pk=1, name="הנמל", tagline="עיתון", language="he")
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    manifest = answer.json()
    assert (manifest["name"], manifest["lang"], manifest["dir"]) == ("הנמל", "he", "rtl")
    assert manifest["id"] == manifest["start_url"] == manifest["scope"] == "/"
    assert manifest["display"] == "minimal-ui"
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/").content.decode()


@pytest.mark.django_db
def test_its_icons_are_there_in_the_sizes_it_says(client: Client) -> None:
    icons = client.get("/manifest.webmanifest").json()["icons"]
    for icon in icons:
        with Image.open(STATIC / icon["src"].removeprefix("/static/")) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]
            assert image.format == "PNG"
    assert {(icon["sizes"], icon["purpose"]) for icon in icons} == {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    }  # fmt: skip


@pytest.mark.django_db
def test_its_colour_is_the_paper_of_the_style_sheet(client: Client) -> None:
    assert f"--paper: {PAPER};" in (STATIC / "css/tokens.css").read_text()
    manifest = client.get("/manifest.webmanifest").json()
    assert manifest["background_color"] == manifest["theme_color"] == PAPER
    assert f'content="{PAPER}"' in client.get("/offline/").content.decode()


@pytest.mark.usefixtures("paper")
def test_its_shortcuts_are_the_first_sections_of_the_menu(client: Client) -> None:
    shortcuts = client.get("/manifest.webmanifest").json()["shortcuts"]
    assert [each["url"] for each in shortcuts] == ["/politics/", "/world/", "/city/", "/business/"]
    for each in shortcuts:
        assert client.get(each["url"]).status_code == 200


@pytest.mark.django_db
def test_no_cache_keeps_the_worker_and_a_new_release_or_language_changes_it(
    client: Client, settings: Settings
) -> None:
    answer = client.get("/service-worker.js")
    assert answer["Content-Type"] == "text/javascript"
    assert "no-cache" in answer["Cache-Control"]
    before = paper_of(client)
    assert before["shell"] == [f"/static/{name}" for name in SHELL]
    settings.STATIC_URL = "/release-2/"
    assert paper_of(client)["version"] != before["version"]
    SiteSettings.objects.create(pk=1, name="הנמל", language="he")
    assert paper_of(client)["locale"] == "he"


@pytest.mark.django_db
def test_every_file_of_the_shell_is_there() -> None:
    assert [name for name in SHELL if not (STATIC / name).is_file()] == []


@pytest.mark.django_db
def test_only_this_site_may_give_a_page_its_worker_and_manifest(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy


@pytest.mark.django_db
def test_without_script_the_page_of_kept_stories_says_what_is_left(client: Client) -> None:
    html = client.get("/offline/").content.decode()
    assert re.search(r"<noscript>.*?/lite/.*?</noscript>", html, re.S)
    assert 'name="robots" content="noindex"' in html
    # What broke when the page was kept is no news without a connection.
    assert 'class="breaking"' not in html


@pytest.mark.django_db
def test_switched_off_nothing_lets_a_worker_in_and_the_one_there_is_throws_itself_away(
    client: Client, settings: Settings
) -> None:
    settings.WEB_APP = False
    html = client.get("/").content.decode()
    assert "manifest" not in html
    assert "device.js" not in html
    assert client.get("/manifest.webmanifest").status_code == 404
    assert client.get("/offline/").status_code == 404
    code = client.get("/service-worker.js").content.decode()
    assert "unregister" in code
    assert "fetch" not in code
