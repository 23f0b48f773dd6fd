"""Every path the site answers or once answered, each once, and the reserved words."""
