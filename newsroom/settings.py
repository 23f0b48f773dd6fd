"""Every setting of the site, read from the environment; docs/settings.md is the table of them.

What staff choose (name, language, time zone, menus) is edited in the admin and not here.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django_prose_editor.config import html_tags
from js_asset import static_lazy

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

NEWSROOM_ENV = env("NEWSROOM_ENV", default="demo")
if NEWSROOM_ENV not in {"demo", "production", "test"}:
    raise ImproperlyConfigured(
        f"NEWSROOM_ENV is {NEWSROOM_ENV!r}; it can be demo, production or test."
    )
PRODUCTION = NEWSROOM_ENV == "production"
TESTING = NEWSROOM_ENV == "test"
DEBUG = env.bool("DEBUG", default=False)

# Where the site keeps what it makes: database, media, mail outbox, secret key.
DATA_DIR = Path(env("NEWSROOM_DATA_DIR", default=str(BASE_DIR / "var"))).resolve()


def _secret_key() -> str:
    """The key: SECRET_KEY, else the file SECRET_KEY_FILE, else (not in production) a kept one.

    Production without a key gets an empty string: `check --deploy` and `serve` refuse it with a
    sentence, and commands such as `collectstatic` still run at build time.
    """
    if key := env("SECRET_KEY", default="").strip():
        return str(key)
    if name := env("SECRET_KEY_FILE", default=""):
        try:
            return Path(name).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SystemExit(
                f"SECRET_KEY_FILE {name} cannot be read ({error.strerror}). "
                "Name a file that this user may read, or set SECRET_KEY."
            ) from error
    if PRODUCTION:
        return ""
    kept = DATA_DIR / "secret-key"
    try:
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        if not kept.exists():
            with suppress(FileExistsError):  # another process was first: its key holds
                descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                    file.write(secrets.token_urlsafe(50))
        return kept.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SystemExit(
            f"The data folder {DATA_DIR} cannot be written ({error.strerror}). "
            "Give this user the right to write there, or set NEWSROOM_DATA_DIR to another one."
        ) from error


# An empty key would stop every command; the marker is refused by newsroom/checks.py.
MISSING_SECRET_KEY = "missing-secret-key"  # noqa: S105  (a marker, not a secret)
SECRET_KEY = _secret_key() or MISSING_SECRET_KEY
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# --- Addresses ---------------------------------------------------------------------------------
PORT = env.int("PORT", default=8000)
SITE_URL = env("SITE_URL", default="").rstrip("/")
SITE_URL_IS_SET = bool(SITE_URL)  # production asks for it: the default is no address for readers
SITE_URL = SITE_URL or f"http://127.0.0.1:{PORT}"
_site_host = urlsplit(SITE_URL).hostname or ""
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[_site_host])
if not PRODUCTION:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, "127.0.0.1", "localhost", "[::1]"]
HTTPS = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# The proxies (addresses) that are believed; newsroom/lib/proxies.py drops what others claim.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Applications ------------------------------------------------------------------------------
INSTALLED_APPS = [
    "newsroom",
    "newsroom.admin_site.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "taggit",
    "js_asset",
    "django_prose_editor",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "newsroom.cache",
    "newsroom.addresses",
    "newsroom.accounts",
    "newsroom.media",
    "newsroom.pages",
    "articles",
    "articles.exchange",
    "articles.reports",
    "articles.fronts",
    "articles.popularity",
    "articles.breaking",
    "articles.live",
    "newsletter",
]
MIDDLEWARE = [
    "newsroom.lib.proxies.claims_from_named_proxies_only",
    # Around all that answers, so that refusals and static files carry their headers too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "newsroom.lib.methods.known_methods_only",
    "newsroom.lib.numbers.TooLargeIsABadRequest",
    "newsroom.media.middleware.refuse_oversized",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.cache.middleware.generations_once_a_request",
    "newsroom.pages.middleware.edition",
    "newsroom.addresses.middleware.old_addresses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.pages.context.site",
            ],
        },
    }
]

# --- Database and caches -----------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'newsroom.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue for the lock at BEGIN, where waiting is safe, instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        # FULL: what was answered as saved survives a power cut.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000;",
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", env.int("CONN_MAX_AGE", default=60))
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="")
CACHES: dict[str, dict[str, Any]] = {
    # Shared by all processes: rate limits and log-in throttles count here.
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "shared_cache",
        }
    ),
    # This process's memory: only values that carry a generation number (newsroom/cache).
    "local": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "local",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}
# Where readers are counted for Most Read (articles/popularity/keeping.py): "auto" is in Redis if
# there is one that keeps nothing on a disk, else in the tick; "redis" and "tick" say which.
COUNT_READS_IN = env("COUNT_READS_IN", default="auto")
if COUNT_READS_IN not in {"auto", "redis", "tick"}:
    raise ImproperlyConfigured(
        f"COUNT_READS_IN is {COUNT_READS_IN!r}; it can be auto, redis or tick."
    )
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# --- Files -------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# Answers here have no words, so that no language is asked for; no query either.
WORDLESS = (MEDIA_URL, "/most-read/count/")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "newsroom.lib.staticfiles.HashedStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_AUTOREFRESH = TESTING
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_HANDLERS = ["newsroom.media.handlers.PatientHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FORMAT_MODULE_PATH: list[str] = []

# --- Language and time: UTC inside; readers see the paper's own (newsroom/pages) ---------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("he", "עברית"), ("ar", "العربية"), ("fr", "Français"),
             ("de", "Deutsch"), ("es", "Español")]  # fmt: skip
LOCALE_PATHS = [BASE_DIR / "newsroom" / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# --- Mail --------------------------------------------------------------------------------------
MAIL_OUTBOX = DATA_DIR / "outbox"
EMAIL_CONFIG = env.email_url("EMAIL_URL", default=f"filemail:///{MAIL_OUTBOX}")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default=f"newsroom@{_site_host}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# All sign-ups of an hour together; beyond it the form asks to come later.
NEWSLETTER_SIGNUPS_PER_HOUR = env.int("NEWSLETTER_SIGNUPS_PER_HOUR", default=2000)

# --- People ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 10}  # type: ignore[assignment]
LOGIN_REDIRECT_URL = "/admin/"
LOGIN_URL = "account_login"
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_ADAPTER = "newsroom.accounts.adapter.ClosedSignUp"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {
    "login": "newsroom.accounts.log_in.LogIn",
    "reset_password": "newsroom.accounts.passwords.ForgottenPassword",
}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  (a class)
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_COOKIE_AGE = SESSION_COOKIE_AGE = 14 * 24 * 3600
# People and roles are changed only by who has typed the password this recently.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
PASSWORD_RESET_TIMEOUT = 4 * 3600
# key: one account in a browser that never opened it (newsroom/accounts/adapter.py). Three windows
# make the wait grow; who knows the password in a known browser is not kept out by them.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,60/h/ip,5/5m/key,10/h/key,30/d/key",
    "reset_password": "10/m/ip,3/h/key",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# --- Security ----------------------------------------------------------------------------------
# Readers: constant, no nonce, nothing from elsewhere. The admin adds its nonce.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
STAFF_CONTENT_SECURITY_POLICY = {
    "script-src": [SELF, NONCE],
    # The editor's library adds one constant <style>; a test compares the hash with what it ships.
    "style-src": [SELF, "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "img-src": [SELF, "data:", "blob:"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if PRODUCTION and HTTPS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", default=False)
    SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS

# The editor's nodes of our own; html is filtered by newsroom.lib.html whatever the editor offers.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("js/admin/editor/index.js")],
        "extensions": dict.fromkeys(
            "Menu Paste Direction PullQuote PictureFigure RelatedArticle LinkCard".split(),
            html_tags([]),
        ),
    }
]
TAGGIT_CASE_INSENSITIVE = False  # articles.Topic folds names itself, in every script
SILENCED_SYSTEM_CHECKS = [
    # Subdomains and preloading under HSTS bind hosts that are not this site: the operator's choice.
    "security.W005",
    "security.W021",
    # The admin frames its own windows; who may frame what is said by frame-ancestors, above.
    "security.W019",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "newsroom.lib.logs.PlainFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {"django.server": {"level": "WARNING"}},
}
