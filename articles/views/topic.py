"""A topic's page, and where the pages of merged ones went."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from articles import queries
from articles.models import Topic
from articles.structured_data import list_data, to_script, trail
from articles.topics.hierarchy import around
from articles.whereabouts import onward
from newsroom.addresses.book import resolve
from newsroom.addresses.views import moved
from newsroom.cache.kept import kept
from newsroom.cache.lifetimes import Lifetime
from newsroom.lib.pagination import parse_key
from newsroom.pages.sharing import Share, image_of


@kept(Lifetime.FRONT, query=("before",))
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic's articles; 404 until the first of them is live. A merged one leads on at once."""
    found_topic = _named(slug)
    if found_topic.merged_into_id:
        return _onward(found_topic)
    key = parse_key(request.GET.get("before"))
    found = queries.listing("on_topic", found_topic.pk, key=key)
    if not found.items:
        raise Http404("no live article on this topic")
    if found_topic.slug != slug:  # an old address
        return moved(found_topic.get_absolute_url())
    places = around(found_topic)
    above = [(place.label, place.path) for place in places.above]
    path = found_topic.get_absolute_url()
    return TemplateResponse(
        request,
        "articles/topic.html",
        {
            "topic": found_topic,
            "around": places,
            "cards": found.items,
            "pager": found,
            "share": Share(image=image_of(found_topic.picture)),
            "structured_data": to_script(
                list_data(found_topic.name, path, found.items, description=found_topic.description),
                trail(above, found_topic.name),
            ),
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
    if path := onward(topic):
        return moved(path)
    raise Http404("no live article on this topic")
