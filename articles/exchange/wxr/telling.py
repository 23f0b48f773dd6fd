"""What the first pass found, and what the second will do, in words for the person who decides."""

from collections.abc import Callable

from articles.exchange.wxr.job import Job
from articles.exchange.wxr.survey import Survey

Say = Callable[[str], object]


def tell_survey(found: Survey, say: Say) -> None:
    """The contents of the file, which has been read to its end."""
    say(f"Checked: {found.items} items from {found.site.url or 'an unnamed site'}.")
    for (kind, status), count in sorted(found.kinds.items()):
        say(f"  {count:6} {kind}, {status or 'without a state'}")
    if found.comments:
        say(f"  {found.comments:6} comments, which are not taken in")
    for written, meant in found.unknown_authors.items():
        meaning = f"taken for “{meant}”" if meant else "not in the file's list; taken as written"
        say(f"  The author “{written}” is {meaning}.")
    for double in found.doubles:
        say(f"  Twice in the file, only the first counts: {double}.")


def tell_plan(job: Job, say: Say, *, everything: bool) -> None:
    """What becomes of each category that posts are in; a mapping file changes it."""
    groups: dict[str, list[str]] = {"section": [], "topic": [], "nothing": []}
    for nicename in sorted(job.survey.posts):
        decision = job.sections.decide(nicename)
        groups[decision.becomes].append(f"{nicename} ({decision.why})")
    for becomes, text in (
        ("section", "Categories that are sections"),
        ("topic", "Categories that become topics"),
        ("nothing", "Categories left out"),
    ):
        if found := groups[becomes]:
            shown = found if everything else found[:12]
            more = f" and {len(found) - len(shown)} more" if len(found) > len(shown) else ""
            say(f"{text} ({len(found)}): {', '.join(shown)}{more}.")
