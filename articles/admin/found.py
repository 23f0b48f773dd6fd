"""What the checks say of the saved version, beside the fields of the form."""

from collections import defaultdict
from typing import Any

from articles.models import Article
from articles.publishing.checks import Finding, findings


def beside_fields(article: Article | None, form: Any) -> dict[str, Any]:
    """Hang each finding on its field, which names it for screen readers; at most 8 queries.

    Those of the byline come back, for the byline's rows are forms of their own.
    """
    if article is None or article.latest_revision is None:
        return {}
    found: dict[str, list[Finding]] = defaultdict(list)
    for each in findings(article.latest_revision.snapshot):
        found[each.field].append(each)
    for name, said in found.items():
        if (field := form.fields.get(name)) is not None:
            field.findings = said
            help_id = f"id_{name}_helptext " if field.help_text else ""
            field.widget.attrs["aria-describedby"] = f"{help_id}id_{name}_findings"
    return {"byline_findings": found.get("bylines", [])}
