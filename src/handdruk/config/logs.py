"""Logs without personal data: of an error its kind and place, of a request its route.

The text of an exception may hold what a customer wrote, and an address the key of a conversation.
"""

import logging
from types import TracebackType
from typing import Any

from handdruk.core.errors import describe

ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Line(logging.Formatter):
    """One line an event; tracebacks only for who asked for DEBUG."""

    def formatException(self, ei: ErrorInfo) -> str:  # noqa: N802  (logging's name)
        """The kind of error and where it arose."""
        if logging.getLogger().isEnabledFor(logging.DEBUG):
            return super().formatException(ei)
        return describe(ei[1]) if isinstance(ei[1], Exception) else str(ei[0])


class RouteOnly(logging.Filter):
    """Django's word on a request, with the route in place of the address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every record pass."""
        request: Any = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            record.msg, record.args = (
                "%s on %s",
                (getattr(record, "status_code", "error"), match.route if match else "?"),
            )
        return True
