"""What the journalism tells whoever listens; sent after the transaction is committed."""

from django.dispatch import Signal

# article_id: int, first: bool (its first publication)
article_published = Signal()
# article_id: int
article_withdrawn = Signal()
