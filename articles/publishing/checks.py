"""What is asked of an article before it goes live, and how strictly; the rules are in `rules`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.models.check_level import CheckLevel
from articles.publishing import rules

Level = CheckLevel.Level


class CannotPublish(ValueError):
    """Nothing was published; `problems` says per field what is missing."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True)
class Check:
    """One question; `always` means that no setting may let it pass."""

    name: str
    label: Any
    rule: rules.Rule
    default: Level = Level.WARN
    always: bool = False


@dataclass(frozen=True)
class Finding:
    """What one check says of one field of the form ("bylines" and "tags" included)."""

    check: str
    field: str
    sentence: str
    level: Level

    @property
    def blocks(self) -> bool:
        return self.level == Level.BLOCK


CHECKS: tuple[Check, ...] = (
    # Without the first two an article has no address, without the third nothing to read.
    Check("headline", _("There is a headline"), rules.headline, Level.BLOCK, always=True),
    Check("section", _("There is a section"), rules.section, Level.BLOCK, always=True),
    Check("text", _("There is a text or a picture"), rules.text, Level.BLOCK, always=True),
    Check("placeholder", _("No placeholder text is left"), rules.placeholder, Level.BLOCK),
    Check("byline", _("There is a byline"), rules.byline),
    Check("alt_text", _("Pictures have alternative text"), rules.alt_text),
    Check("credit", _("Pictures have a credit"), rules.credit),
    Check("length", _("Headlines fit their places"), rules.length),
    Check("twins", _("No two tags say nearly the same"), rules.twins),
    Check("related", _("Related stories are not withdrawn"), rules.related),
    Check("links", _("Links within the site lead somewhere"), rules.links),
)


def levels() -> dict[str, Level]:
    """How strict each check is: the chief's choice over the default; one query."""
    chosen = dict(CheckLevel.objects.values_list("check_name", "level"))
    return {
        check.name: check.default if check.always else Level(chosen.get(check.name, check.default))
        for check in CHECKS
    }


def findings(
    snapshot: Mapping[str, Any], *, blocking_only: bool = False, needed_only: bool = False
) -> list[Finding]:
    """What the checks say, what blocks first; keys that are missing are taken as not asked.

    At most 8 queries; with `blocking_only` one, and those of checks that were made to block.
    `needed_only` asks nothing but what no setting may let pass.
    """
    asked = levels()
    wanted = (Level.BLOCK,) if blocking_only else (Level.BLOCK, Level.WARN)
    subject = rules.Subject(snapshot)
    found = [
        Finding(check.name, field, sentence, asked[check.name])
        for check in CHECKS
        if asked[check.name] in wanted and (check.always or not needed_only)
        for field, sentence in check.rule(subject)
    ]
    return sorted(found, key=lambda finding: not finding.blocks)


def problems(snapshot: Mapping[str, Any], *, needed_only: bool = False) -> dict[str, str]:
    """Field name to sentence for everything that keeps this snapshot from going live."""
    found: dict[str, str] = {}
    for finding in findings(snapshot, blocking_only=True, needed_only=needed_only):
        before = found.get(finding.field)
        found[finding.field] = f"{before} {finding.sentence}" if before else finding.sentence
    return found
