"""What fronts show on other pages."""

from django import template

from articles.fronts import present
from articles.models import PublishedArticle

register = template.Library()


@register.simple_tag
def day_stories(most: int) -> list[PublishedArticle]:
    """What leads the front page now, each once. No query while that is stored."""
    cards = {card.pk: card for card in present.home().shown.articles}
    return list(cards.values())[:most]


@register.inclusion_tag("partials/hot_opinion.html", takes_context=True)
def hot_opinion(
    context: template.Context, article: PublishedArticle | None = None
) -> dict[str, object]:
    """The curated list of opinion beside an article, without the article itself.

    What fills it by rule leaves out what stands on the page already.
    """
    found = present.hot_opinion()
    own = {article.pk} if article else set()
    there = own | {card.pk for name in ("related", "more") for card in context.get(name) or ()}
    placed = {slot.slot: slot.card for slot in found.cards
              if slot.by_hand and slot.card.pk not in own}  # fmt: skip
    by_rule = (slot.card for slot in found.cards
               if not slot.by_hand and slot.card.pk not in there)  # fmt: skip
    cards = [placed.get(slot) or next(by_rule, None) for slot in found.slots]
    return {
        "hot_opinion": [card for card in cards if card],
        "title": found.title,
        "site": context.get("site"),
    }
