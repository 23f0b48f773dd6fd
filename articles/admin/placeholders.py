"""What the editor shows in place of a placeholder: the picture, the other article's headline.

Both answer `?ids=1,2,3` with an object keyed by id; what is not there is left out.
"""

import re

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse

from articles.admin.filters import ON_DESK
from articles.models import Article
from newsroom.media.models import Picture

MOST = 100


def _ids(request: HttpRequest) -> list[int]:
    return [int(found) for found in re.findall(r"[0-9]{1,18}", request.GET.get("ids", ""))][:MOST]


def pictures(request: HttpRequest) -> JsonResponse:
    """Pictures of the library as the editor and the lead picture's field show them; one query."""
    if not request.user.has_perm("media.view_picture"):
        raise PermissionDenied
    found = Picture.objects.in_bulk(_ids(request))
    return JsonResponse(
        {
            str(picture.pk): {
                "name": str(picture),
                "thumb": picture.rendition_path("thumb"),
                "picture": picture.rendition_path("wide"),
                "caption": picture.caption,
                "credit": picture.credit,
                "alt": picture.alt_text,
            }
            for picture in found.values()
        }
    )


def headlines(request: HttpRequest) -> JsonResponse:
    """Articles that related boxes point at; one query."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    on_desk = Article.objects.filter(ON_DESK)
    found = on_desk.only("headline", "state").in_bulk(_ids(request))
    return JsonResponse(
        {
            str(article.pk): {"headline": article.headline, "live": article.is_live}
            for article in found.values()
        }
    )
