"""Who may do what with an article; the admin, the verbs' buttons and commands ask here."""

from django.db.models import Exists, OuterRef, Q

from articles.models import Article, Byline, PublishedArticle, Section
from articles.models.kinds import State, Workflow
from newsroom.accounts.models import User


def edits_section(user: User, section_id: int | None) -> bool:
    """The chief edits every section; a section editor those that name them, or name nobody."""
    if user.has_perm("articles.publish_everywhere"):
        return True
    if section_id is None or not user.has_perm("articles.publish_article"):
        return False
    editors = Section.editors.through.objects.filter(section_id=section_id)
    named = set(editors.values_list("user_id", flat=True))
    return not named or user.pk in named


def can_publish(user: User, article: Article) -> bool:
    """Publish, schedule, unpublish, withdraw: in the article's section and where it is live now.

    An article without a section is nobody's yet: any section editor may go on with it.
    """
    if not (user.is_active and user.is_staff and user.has_perm("articles.publish_article")):
        return False
    if user.has_perm("articles.publish_everywhere"):
        return True
    sections = {article.section_id}
    if article.pk:
        live = PublishedArticle.objects.filter(pk=article.pk)
        sections |= set(live.values_list("section_id", flat=True))
    return all(edits_section(user, pk) for pk in sections - {None})


def can_change(user: User, article: Article | None) -> bool:
    """Editors change what is in their sections; reporters what they made or what bears their name.

    A live article's copy may be changed too: readers see nothing of it until an editor publishes.
    """
    if not user.has_perm("articles.change_article"):
        return False
    if article is None:
        return True
    if article.is_binned:
        return False
    if can_publish(user, article):
        return True
    return article.state != State.WITHDRAWN and _theirs(user, article)


def can_bin(user: User, article: Article) -> bool:
    """Put into the bin and take out: editors in their sections, reporters what they began."""
    if not user.has_perm("articles.change_article"):
        return False
    return can_publish(user, article) or article.created_by_id == user.pk


def can_move(user: User, article: Article, to: Workflow) -> bool:
    """Who may change the text moves it on; only who publishes in its section approves it, or takes
    an approval back."""
    if not can_change(user, article):
        return False
    return Workflow.APPROVED not in {to, article.workflow} or can_publish(user, article)


def in_sections_of(user: User) -> Q:
    """`edits_section` as a condition on articles: no row twice, no query of its own."""
    if user.has_perm("articles.publish_everywhere"):
        return Q()
    if not user.has_perm("articles.publish_article"):
        return Q(pk__in=[])
    editors = Section.editors.through.objects.filter(section_id=OuterRef("section_id"))
    named = Exists(editors.filter(user_id=user.pk))
    return Q(section__isnull=True) | Q(named) | ~Q(Exists(editors))


def _theirs(user: User, article: Article) -> bool:
    """Begun by them, given to them, or under their name."""
    return (
        article.created_by_id == user.pk
        or article.assigned_to_id == user.pk
        or Byline.objects.filter(article=article, author__user=user).exists()
    )
