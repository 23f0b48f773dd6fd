"""Tell, as a line of JSON, what each address costs the database, and how long its page is."""

import json

from django.core.management.base import BaseCommand
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+")

    def handle(self, *args, **options):
        told, client = {}, Client()
        for path in options["paths"]:
            client.get(path)  # what is kept in memory is there from now on
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(path)
            if answer.status_code != 200:
                raise SystemExit(f"{path} answered {answer.status_code}")
            told[path] = {"queries": len(asked), "bytes": len(answer.content)}
        self.stdout.write(json.dumps(told))
