"""Who may post, mend what was posted, and close; the desk and the verbs' buttons ask here.

To post in a live article is to publish: readers see it at once. So it takes the right to change
this very article, which reporters have for what is theirs; the rest is an editor's.
"""

from articles.live.models import Coverage, LivePost
from articles.models import Article
from articles.models.kinds import Kind
from articles.permissions import can_change, can_publish
from newsroom.accounts.models import User


def can_cover(user: User, article: Article) -> bool:
    """Open the posting desk of an article of this kind."""
    return article.kind == Kind.LIVE and _posts(user, article)


def can_post(user: User, coverage: Coverage) -> bool:
    """Post, set the summary, close: whoever may change the article and has the right to post."""
    return _posts(user, coverage.article)


def can_edit(user: User, post: LivePost) -> bool:
    """Edit, delete, bring back, pin: own posts; editors of the section everybody's."""
    article = post.coverage.article
    if not _posts(user, article):
        return False
    return post.posted_by_id == user.pk or can_publish(user, article)


def can_reopen(user: User, coverage: Coverage) -> bool:
    """What was closed is opened again by who publishes in the section."""
    return _posts(user, coverage.article) and can_publish(user, coverage.article)


def _posts(user: User, article: Article) -> bool:
    if not (user.is_active and user.is_staff and user.has_perm("live.add_livepost")):
        return False
    return can_change(user, article)
