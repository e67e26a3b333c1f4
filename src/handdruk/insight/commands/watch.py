"""Watches over the promise while it is lived by."""


def watch() -> None:
    """Nothing yet."""
