"""Django's settings, derived from the environment."""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from handdruk.config.environment import BadSetting, given_key, kept_key, read_environment

ENVIRONMENT = read_environment()
HOME = ENVIRONMENT.home
HERE = Path(__file__).parent
CONNECTING = 10  # seconds a database may take to answer at all

SECRET_KEY = given_key() or lazy(kept_key, str)(HOME)  # commands that only look make none
DEBUG = False
DEMO = ENVIRONMENT.demo
HTTPS = ENVIRONMENT.public_url.startswith("https://")
ALLOWED_HOSTS = [*ENVIRONMENT.hosts] or ["localhost", "127.0.0.1", "[::1]"]
PUBLIC_URL = ENVIRONMENT.public_url
ENCODER_THREADS = ENVIRONMENT.encoder_threads
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "corsheaders",
    "csp",
    "django_htmx",
    "ninja",
    "handdruk.work",
    "handdruk.relationship",
    "handdruk.digital",
    "handdruk.human",
    "handdruk.reception",
    "handdruk.insight",
    "handdruk.channels.email",
    "handdruk.channels.web",
    "handdruk.config",
]

MIDDLEWARE = [
    "corsheaders.middleware.CorsMiddleware",  # around the problems: another site's page may read those too
    "handdruk.channels.web.problems.ProblemMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "handdruk.channels.web.lane.ApiLane",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "handdruk.config.urls"
ASGI_APPLICATION = "handdruk.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "handdruk.insight.context.at_the_desk",
            ]
        },
    }
]

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": HOME / "handdruk.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; "
        "PRAGMA wal_autocheckpoint=8000;",
    },
}


def database() -> dict[str, Any]:
    """One SQLite file in the home folder, or the PostgreSQL that HANDDRUK_DATABASE_URL names."""
    if not ENVIRONMENT.database_url:
        return SQLITE
    try:
        named: dict[str, Any] = {
            **dj_database_url.parse(ENVIRONMENT.database_url, conn_max_age=None, conn_health_checks=True)
        }
    except ValueError as error:
        raise BadSetting(
            "HANDDRUK_DATABASE_URL", "is no address; characters such as @ in a password are %40"
        ) from error
    return named | {"OPTIONS": {"connect_timeout": CONNECTING} | named.get("OPTIONS", {})}


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = ENVIRONMENT.redis_url

LANGUAGE_CODE = "en"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [HERE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 600

LOGIN_URL = "/desk/login/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/desk/login/"
SESSION_ENGINE = "handdruk.human.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# Which sites may show the chat the company says (`channels.web.origins`). The API carries no cookies: a conversation's
# token is its only key.
CORS_URLS_REGEX = r"^/api/.*$"
CORS_ALLOW_CREDENTIALS = False
CORS_ALLOW_HEADERS = ["authorization", "content-type", "last-event-id"]
CORS_EXPOSE_HEADERS = ["retry-after"]
CORS_PREFLIGHT_MAX_AGE = 86400

DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
MESSAGES_PER_MINUTE = ENVIRONMENT.messages_per_minute
CONVERSATIONS_PER_MINUTE = ENVIRONMENT.conversations_per_minute
STREAMS_PER_CONVERSATION = ENVIRONMENT.streams_per_conversation
STREAMS_PER_ADDRESS = ENVIRONMENT.streams_per_address

DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if ENVIRONMENT.mail:
    EMAIL_HOST, EMAIL_PORT = ENVIRONMENT.mail.host, ENVIRONMENT.mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.user, ENVIRONMENT.mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = ENVIRONMENT.mail.starttls, ENVIRONMENT.mail.ssl
elif DEMO:
    EMAIL_BACKEND = "handdruk.channels.email.page.PageBackend"
EMAIL_TIMEOUT = 20

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "handdruk.config.logs.Line", "format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "filters": {"route": {"()": "handdruk.config.logs.RouteOnly"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": ENVIRONMENT.log_level},
    "loggers": {
        # These log addresses of requests and what customers sent; what they would say, problem documents say.
        "django.request": {"level": "ERROR", "filters": ["route"]},
        "django.security": {"level": "CRITICAL"},
    },
}
