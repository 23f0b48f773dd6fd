"""What the field of tags offers while one types (static/js/admin/tags.js)."""

from typing import Any

from django.http import HttpRequest, JsonResponse

from articles import topics
from articles.models import Topic
from newsroom.lib.text import fold

MOST = 8


def suggest_view(request: HttpRequest) -> JsonResponse:
    """Names for what is being typed: exact topic first, then beginnings, then near-twins.

    Merged topics are found as what stands for them; one that is no longer offered is named only
    when its very name is typed (`retired`). `split`: what the name stands for together.
    """
    if not (request.user.is_staff and request.user.has_perm("articles.view_topic")):
        return JsonResponse({"topics": []}, status=403)
    typed = request.GET.get("q", "")[:100]
    folded = fold(typed)
    if not folded:
        return JsonResponse({"topics": []})
    exact = topics.find_all(typed)
    starting = Topic.objects.offered().filter(folded__startswith=folded)[:MOST]
    found = {topic.pk: topic for topic in [*exact, *starting]}
    near = [topic for topic in topics.near_twins(typed) if topic.pk not in found]
    answer: dict[str, Any] = {
        "exact": exact[0].name if exact else None,
        "topics": [topic.name for topic in found.values()],
        "near": [topic.name for topic in near],
        "retired": [topic.name for topic in exact if topic.is_retired],
        "split": [topic.name for topic in exact] if len(exact) > 1 else [],
    }
    return JsonResponse(answer)
