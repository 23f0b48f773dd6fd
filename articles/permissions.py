"""Who may do what with an article; the admin, the verbs' buttons and commands ask here."""

from articles.models import Article, Byline
from articles.models.kinds import State
from newsroom.accounts.models import User


def can_publish(user: User, article: Article) -> bool:
    """Publish, unpublish, withdraw: chief and section editors."""
    return user.is_active and user.is_staff and user.has_perm("articles.publish_article")


def can_change(user: User, article: Article | None) -> bool:
    """Editors change all; reporters what they made or what bears their name, until it is live."""
    if not user.has_perm("articles.change_article"):
        return False
    if article is None or user.has_perm("articles.publish_article"):
        return True
    if article.state != State.DRAFT:
        return False
    return (
        article.created_by_id == user.pk
        or Byline.objects.filter(article=article, author__user=user).exists()
    )
