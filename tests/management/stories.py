"""What an editor does in a paper that is served: code for its shell, or for a `Desk` in it."""

from tests.management.sites import Paper

# Prints its number and its address.
STORY = """
import json, sys
from articles.models import Article, Section
from articles.publishing import publish
from articles.revisions import revise
section, _new = Section.objects.get_or_create(name="City", slug="city")
article = Article.objects.create(headline="Tram line opens", body="<p>Now.</p>", section=section)
publish(article, by=None, revision=revise(article, by=None))
print(json.dumps([article.pk, article.published.get_absolute_url()]))
"""
# Leaves the same as the desk's answer.
PUBLISHED = """
from articles.publishing import publish
from tests.management.halves import _draft
article = _draft("{headline}")
publish(article, by=None)
answer = [article.pk, article.published.get_absolute_url()]
"""
WITHDRAWN = """
from articles.models import Article
from articles.publishing import withdraw
withdraw(Article.objects.get(pk={pk}), by=None, reason="It was wrong.")
"""
MENDED = """
from articles.models import Article
from articles.publishing import publish
from articles.revisions import revise
article = Article.objects.get(pk={pk})
article.headline = "{headline}"
article.save()
publish(article, by=None, revision=revise(article, by=None))
"""


def said(paper: Paper, code: str) -> str:
    done = paper.manage("shell", "--no-imports", "-c", code)
    assert done.returncode == 0, done.stderr
    return done.stdout
