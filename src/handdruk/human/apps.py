"""The room's name for Django."""

from django.apps import AppConfig


class HumanConfig(AppConfig):
    name = "handdruk.human"
    label = "human"
    default_auto_field = "django.db.models.BigAutoField"
