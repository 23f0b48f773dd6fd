"""What several processes count: every count is in the sum, also of those that are gone."""

import os
import subprocess
import sys

from django.conf import settings

SCRIPT = """
import os
from newsroom.lib.counters import Counters

counters = Counters(("read", "made"))

def count(times):
    child = os.fork()
    if not child:
        for number in range(1, times + 1):
            counters.write({"read": number, "made": 2 * number})
        os._exit(0)
    os.waitpid(child, 0)

for times in (1000, 3, 500):
    count(times)
print(counters.sums(), counters.processes())
counters.write({"read": 1, "made": 0})
print(counters.sums(), counters.processes())
"""


def test_the_sum_holds_what_was_counted_by_processes_that_are_gone() -> None:
    said = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=settings.BASE_DIR, text=True, check=True,
        capture_output=True, env={"PATH": os.environ["PATH"]},
    ).stdout.splitlines()  # fmt: skip
    assert said == ["{'read': 1503, 'made': 3006} 0", "{'read': 1504, 'made': 3006} 1"]
