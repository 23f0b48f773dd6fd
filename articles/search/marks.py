"""Marks: terms that no word can be, so that a filter is met inside the index like a word."""


def section(pk: int) -> str:
    """The main section or a further one."""
    return f"_s{pk}"


def author(pk: int) -> str:
    """Whoever stands in the byline, in whatever role."""
    return f"_a{pk}"


def topic(pk: int) -> str:
    return f"_t{pk}"


def kind(value: str) -> str:
    return f"_k{value}"
