"""The room's name for Django; registers the channel."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "handdruk.channels.web"
    label = "web_channel"

    def ready(self) -> None:
        from corsheaders.signals import check_request_enabled  # noqa: PLC0415

        from handdruk.channels.web.delivery import web  # noqa: PLC0415  (models are not loaded before this)
        from handdruk.channels.web.origins import may_call  # noqa: PLC0415
        from handdruk.relationship.delivery import register  # noqa: PLC0415

        register(web)
        check_request_enabled.connect(may_call)
