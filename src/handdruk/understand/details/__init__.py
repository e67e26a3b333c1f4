"""Checkable things in a text: order numbers, e-mail addresses, phone numbers, postcodes, dates and amounts.

Every pattern takes time in proportion to the text, and only the first `LONGEST` characters are looked at.
"""

from __future__ import annotations

from handdruk.understand.details.finder import LONGEST, DetailFinder

__all__ = ["LONGEST", "DetailFinder"]
