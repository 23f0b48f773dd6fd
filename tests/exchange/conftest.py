"""An importer to call, and where the export that WordPress itself is tested with may be."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "wordpress-export.xml"


@pytest.fixture
def bring(db: None) -> Callable[..., str]:
    """Run the import and return what it printed."""

    def run(path: Path, **options: object) -> str:
        out = StringIO()
        call_command("import_articles", path, format="wxr", stdout=out, **options)
        return out.getvalue()

    return run


@pytest.fixture
def real_export() -> Path:
    if not REAL.is_file():
        pytest.skip("WordPress's own test export is not beside the repository.")
    return REAL
