"""The real settings, in a home folder of this test run's own, with a few things made quick and quiet."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="handdruk-test-")
_maker = os.getpid()


def _remove_home() -> None:
    if os.getpid() == _maker:  # a forked child ends without taking its parent's home along
        shutil.rmtree(_home, ignore_errors=True)


atexit.register(_remove_home)
_ours = ("HANDDRUK_DATABASE_URL", "HANDDRUK_REDIS_URL")  # what with_postgres.py sets; all else is the test run's own
for _name in [name for name in os.environ if name.startswith("HANDDRUK_") and name not in _ours]:
    del os.environ[_name]
os.environ["HANDDRUK_HOME"] = _home
os.environ["HANDDRUK_SECRET_KEY"] = "only-for-tests-" * 3

from handdruk.config.settings import *  # noqa: E402, F403  (the environment comes first)
from handdruk.config.settings import DATABASES, HOME  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # In a file: Django's own choice, shared memory, knows neither WAL nor waiting, which threads need to be tested with.
    DATABASES["default"]["TEST"] = {"NAME": HOME / "test.sqlite3"}
