"""Handdruk: both halves of a company's relationship with its customers, digital and human."""

__version__ = "0.1.0"
