"""The journalism: articles and what orders them; the desk's copy and published rows are apart."""
