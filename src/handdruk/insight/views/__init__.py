"""Insight's pages at the desk."""
