"""The room's name for Django."""

from django.apps import AppConfig


class RelationshipConfig(AppConfig):
    name = "handdruk.relationship"
    label = "relationship"
    default_auto_field = "django.db.models.BigAutoField"
