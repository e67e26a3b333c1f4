"""The room's name for Django, for its translations and its look."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "handdruk.config"
    label = "config"
