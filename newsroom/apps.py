from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """The project itself: commands, system checks and the desk; no models of its own."""

    name = "newsroom"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        from newsroom import checks  # noqa: F401  (registers the system checks)
