"""The rule for e-mail addresses, and hostile ones."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from newsletter.mailbox import folded, written
from newsletter.models import Newsletter, SignUp, Subscriber
from newsroom.lib.emails import masked
from tests.newsletter.conftest import Send, link_in

GOOD = {
    "reader@post.example": "reader@post.example",
    "first.last@post.example": "first.last@post.example",
    "First.Last@POST.Example": "First.Last@post.example",
    "a+news@post.example": "a+news@post.example",
    "o'neil@post.example": "o'neil@post.example",
    "  pasted@post.example\n": "pasted@post.example",
    "x@sub.domain.post.example": "x@sub.domain.post.example",
    "reader@bücher.example": "reader@xn--bcher-kva.example",
    "reader@דואר.example": "reader@xn--4dbfg1f.example",
    "=1+1@post.example": "=1+1@post.example",
    "_-_@post.example": "_-_@post.example",
}
BAD = [
    "", "@", "reader", "reader@", "@post.example", "reader@localhost", "a b@post.example",
    "a@b@post.example", "a..b@post.example", ".a@post.example", "a.@post.example",
    "a@post.example.", "a@.post.example", "a@post..example", "a@-post.example", "a@post-.example",
    "a@127.0.0.1", "a@[127.0.0.1]", "a@[IPv6:::1]", '"a b"@post.example', "a(b)@post.example",
    "A B <a@post.example>", "<a@post.example>", "a@post.example,b@post.example",
    "a@post.example;b@post.example", "a@post.example\nBcc: b@post.example",
    "a@post.example\r\nSubject: x", "a\n@post.example", "a\x00@post.example", "a@post.exa\x00mple",
    "é@post.example", "a@post.ex ample", "a\u200b@post.example", "a@post\u200b.example",
    "a\u202e@post.example", "mailto:a@post.example", "a@post_x.example", "a@post.1",
    "a" * 65 + "@post.example", "a@" + "b" * 64 + ".example", "a@" + "b." * 130 + "example",
    "a@post.e", "\ud800@post.example", "a\\b@post.example", "a@post.example/x", "a@post.example?x",
]  # fmt: skip


@pytest.mark.parametrize("typed", GOOD)
def test_a_good_address_is_kept_as_typed_with_its_domain_in_lower_case(typed: str) -> None:
    assert written(typed) == GOOD[typed]


@pytest.mark.parametrize("typed", BAD)
def test_a_bad_address_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValidationError) as error:
        written(typed)
    assert error.value.messages[0].endswith(".")


@pytest.mark.parametrize("typed", [typed for typed in BAD if "\ud800" not in typed])
def test_a_bad_address_comes_back_in_the_form(typed: str, sign_up: Send) -> None:
    answer = sign_up(typed)
    assert answer.status_code == 422
    assert b'aria-invalid="true"' in answer.content
    assert not SignUp.objects.exists()


def test_one_mailbox_is_one_subscriber_whatever_the_capitals(
    sign_up: Send, run_tasks: Callable[[], None]
) -> None:
    for typed in ("Anna@post.example", "anna@POST.example", "ANNA@post.example"):
        sign_up(typed)
    run_tasks()
    assert [s.email for s in Subscriber.objects.all()] == ["Anna@post.example"]
    assert folded("Anna@post.example") == "anna@post.example"


@pytest.mark.parametrize(
    "name",
    [
        "News\nBcc: evil@post.example",
        "News\r\n\r\n<script>",
        "News\u2028X: y",
        'Quote " <evil@post.example>',
        "דואר הבוקר",
        "=?utf-8?q?x?=",
        "a, b@post.example",
    ],
)
def test_no_header_grows_out_of_a_name(
    name: str, morning: Newsletter, sign_up: Send, run_tasks: Callable[[], None], mailoutbox: list
) -> None:
    Newsletter.objects.filter(pk=morning.pk).update(name=name, from_name=name)
    sign_up()
    run_tasks()
    (letter,) = mailoutbox
    message = letter.message()
    assert letter.recipients() == ["reader@post.example"]
    assert message.get_all("To") == ["reader@post.example"]
    assert message["Bcc"] is None
    assert message["X"] is None
    assert len(message.get_all("From")) == len(message.get_all("Subject")) == 1
    assert "\n" not in letter.subject
    link_in(letter.body)


def test_logs_and_strangers_see_no_whole_address() -> None:
    assert masked("reader@post.example") == "r…@post.example"
