"""A large archive for benchmarks and rehearsals: made-up stories, written as publishing would have.

`words` makes texts, `cast` who and what they are about, `rows` one batch of articles with every row
beside them, `seeding` the whole.
"""

from articles.demo.archive.seeding import CannotSeed, Plan, fill, start

__all__ = ["CannotSeed", "Plan", "fill", "start"]
