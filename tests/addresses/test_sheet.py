"""A web team's table of redirects: all of it or nothing, faults by line, and out again."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsroom.accounts.models import User
from newsroom.addresses.models import Address
from newsroom.addresses.sheet import Faulty, TakenIn, take_in
from newsroom.pages.models import Page

pytestmark = pytest.mark.django_db

IMPORT = "/admin/addresses/address/import/"


def stored() -> dict[str, str]:
    return dict(Address.objects.exclude(target="").values_list("path", "target"))


def faults(text: str) -> list[str]:
    with pytest.raises(Faulty) as caught:
        take_in(text.encode())
    assert stored() == {}
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_file_is_taken_in_as_spreadsheets_write_it(between: str) -> None:
    rows = [
        ("Old address", "New address"),
        ("https://www.old.example/news/Budget.aspx?id=7&utm_source=x", "/contact/"),
        ("/about.html", "http://127.0.0.1:8000/about-us"),
        ("", ""),
        ('"/with,%20comma;/"', "/contact/#desk"),
        ("/%D7%97%D7%93%D7%A9%D7%95%D7%AA", "/feed/"),
    ]
    text = "\r\n".join(between.join(row) for row in rows)
    laid = take_in(b"\xef\xbb\xbf" + text.encode())
    assert laid == TakenIn(made=4, nowhere=["/about-us/"])
    assert stored() == {
        "/news/Budget.aspx?id=7": "/contact/",
        "/about.html/": "/about-us/",
        "/with, comma;/": "/contact/#desk",
        "/חדשות/": "/feed/",
    }


def test_taken_in_again_nothing_changes_and_a_new_target_replaces_the_old(client: Client) -> None:
    take_in(b"/a/,/contact/\n/b/,/feed/\n")
    assert vars(take_in(b"/a/,/contact/\n/b/,/feed/\n")) == {
        "made": 0,
        "changed": 0,
        "unchanged": 2,
        "nowhere": [],
    }
    assert take_in(b"/a/,/staff/\n/b/,/feed/\n") == TakenIn(changed=1, unchanged=1)
    assert client.get("/a/")["Location"] == "/staff/"


def test_chains_in_a_file_are_stored_as_one_step(client: Client) -> None:
    take_in(b"/z/,/a/\n")
    take_in(b"/a/,/b/\n/c/,/contact/\n/b/,/c/\n")
    assert set(stored().values()) == {"/contact/"}
    assert client.get("/z/")["Location"] == "/contact/"


def test_faults_are_named_by_their_lines_and_nothing_is_taken_in() -> None:
    Page.objects.create(title="Jobs")
    told = faults(
        "from,to\n/good/,/contact/\nnowhere,/contact/\n/x/,https://elsewhere.example/\n"
        "/x/,\n/only-one/\n/twice/,/a1/\n/twice/,/a2/\n/with\u202ebidi/,/contact/\n//host/,/feed/\n"
    )
    assert [line.partition(":")[0] for line in told] == [
        f"Line {number}" for number in (3, 4, 5, 6, 8, 9, 10)
    ]
    assert "another site" in told[1]
    assert "line 7" in told[4]
    told = faults("/good/,/contact/\n/jobs/,/contact/\n/admin/,/contact/\n/contact/,/feed/\n")
    assert [line.partition(":")[0] for line in told] == ["Line 2", "Line 3", "Line 4"]
    told = faults("/jobs/,/contact/\nnowhere,/contact/\n/a/,/a/\n")  # of every sort, in one round
    assert [line.partition(":")[0] for line in told] == ["Line 1", "Line 2", "Line 3"]
    told = faults("/a/,/b/\n/b/,/c/\n/c/,/a/\n/d/,/contact/\n")
    assert [line.partition(":")[0] for line in told] == ["Line 1", "Line 2", "Line 3"]
    assert "Line 2: This is not UTF-8" in faults_of(b"/a/,/b/\n/\xe9/,/c/\n")
    assert "CSV" in faults_of(b'/a/,"/b/\n')
    assert take_in(b"").made == take_in(b"from,to\n").made == 0


def faults_of(raw: bytes) -> str:
    with pytest.raises(Faulty) as caught:
        take_in(raw)
    return str(caught.value)


def test_five_thousand_redirects_take_a_few_queries_for_each_five_hundred() -> None:
    text = "".join(f"/{n % 97}/old-{n}.html,/contact/\n" for n in range(5_000))
    with CaptureQueriesContext(connection) as asked:
        assert take_in(text.encode()).made == 5_000
    assert len(asked) < 12 * 10


def test_what_is_written_to_a_file_can_be_taken_in_again(tmp_path: Path) -> None:
    Page.objects.create(title="Jobs")
    take_in(
        "/a/,/jobs/\n/חדש/,/feed/\n/gone/,/no-such-page/\n/q.asp?id=1,/contact/\n/a%20b%25/,/feed/\n".encode()
    )
    before = stored()
    file = tmp_path / "redirects.csv"
    call_command("redirects", "export", file)
    text = file.read_text(encoding="utf-8")
    assert "/gone/,/no-such-page/,/no-such-page/,nothing" in text
    assert "/a/,/jobs/,/jobs/,there" in text
    Address.objects.exclude(target="").delete()
    out = StringIO()
    call_command("redirects", "import", file, stdout=out)
    assert stored() == before
    assert "5 made" in out.getvalue()


def test_the_command_says_what_is_wrong_and_a_trial_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "redirects.csv"
    file.write_text("/a/,/contact/\nb,/contact/\n")
    said = StringIO()
    with pytest.raises(CommandError, match="Nothing was changed: 1"):
        call_command("redirects", "import", file, stderr=said)
    assert "Line 2:" in said.getvalue()
    file.write_text("/a/,/contact/\n")
    call_command("redirects", "import", file, dry_run=True, stdout=(out := StringIO()))
    assert "1 made" in out.getvalue()
    assert stored() == {}
    with pytest.raises(CommandError, match="No such file"):
        call_command("redirects", "import", tmp_path / "none.csv")


def test_the_desk_takes_a_file_in_and_is_told_of_faults(staff: Client) -> None:
    bad = SimpleUploadedFile("r.csv", b"/a/,/contact/\nb,/contact/\n")
    html = staff.post(IMPORT, {"file": bad}).content.decode()
    assert "Nothing was changed." in html
    assert "Line 2:" in html
    assert stored() == {}
    good = SimpleUploadedFile("r.csv", b"/a/,/contact/\n/b/,/no-such-page/\n")
    html = staff.post(IMPORT, {"file": good}, follow=True).content.decode()
    assert "Nothing is at 1 address that they lead to: /no-such-page/" in html
    assert stored() == {"/a/": "/contact/", "/b/": "/no-such-page/"}
    response = staff.get("/admin/addresses/address/export/")
    assert b"/a/,/contact/" in b"".join(response)  # type: ignore[arg-type]


def test_the_list_parts_redirects_from_what_is_and_was_here_by_name(staff: Client) -> None:
    page = Page.objects.create(title="Jobs at the paper", slug="jobs")
    page.slug = "work"
    page.save()
    take_in(b"/a/,/contact/\n")
    listed = "/admin/addresses/address/"
    html = staff.get(listed, {"state": "redirect"}).content.decode()
    assert "→ /contact/" in html
    assert "Jobs at the paper" not in html
    html = staff.get(listed, {"state": "old", "of": "page"}).content.decode()
    assert "old address: Page Jobs at the paper" in html
    assert "→ /contact/" not in html
    assert "present address: Page Jobs at the paper" in staff.get(listed).content.decode()


def test_only_who_keeps_addresses_takes_a_file_in(
    reporter: User, client_for: Callable[[User], Client]
) -> None:
    for page in (IMPORT, "/admin/addresses/address/export/"):
        assert client_for(reporter).get(page).status_code == 403
    assert client_for(reporter).post(IMPORT, {}).status_code == 403
