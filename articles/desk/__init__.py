"""What the journalism puts on the desk: what is mine, what waits, what time will do, the record.

Every panel is at most two queries, whatever its rows; what is in the bin is in none.
"""

from django.http import HttpRequest

from articles.desk.record import corrections, lacking, several, today
from articles.desk.times import not_as_planned, proposed, scheduled
from articles.desk.work import my_work, planned, waiting
from newsroom.lib.panels import Panel


def panels(request: HttpRequest) -> list[Panel]:
    """Nothing for who may not see articles; what waits for an editor, for those who publish."""
    user = request.user
    if not user.has_perm("articles.view_article"):
        return []
    found = []
    if user.has_perm("articles.change_article"):
        found += [my_work(request), planned(request), scheduled(request), several(request)]
    if user.has_perm("articles.publish_article"):
        found += [not_as_planned(), waiting(request), proposed(request), lacking(), corrections()]
    found.append(today())
    return found
