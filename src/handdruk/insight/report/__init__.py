"""A replay's result as one HTML file that needs nothing else: no script, no font, no other file."""

from handdruk.insight.report.page import page

__all__ = ["page"]
