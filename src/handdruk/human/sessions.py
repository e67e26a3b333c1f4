"""Sessions in the database, asked for only under a key that could be one.

A cookie can hold anything, such as bytes that PostgreSQL refuses with an error; whoever sends that is not logged in.
"""

import re
from typing import Any

from django.contrib.sessions.backends import db

KEY = re.compile(r"[0-9a-z]{8,40}")


class SessionStore(db.SessionStore):
    """Django's own, with a stricter look at the key."""

    def _validate_session_key(self, key: Any) -> bool:
        return isinstance(key, str) and KEY.fullmatch(key) is not None
