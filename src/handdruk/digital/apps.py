"""The room's name for Django."""

from django.apps import AppConfig


class DigitalConfig(AppConfig):
    name = "handdruk.digital"
    label = "digital"
    default_auto_field = "django.db.models.BigAutoField"
