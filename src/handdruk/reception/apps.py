"""The room's name for Django."""

from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "handdruk.reception"
    label = "reception"
    default_auto_field = "django.db.models.BigAutoField"
