"""Runs inside a paper that is backed up or restored: furnishes it, and tells all that it holds.

`manage.py shell -c "from tests.management import copies; copies.tell()"` prints JSON.
"""

import hashlib
import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from articles.models import Article, PublishedArticle
from articles.publishing import publish, schedule
from newsletter.models import Consent, Newsletter, SignUp, Subscriber, Subscription
from newsletter.signup import answer
from newsroom.accounts.adapter import send_notice
from newsroom.cache.generations import touch
from newsroom.cache.models import Purge
from newsroom.media.models import Picture
from newsroom.media.renditions import develop
from newsroom.media.uploads import accept
from newsroom.outgoing.models import Hold
from newsroom.pages.founding import found
from newsroom.pages.models import TermsVersion
from tests.management import halves

EMAIL, PASSWORD = "drill@paper.test", "a-long-password"
# Not the paper: of one site and its moment.
PASSING = {
    "sessions.session", "django_tasks_database.dbtaskresult", "cache.purge", "cache.generation",
    "newsroom.jobrun", "newsroom.heartbeat", "outgoing.hold",
}  # fmt: skip


def furnish() -> None:
    """Stories, pictures, consents; a plan whose minute has come; mail that waits in three ways."""
    now = timezone.now()
    found(name="The Copied Courier", language="en", time_zone="UTC")
    chief = halves._chief()
    chief.set_password(PASSWORD)
    chief.save()
    Client(SERVER_NAME="127.0.0.1").force_login(chief)
    for number in range(3):
        publish(halves._draft(f"Live {number}"), by=chief)
        picture = accept(_picture(number), by=chief)
    develop(picture)
    schedule(halves._draft("Embargoed"), by=chief, publish_at=now, at=now - timedelta(days=1))
    newsletter = Newsletter.objects.create(name="Morning", slug="morning")
    terms = TermsVersion.objects.create(title="Terms", body="<p>Be kind.</p>", effective_at=now)
    for number in range(20):
        address = f"reader{number}@post.example"
        subscriber = Subscriber.objects.create(email=address, created_at=now)
        Subscription.objects.create(
            subscriber=subscriber, newsletter=newsletter, state="confirmed", asked_at=now
        )
        for event in ("asked", "confirmed"):
            Consent.objects.create(
                email=address, newsletter=newsletter, event=event, at=now, terms=terms,
                wording="I accept.",
            )  # fmt: skip
    notice("is queued")
    notice("failed, and is to be tried again")
    _fail(DBTaskResult.objects.order_by("enqueued_at").last())
    sign_up = SignUp.objects.create(
        newsletter=newsletter, email="new@post.example", at=now, terms=terms, wording="I accept.",
        with_box=False, source="/", language="en", network="192.0.2.0",
    )  # fmt: skip
    answer.enqueue(sign_up.pk)


def notice(subject: str) -> None:
    """Queue a mail."""
    send_notice.enqueue("reader@post.example", subject, "Some words.")


def change() -> None:
    """What the original does after the backup."""
    publish(halves._draft("Later"), by=None)
    accept(_picture(9))
    Picture.objects.order_by("pk")[:1].get().delete()
    touch("articles")


def tell() -> None:
    """A digest and the number of rows of every table of the paper, and what matters beside it."""
    shown = {}
    for model in apps.get_models():
        label = model._meta.label_lower
        if label in PASSING or model._meta.proxy:
            continue
        # Whether crops are there is a matter of files.
        names = [each.attname for each in model._meta.concrete_fields if each.name != "ready"]
        rows = sorted(map(repr, model._base_manager.values_list(*names)))
        shown[label] = [len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()]
    root = Path(settings.MEDIA_ROOT)
    files = {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name.startswith(("master.", "report"))
    }
    last = Purge.objects.order_by("pk").last()
    told = {
        "rows": shown,
        "files": files,
        "sessions": list(Session.objects.values_list("session_key", flat=True)),
        "live": sorted(PublishedArticle.objects.values_list("headline", flat=True)),
        "subscribers": Subscriber.objects.count(),
        "consents": Consent.objects.count(),
        "articles": Article.objects.count(),
        "lacks_crops": Picture.objects.filter(ready=0).count(),
        "purge": last.pk if last else 0,
        "held": Hold.objects.count(),
    }
    print(json.dumps(told))


def work() -> None:
    """The worker and the tick until nothing is left to do; then a log-in with the old password."""
    for _time in range(2):
        call_command("db_worker", batch=True, interval=0, startup_delay=False, queue_name="*")
        call_command("tick")
    client = Client(SERVER_NAME="127.0.0.1")
    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    print(json.dumps({"desk": client.get("/admin/").status_code}))


def write_pairs() -> None:
    """Until killed: a reader and a consent, in one transaction each time."""
    newsletter, number = Newsletter.objects.get(), 0
    while True:
        number += 1
        with transaction.atomic():
            address = f"pair{number}@post.example"
            Subscriber.objects.create(email=address, created_at=timezone.now())
            for _event in range(2):
                Consent.objects.create(
                    email=address, newsletter=newsletter, event="asked", at=timezone.now()
                )
        print(number, flush=True)


def _fail(row: Any) -> None:
    row.status, row.finished_at, row.worker_ids = "FAILED", timezone.now(), ["a worker"]
    row.save()


def _picture(number: int) -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (900, 600), (20 * number, 90, 140)).save(file, "JPEG")
    return SimpleUploadedFile(f"picture-{number}.jpg", file.getvalue())
