"""Every path the site answers or once answered, each of them once, and the words that are reserved."""
