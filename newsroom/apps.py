from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """The project itself: commands, system checks, the desk and the book of its jobs."""

    name = "newsroom"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        from newsroom import checks  # noqa: F401  (registers the system checks)
