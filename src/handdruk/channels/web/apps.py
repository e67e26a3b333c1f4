"""The room's name for Django; registers the channel."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "handdruk.channels.web"
    label = "web_channel"

    def ready(self) -> None:
        from handdruk.channels.web.delivery import web  # noqa: PLC0415  (models are not loaded before this)
        from handdruk.relationship.delivery import register  # noqa: PLC0415

        register(web)
