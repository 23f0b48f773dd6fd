"""Files follow their row: whatever way a picture is deleted, its files go once that is final."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from newsroom.media.models import Picture
from newsroom.media.renditions import changed, discard


@receiver(post_delete, sender=Picture)
def remove_files(sender: type[Picture], instance: Picture, **_: Any) -> None:
    changed()
    transaction.on_commit(partial(discard, instance.folder))
