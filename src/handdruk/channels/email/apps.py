"""The room's name for Django."""

from django.apps import AppConfig


class EmailConfig(AppConfig):
    name = "handdruk.channels.email"
    label = "email_channel"
    default_auto_field = "django.db.models.BigAutoField"
