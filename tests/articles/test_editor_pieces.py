"""What the server does for the editor: the policy it runs under, what placeholders stand for."""

import base64
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils.html import escape

from articles.body.editor import EXTENSIONS
from articles.models import Article, PublishedArticle, Topic
from newsroom.accounts.models import User

ADD = "/admin/articles/article/add/"


def test_the_policy_s_hash_is_of_the_style_the_library_ships() -> None:
    script = Path(finders.find("django_prose_editor/editor.js")).read_text(encoding="utf-8")
    styles = re.findall(r"`(\.ProseMirror \{[^`]*)`", script)
    assert len(styles) == 1
    digest = base64.b64encode(sha256(styles[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in settings.STAFF_CONTENT_SECURITY_POLICY["style-src"]


def test_staff_pages_allow_that_style_and_readers_pages_do_not(
    editor: User, client_for: Callable[[User], Client], client: Client
) -> None:
    assert "sha256-" in client_for(editor).get(ADD)["Content-Security-Policy"]
    assert "sha256-" not in client.get("/nowhere/")["Content-Security-Policy"]


def test_every_extension_is_the_library_s_or_ours() -> None:
    ours = Path(finders.find("js/admin/editor/index.js")).read_text(encoding="utf-8")
    theirs = Path(finders.find("django_prose_editor/editor.js")).read_text(encoding="utf-8")
    exported = theirs[theirs.rindex("export{") :]
    for name in EXTENSIONS:
        assert re.search(rf"\b{name}\b", ours) or re.search(rf"\b{name}\b", exported), name


def test_the_form_loads_our_module_and_no_inline_style(
    editor: User, client_for: Callable[[User], Client]
) -> None:
    page = client_for(editor).get(ADD).content.decode()
    assert escape("js/admin/editor/index.js") in page
    assert "<style" not in page
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*\b(?:src|nonce|type=\"application/json\"))", page)


def test_related_boxes_show_headlines_and_whether_readers_see_them(
    editor: User, client_for: Callable[[User], Client],
    write: Callable[..., Article], live: Callable[..., PublishedArticle],
) -> None:  # fmt: skip
    draft, row = write("Draft"), live("Out")
    address = f"/admin/articles/article/headlines/?ids={draft.pk},{row.pk},999999,x"
    assert client_for(editor).get(address).json() == {
        str(draft.pk): {"headline": "Draft", "live": False},
        str(row.pk): {"headline": "Out", "live": True},
    }
    assert client_for(editor).get("/admin/articles/article/headlines/").json() == {}


def test_near_twins_of_a_new_tag_are_offered(
    editor: User, client_for: Callable[[User], Client]
) -> None:
    Topic.objects.create(name="Climate change")
    suggest = "/admin/articles/topic/suggest/?q="
    near = client_for(editor).get(f"{suggest}Climat change").json()
    assert (near["exact"], near["near"]) == (None, ["Climate change"])
    assert client_for(editor).get(f"{suggest}CLIMATE CHANGE").json()["exact"] == "Climate change"
