"""Live coverage: posts under one article, newest or oldest first, until it is closed."""
