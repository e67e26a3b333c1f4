"""Who this process is, and how long it may be silent before others take over its work."""

import os
import socket
from datetime import timedelta

from handdruk.core.ids import public_id

LEASE = timedelta(seconds=30)
WORKER = f"{socket.gethostname()}:{os.getpid()}:{public_id(6)}"[:80]
