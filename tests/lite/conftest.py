"""The demo paper, and the cast of a live coverage, for pages in both editions."""

from tests.live.conftest import coverage as coverage
from tests.live.conftest import draft as draft
from tests.live.conftest import many as many
from tests.live.conftest import row as row
from tests.live.conftest import say as say
