"""The demo newspaper's journalism: `content/` holds the words, this package puts them in place."""

from articles.demo.pictures import draw_pictures
from articles.demo.seed import seed

__all__ = ["draw_pictures", "seed"]
