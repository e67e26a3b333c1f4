"""Everything that is set from outside, in one place, from environment variables only. Wrong values fail loudly."""

import os
import secrets
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit


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
    log_level: str


def read_environment() -> Environment:
    """Reads every HANDDRUK_ variable. Raises BadSetting for one that cannot be used."""
    return Environment(
        home=Path(os.environ.get("HANDDRUK_HOME", "handdruk-data")).resolve(),
        demo=_yes("HANDDRUK_DEMO"),
        database_url=os.environ.get("HANDDRUK_DATABASE_URL", ""),
        redis_url=os.environ.get("HANDDRUK_REDIS_URL", ""),
        mail=_mail(os.environ.get("HANDDRUK_MAIL_URL", "")),
        mail_from=os.environ.get("HANDDRUK_MAIL_FROM", "noreply@localhost"),
        public_url=os.environ.get("HANDDRUK_PUBLIC_URL", "").rstrip("/"),
        hosts=tuple(host for host in os.environ.get("HANDDRUK_HOSTS", "").split(",") if host),
        threads=_number("HANDDRUK_THREADS", 8, 1, 200),
        encoder_threads=_number("HANDDRUK_ENCODER_THREADS", 1, 1, 64),
        messages_per_minute=_number("HANDDRUK_MESSAGES_PER_MINUTE", 120, 1, 1_000_000),
        conversations_per_minute=_number("HANDDRUK_CONVERSATIONS_PER_MINUTE", 120, 1, 1_000_000),
        log_level=os.environ.get("HANDDRUK_LOG_LEVEL", "WARNING").upper(),
    )


def secret_key(home: Path) -> str:
    """The installation's own secret: from the environment, or made once and kept in the home folder."""
    if given := os.environ.get("HANDDRUK_SECRET_KEY", ""):
        if len(given) < 32:
            raise BadSetting("HANDDRUK_SECRET_KEY", "needs at least 32 characters; leave it out to have one made")
        return given
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
    parts = urlsplit(url)
    tls = parse_qs(parts.query).get("tls", [""])[0]
    if parts.scheme != "smtp" or not parts.hostname or tls not in ("", "starttls", "ssl"):
        raise BadSetting("HANDDRUK_MAIL_URL", "must look like smtp://user:password@host:587?tls=starttls")
    port = parts.port or (465 if tls == "ssl" else 25)
    return Mail(parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""),
                tls == "starttls", tls == "ssl")  # fmt: skip
