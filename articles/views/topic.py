"""A topic's page, and where the pages of merged ones went."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import queries
from articles.models import PublishedArticle, PublishedTopic, Topic
from articles.topics.hierarchy import around
from articles.topics.standing import standing_for
from newsroom.addresses.book import resolve
from newsroom.addresses.views import moved
from newsroom.lib.pagination import parse_key


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic's articles; 404 until the first of them is live. A merged one leads on at once."""
    found_topic = _named(slug)
    if found_topic.merged_into_id:
        return _onward(found_topic)
    key = parse_key(request.GET.get("before"))
    found = queries.listing(PublishedArticle.objects.on_topic(found_topic.pk, before=key))
    if not found.cards:
        raise Http404("no live article on this topic")
    if found_topic.slug != slug:  # an old address
        return moved(found_topic.get_absolute_url())
    return render(
        request,
        "articles/topic.html",
        {
            "topic": found_topic,
            "around": around(found_topic),
            "cards": found.cards,
            "older": found.older,
        },
    )


def _named(slug: str) -> Topic:
    """The topic that has the address or once had it."""
    try:
        return queries.topic_or_404(slug)
    except Http404:
        match = resolve(f"/topic/{slug}/")
        found: Topic | None = None
        if match and match.kind == "topic":
            found = Topic.objects.select_related("picture").filter(pk=match.object_id).first()
        if found is None:
            raise
        return found


def _onward(topic: Topic) -> HttpResponse:
    """In one step to what stands for it; 404 while that has no page, as its name is the desk's."""
    for other in standing_for(topic):
        if PublishedTopic.objects.filter(topic_id=other.pk).exists():
            return moved(other.get_absolute_url())
    raise Http404("no live article on this topic")
