"""The library as journalists use it: add, choose, mend, delete."""

import pytest
from django.urls import reverse

from newsroom.media import usage
from newsroom.media.models import Picture
from newsroom.media.uploads import accept
from tests.media.conftest import drawing, encoded, upload

ADD = "/admin/media/picture/add/"
LIST = "/admin/media/picture/"
JPEG = encoded(drawing())


def form(**values: object) -> dict[str, object]:
    return {"caption": "", "alt_text": "", "photographer": "", "agency": "", "focus_x": "0.5",
            "focus_y": "0.4", "title": "", "keywords": "", "taken_at": "", **values}  # fmt: skip


def change(picture: Picture) -> str:
    return reverse("admin:media_picture_change", args=[picture.pk])


def test_a_reporter_adds_a_picture(client_for, reporter, run_tasks):
    answer = client_for(reporter).post(
        ADD, form(upload=upload(JPEG), caption="The flag", taken_at="2026-01-02T03:04:05")
    )
    assert answer.status_code == 302
    picture = Picture.objects.get()
    assert (picture.caption, picture.uploaded_by) == ("The flag", reporter)
    assert picture.taken_at is not None
    run_tasks()
    picture.refresh_from_db()
    assert picture.ready


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"<html>", "This is no picture"), (JPEG[:500], "damaged"), (b"", "empty"),
     (JPEG + b"\0" * 21 * 1024**2, "at most 20 MB")],
)  # fmt: skip
def test_a_refused_file_is_said_beside_its_field_and_the_text_stays(
    client_for, reporter, content, sentence, public_files
):
    answer = client_for(reporter).post(ADD, form(upload=upload(content), caption="Long typed text"))
    assert answer.status_code == 200
    errors = answer.context["adminform"].form.errors
    assert list(errors) == ["upload"]
    assert sentence in errors["upload"][0]
    assert "Long typed text" in answer.content.decode()
    assert not public_files()


def test_no_file_is_said_beside_its_field(client_for, reporter):
    answer = client_for(reporter).post(ADD, form())
    assert "Choose the file" in answer.context["adminform"].form.errors["upload"][0]


def test_an_error_elsewhere_leaves_no_file_behind(client_for, reporter, public_files):
    answer = client_for(reporter).post(ADD, form(upload=upload(JPEG), focus_x="7"))
    assert list(answer.context["adminform"].form.errors) == ["focus_x"]
    assert not public_files()


def test_a_file_the_library_has_is_pointed_out(client_for, reporter):
    twin = accept(upload(JPEG), title="The flag")
    answer = client_for(reporter).post(ADD, form(upload=upload(JPEG, "b.jpg")), follow=True)
    assert Picture.objects.count() == 2
    (warning,) = (str(m) for m in answer.context["messages"] if m.level_tag == "warning")
    assert f'already in the library: <a href="{change(twin)}">The flag</a>' in warning


def test_mending_a_caption_makes_no_new_crops_and_keeps_the_finished_ones(
    client_for, editor, run_tasks
):
    picture = accept(upload(JPEG))
    run_tasks()
    client_for(editor).post(change(picture), form(caption="Mended", title="picture"))
    picture.refresh_from_db()
    assert (picture.caption, picture.version, picture.ready) == ("Mended", 1, 1)


def test_moving_the_focal_point_makes_new_crops(client_for, editor, run_tasks):
    picture = accept(upload(JPEG))
    run_tasks()
    client_for(editor).post(change(picture), form(focus_x="0.9"))
    picture.refresh_from_db()
    assert (picture.focus_x, picture.version, picture.ready) == (0.9, 2, 1)
    run_tasks()
    picture.refresh_from_db()
    assert picture.ready == 2


def test_another_file_takes_the_place_of_the_first(client_for, editor):
    picture = accept(upload(JPEG), caption="Kept")
    other = upload(encoded(drawing(400, 500)))
    client_for(editor).post(change(picture), form(caption="Kept", upload=other))
    after = Picture.objects.get(pk=picture.pk)
    assert (after.width, after.caption, after.ready) == (400, "Kept", 0)
    assert after.token != picture.token


def test_several_files_at_once_and_a_bad_one_among_them(client_for, reporter):
    files = [upload(JPEG, "one.jpg"), upload(b"no", "bad.jpg"), upload(JPEG + b"x", "two.jpg")]
    answer = client_for(reporter).post(
        "/admin/media/picture/several/", {"files": files, "photographer": "Ana Lens"}
    )
    assert answer.status_code == 200
    (error,) = answer.context["form"].errors["files"]
    assert error.startswith("bad.jpg: This is no picture")
    assert 'value="Ana Lens"' in answer.content.decode()
    assert set(Picture.objects.values_list("title", "photographer")) == {
        ("one", "Ana Lens"), ("two", "Ana Lens"),
    }  # fmt: skip


def test_several_good_files_end_in_the_list(client_for, reporter):
    answer = client_for(reporter).post("/admin/media/picture/several/", {"files": [upload(JPEG)]})
    assert answer["Location"] == LIST


def test_the_list_finds_pictures_and_those_without_alternative_text(client_for, reporter):
    accept(upload(JPEG), caption="Harbour at dawn", alt_text="Boats")
    accept(upload(JPEG), caption="Market", photographer="Ana Lens")
    client = client_for(reporter)

    def captions(query: str) -> set[str]:
        return {p.caption for p in client.get(f"{LIST}?{query}").context["cl"].result_list}

    assert captions("alt=missing") == {"Market"}
    assert captions("alt=present") == {"Harbour at dawn"}
    assert captions("q=dawn") == {"Harbour at dawn"}
    assert captions("q=lens") == {"Market"}


def test_the_list_asks_no_question_per_picture(client_for, reporter, django_assert_max_num_queries):
    client = client_for(reporter)
    for _ in range(5):
        accept(upload(JPEG))
    client.get(LIST)
    with django_assert_max_num_queries(12):
        client.get(LIST)


def test_it_works_as_a_chooser(client_for, reporter):
    picture = accept(upload(JPEG))
    answer = client_for(reporter).get(f"{LIST}?_popup=1&_to_field=id")
    assert f'data-popup-opener="{picture.pk}"' in answer.content.decode()


@pytest.fixture
def used(monkeypatch):
    monkeypatch.setattr(usage, "_finders", [])
    usage.register("Lead picture of", lambda picture: [("A <b>story</b>", "/admin/story/")])


def test_a_used_picture_cannot_be_deleted_and_says_where_it_is(client_for, chief, used):
    picture = accept(upload(JPEG))
    client = client_for(chief)
    page = client.get(change(picture)).content.decode()
    link = '<a href="/admin/story/">A &lt;b&gt;story&lt;/b&gt;</a>'
    assert f"Lead picture of: {link}" in page
    delete = reverse("admin:media_picture_delete", args=[picture.pk])
    assert link in client.get(delete).content.decode()
    client.post(delete, {"post": "yes"})
    client.post(LIST, {"action": "delete_selected", "_selected_action": [picture.pk], "post": "y"})
    assert Picture.objects.exists()


def test_an_unused_picture_can_be_deleted(client_for, chief):
    picture = accept(upload(JPEG))
    delete = reverse("admin:media_picture_delete", args=[picture.pk])
    client_for(chief).post(delete, {"post": "yes"})
    assert not Picture.objects.exists()


def test_customer_service_uploads_nothing_and_nothing_is_decoded(client_for, service, monkeypatch):
    monkeypatch.setattr("newsroom.media.admin.prepare", lambda file: pytest.fail("decoded"))
    client = client_for(service)
    assert client.post(ADD, form(upload=upload(JPEG))).status_code == 403
    assert client.get("/admin/media/picture/several/").status_code == 403


def test_hostile_text_is_text_in_the_admin(client_for, editor):
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    picture = accept(upload(JPEG), caption=bad, alt_text=bad, photographer=bad, title=bad)
    client = client_for(editor)
    for address in (LIST, change(picture)):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_body_beyond_all_reason_is_refused_unread(client):
    answer = client.post("/admin/login/", CONTENT_LENGTH=str(200 * 1024**2))
    assert answer.status_code == 413
    assert client.post("/newsletter/", CONTENT_LENGTH=str(6 * 1024**2)).status_code == 413
