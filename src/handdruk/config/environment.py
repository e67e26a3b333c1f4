"""Everything that is set from outside, in one place, from environment variables only. Wrong values fail loudly."""

import os
import re
import secrets
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

POSTGRESQL = re.compile(r"postgres(ql)?://[^/]*/[^/?]+.*")
REDIS = re.compile(r"(rediss?|unix)://.+")
HTTP = re.compile(r"https?://[^/\s?#]+[^\s?#]*")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class BadSetting(SystemExit):
    """A setting that cannot be used; the process ends with what is wrong and what to do."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(2)
        print(f"{name}: {problem}", file=sys.stderr)


@dataclass(frozen=True, slots=True)
class Mail:
    """An SMTP server: `smtp://user:password@host:port`, with `?tls=starttls` or `?tls=ssl`."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    ssl: bool


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings of one installation."""

    home: Path
    demo: bool
    database_url: str
    redis_url: str
    mail: Mail | None
    mail_from: str
    public_url: str
    hosts: tuple[str, ...]
    threads: int
    encoder_threads: int
    messages_per_minute: int
    conversations_per_minute: int
    streams_per_conversation: int
    streams_per_address: int
    log_level: str


def read_environment() -> Environment:
    """Reads every HANDDRUK_ variable. Raises BadSetting for one that cannot be used."""
    return Environment(
        home=_home(),
        demo=_yes("HANDDRUK_DEMO"),
        database_url=_url("HANDDRUK_DATABASE_URL", POSTGRESQL, "postgres://user:password@host/name"),
        redis_url=_url("HANDDRUK_REDIS_URL", REDIS, "redis://host:6379/0"),
        mail=_mail(os.environ.get("HANDDRUK_MAIL_URL", "")),
        mail_from=os.environ.get("HANDDRUK_MAIL_FROM", "noreply@localhost"),
        public_url=_url("HANDDRUK_PUBLIC_URL", HTTP, "https://service.example").rstrip("/"),
        hosts=tuple(host for host in os.environ.get("HANDDRUK_HOSTS", "").split(",") if host),
        threads=_number("HANDDRUK_THREADS", 8, 1, 200),
        encoder_threads=_number("HANDDRUK_ENCODER_THREADS", 1, 1, 64),
        messages_per_minute=_number("HANDDRUK_MESSAGES_PER_MINUTE", 120, 1, 1_000_000),
        conversations_per_minute=_number("HANDDRUK_CONVERSATIONS_PER_MINUTE", 120, 1, 1_000_000),
        streams_per_conversation=_number("HANDDRUK_STREAMS_PER_CONVERSATION", 10, 1, 1_000_000),
        streams_per_address=_number("HANDDRUK_STREAMS_PER_ADDRESS", 200, 1, 1_000_000),
        log_level=_log_level(),
    )


def given_key() -> str:
    """The installation's own secret as the environment gives it; "" when it does not."""
    given = os.environ.get("HANDDRUK_SECRET_KEY", "")
    if given and len(given) < 32:
        raise BadSetting("HANDDRUK_SECRET_KEY", "needs at least 32 characters; leave it out to have one made")
    return given


@cache
def kept_key(home: Path) -> str:
    """The secret that is kept in the home folder, made at its first use."""
    path = home / "secret-key"
    try:
        if not path.exists():
            _make_secret(path)
        key = path.read_text().strip()
    except OSError as error:
        raise BadSetting("HANDDRUK_HOME", f"{home} cannot be used: {error.strerror}; choose another --home") from error
    if len(key) < 32:
        raise BadSetting(
            "HANDDRUK_HOME", f"{path} is damaged; remove it, and a new one is made (colleagues log in again)"
        )
    return key


def _make_secret(path: Path) -> None:
    """Written aside and put in place whole, so that neither a crash nor another process ever sees half a key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = path.with_name(f"secret-key.{os.getpid()}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(64))
    with suppress(FileExistsError):  # another process made it a moment ago
        os.link(aside, path)
    aside.unlink()


def _home() -> Path:
    """The home folder, which need not be there yet; nothing is made."""
    home = Path(os.environ.get("HANDDRUK_HOME", "handdruk-data")).resolve()
    try:
        nearest = next(path for path in (home, *home.parents) if path.exists())
    except OSError as error:
        raise BadSetting("HANDDRUK_HOME", f"{home} cannot be used: {error.strerror}; choose another --home") from error
    if not nearest.is_dir():
        raise BadSetting("HANDDRUK_HOME", f"{home} cannot be used: {nearest} is not a folder; choose another --home")
    if not os.access(nearest, os.W_OK | os.X_OK):
        problem = f"{home} cannot be used: {nearest} may not be written to; choose another --home"
        raise BadSetting("HANDDRUK_HOME", problem)
    return home


def _url(name: str, shape: re.Pattern[str], example: str) -> str:
    """An address of that shape, or "". It is never repeated: it may hold a password."""
    given = os.environ.get(name, "")
    try:
        well = not given or (shape.fullmatch(given) and (urlsplit(given).port or True))
    except ValueError:
        well = False
    if not well:
        raise BadSetting(name, f"must look like {example}")
    return given


def _log_level() -> str:
    level = os.environ.get("HANDDRUK_LOG_LEVEL", "WARNING").upper()
    if level not in LEVELS:
        raise BadSetting("HANDDRUK_LOG_LEVEL", f"must be one of {', '.join(LEVELS)}")
    return level


def _yes(name: str) -> bool:
    value = os.environ.get(name, "").lower()
    if value not in ("", "0", "1", "no", "yes", "false", "true"):
        raise BadSetting(name, f"must be yes or no, not {value!r}")
    return value in ("1", "yes", "true")


def _number(name: str, default: int, low: int, high: int) -> int:
    given = os.environ.get(name, "")
    if not given:
        return default
    if not given.isdigit() or not low <= int(given) <= high:
        raise BadSetting(name, f"must be a whole number from {low} to {high}, not {given!r}")
    return int(given)


def _mail(url: str) -> Mail | None:
    if not url:
        return None
    try:
        parts = urlsplit(url)
        tls = parse_qs(parts.query).get("tls", [""])[0]
        well = parts.scheme == "smtp" and parts.hostname and (parts.port or True) and tls in ("", "starttls", "ssl")
    except ValueError:
        well = False
    if not well:
        raise BadSetting("HANDDRUK_MAIL_URL", "must look like smtp://user:password@host:587?tls=starttls")
    port = parts.port or (465 if tls == "ssl" else 25)
    return Mail(parts.hostname or "", port, unquote(parts.username or ""), unquote(parts.password or ""),
                tls == "starttls", tls == "ssl")  # fmt: skip
