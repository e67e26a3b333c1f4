"""The room's name for Django."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "handdruk.insight"
    label = "insight"
    default_auto_field = "django.db.models.BigAutoField"
