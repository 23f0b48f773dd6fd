"""Every setting of the site, read from the environment; docs/settings.md is the table of them.

What staff choose (name, language, time zone, menus) is edited in the admin and not here.
"""

import os
import re
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

from newsroom.media import storage_url

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
    "newsroom.outgoing",
    "newsroom.cache",
    "newsroom.addresses",
    "newsroom.accounts",
    "newsroom.media",
    "newsroom.pages",
    "newsroom.webapp",
    "articles",
    "articles.exchange",
    "articles.reports",
    "articles.fronts",
    "articles.popularity",
    "articles.breaking",
    "articles.live",
    "articles.lite",
    "newsletter",
]
MIDDLEWARE = [
    "newsroom.lib.proxies.claims_from_named_proxies_only",
    # Around all that answers, so that refusals and static files carry their headers too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "newsroom.cache.middleware.refused_without_database",
    "newsroom.lib.methods.known_methods_only",
    "newsroom.lib.numbers.TooLargeIsABadRequest",
    "newsroom.media.middleware.refuse_oversized",
    "newsroom.lib.staticfiles.StaticFiles",
    "newsroom.cache.middleware.generations_once_a_request",
    "newsroom.pages.middleware.edition",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsroom.addresses.middleware.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "newsroom.accounts.mark.mark_of_log_in",
    "django.contrib.messages.middleware.MessageMiddleware",
    "newsroom.cache.proof.middleware.proof_of_acts",
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
def _database(url: str) -> dict[str, Any]:
    """The database at an address, with what each connection to one of its kind is told."""
    found: dict[str, Any] = env.db_url_config(url)
    found.setdefault("CONN_MAX_AGE", env.int("CONN_MAX_AGE", default=60))
    found["CONN_HEALTH_CHECKS"] = True
    if found["ENGINE"].endswith("sqlite3"):
        found["ENGINE"] = "newsroom.lib.sqlite3"
        found["TEST"] = {"NAME": ":memory:"}
        found["OPTIONS"] = {
            # Writers queue for the lock at BEGIN, where waiting is safe, instead of failing later.
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            # FULL: what was answered as saved survives a power cut.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000;",
        }
        return found
    found.setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
    # By this name a restore sees that a site is running, wherever it runs.
    found["OPTIONS"].setdefault("application_name", "newsroom")
    return found


DATABASES: dict[str, dict[str, Any]] = {
    "default": _database(env("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'newsroom.sqlite3'}"))
}
# The server itself, where DATABASE_URL leads to a pool (newsroom/management/pooling.py).
DATABASE_DIRECT: dict[str, Any] | None = None
if _url := env("DATABASE_DIRECT_URL", default=""):
    DATABASE_DIRECT = _database(_url)
    # A cursor of the server would outlive its transaction, and be looked for on another connection.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
# A streaming replica, from which pages for readers are made (newsroom/cache/replica.py).
DATABASE_ROUTERS: list[str] = []
if _url := env("DATABASE_REPLICA_URL", default=""):
    DATABASES["replica"] = {**_database(_url), "DISABLE_SERVER_SIDE_CURSORS": True}
    DATABASE_ROUTERS = ["newsroom.cache.replica.Router"]
    for _name, _one in DATABASES.items():
        if not _one["ENGINE"].endswith("postgresql"):
            raise ImproperlyConfigured(
                f"DATABASE_REPLICA_URL is for PostgreSQL, and the {_name} database is not."
            )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="")
CACHES: dict[str, dict[str, Any]] = {
    # Shared by all processes: rate limits and log-in throttles count here.
    "default": (
        {"BACKEND": "newsroom.lib.shared_cache.PatientCache", "LOCATION": REDIS_URL}
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
# Pages that are the same for everyone are stored (newsroom/cache): in the memory of each web
# process, and behind it in files that all processes of a machine share, or in Redis for all
# machines. In megabytes: that memory, and the files under the data folder.
PAGE_CACHE = env.bool("PAGE_CACHE", default=True)
PAGE_CACHE_STORE = env("PAGE_CACHE_STORE", default="files")
PAGE_CACHE_REDIS_URL = env("PAGE_CACHE_REDIS_URL", default=REDIS_URL)
if PAGE_CACHE_STORE not in {"files", "redis", "none"}:
    raise ImproperlyConfigured(
        f"PAGE_CACHE_STORE is {PAGE_CACHE_STORE!r}; it can be files, redis or none."
    )
if PAGE_CACHE_STORE == "redis" and not PAGE_CACHE_REDIS_URL:
    raise ImproperlyConfigured(
        "PAGE_CACHE_STORE is redis: set REDIS_URL, or PAGE_CACHE_REDIS_URL for one of its own."
    )
# What pages are made of, in the memory of each web process (newsroom/cache/parts.py).
PAGE_CACHE_PARTS = env.int("PAGE_CACHE_PARTS_MB", default=16) * 1_000_000
PAGE_CACHE_MEMORY = env.int("PAGE_CACHE_MEMORY_MB", default=32) * 1_000_000
PAGE_CACHE_FILES = env.int("PAGE_CACHE_FILES_MB", default=500) * 1_000_000
# Caches in front of the site that are told what is out of date (newsroom/cache/cdn). Of nginx and
# Varnish: where each of them takes it.
NGINX_URLS = env.list("NGINX_URLS", default=[])
VARNISH_URLS = env.list("VARNISH_URLS", default=[])
FASTLY_SERVICE, FASTLY_TOKEN = env("FASTLY_SERVICE", default=""), env("FASTLY_TOKEN", default="")
CLOUDFLARE_ZONE = env("CLOUDFLARE_ZONE", default="")
CLOUDFLARE_TOKEN = env("CLOUDFLARE_TOKEN", default="")
for _name, _urls in (("NGINX_URLS", NGINX_URLS), ("VARNISH_URLS", VARNISH_URLS)):
    for _url in _urls:
        if not re.fullmatch(r"https?://[^/?#@\s]+(/[^?#@\s]*)?", _url) or len(_url) > 150:
            raise ImproperlyConfigured(
                f"{_name} has {_url!r}; each begins with https:// or http://, and has no name, "
                "password, question mark or #."
            )
for _name, _account, _token in (
    ("FASTLY_SERVICE", FASTLY_SERVICE, FASTLY_TOKEN),
    ("CLOUDFLARE_ZONE", CLOUDFLARE_ZONE, CLOUDFLARE_TOKEN),
):
    if not re.fullmatch(r"[A-Za-z0-9]*", _account):
        raise ImproperlyConfigured(f"{_name} is {_account!r}; it is letters and digits.")
    if bool(_account) != bool(_token):
        raise ImproperlyConfigured(f"{_name} and {_name.partition('_')[0]}_TOKEN go together.")
    if not re.fullmatch(r"[\x21-\x7e]*", _token):
        raise ImproperlyConfigured(
            f"{_name.partition('_')[0]}_TOKEN has a sign that no header can carry."
        )
# Where readers are counted for Most Read (articles/popularity/keeping.py): "auto" is in Redis if
# there is one that keeps nothing on a disk, else in the tick; "redis" and "tick" say which.
COUNT_READS_IN = env("COUNT_READS_IN", default="auto")
if COUNT_READS_IN not in {"auto", "redis", "tick"}:
    raise ImproperlyConfigured(
        f"COUNT_READS_IN is {COUNT_READS_IN!r}; it can be auto, redis or tick."
    )
# Threads of a web process; more would only wait for the interpreter (granian's own rule).
# Searches and readers' forms take no more of them than this at a time (newsroom/lib/shedding.py).
WEB_THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)
COSTLY_AT_ONCE = env.int("COSTLY_AT_ONCE", default=WEB_THREADS - 2)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# --- Feeds -------------------------------------------------------------------------------------
# The WebSub hub that is told when a feed changes, and named in every feed; none by default.
WEBSUB_HUB = env("WEBSUB_HUB", default="")
if WEBSUB_HUB and not WEBSUB_HUB.startswith(("https://", "http://")):
    raise ImproperlyConfigured(
        f"WEBSUB_HUB is {WEBSUB_HUB!r}; it begins with https:// or http://, or is empty."
    )

# --- Files -------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
# Answers here have no words, so that no language is asked for; no query either.
WORDLESS = (MEDIA_URL, "/most-read/count/")
# What is asked by machines that watch this one (newsroom/management/watch.py).
WATCHED = ("/healthz", "/readyz", "/metrics")
# Who may read /metrics says this; without it nobody may.
METRICS_TOKEN = env("METRICS_TOKEN", default="")
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "newsroom.lib.staticfiles.HashedStorage"
    },
}
# Where pictures are kept when not in that folder: a bucket that all machines share.
if _url := env("MEDIA_STORAGE_URL", default=""):
    try:
        STORAGES["default"] = storage_url.storage(_url)
    except storage_url.Unfit as _error:
        raise ImproperlyConfigured(f"MEDIA_STORAGE_URL: {_error}") from None
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_AUTOREFRESH = TESTING
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_HANDLERS = ["newsroom.media.handlers.PatientHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- Language and time: UTC inside; readers see the paper's own (newsroom/pages) ---------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("he", "עברית"), ("ar", "العربية"), ("fr", "Français"),
             ("de", "Deutsch"), ("es", "Español")]  # fmt: skip
LOCALE_PATHS = [BASE_DIR / "newsroom" / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["newsroom.lib.formats"]

# The paper on readers' devices (newsroom/webapp). Off: devices that have it throw it away.
WEB_APP = env.bool("WEB_APP", default=True)

# --- Mail --------------------------------------------------------------------------------------
MAIL_OUTBOX = DATA_DIR / "outbox"
EMAIL_CONFIG = env.email_url("EMAIL_URL", default=f"filemail:///{MAIL_OUTBOX}")
vars().update(EMAIL_CONFIG)
# Mail goes through a door that a restored copy keeps shut; behind it is what EMAIL_URL names.
MAIL_CARRIER, EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"], "newsroom.outgoing.door.Door"
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default=f"newsroom@{_site_host}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# All sign-ups of an hour together; beyond it the form asks to come later.
NEWSLETTER_SIGNUPS_PER_HOUR = env.int("NEWSLETTER_SIGNUPS_PER_HOUR", default=2000)

# Sign-ups that wait on the disk while the database is away; one more is refused. Of 8 kB at most.
NEWSLETTER_SPOOL = env.int("NEWSLETTER_SPOOL", default=5000)

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
        "worker-src": [SELF],
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

# "plain": a line to be read by people. "json": one object a line, for what collects logs.
LOG_FORMAT = env("LOG_FORMAT", default="plain")
if LOG_FORMAT not in {"plain", "json"}:
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT!r}; it can be plain or json.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "newsroom.lib.logs.PlainFormatter"},
        "json": {"()": "newsroom.lib.logs.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.server": {"level": "WARNING"},
        # At DEBUG they would write what is signed and sent.
        **{name: {"level": "WARNING"} for name in ("boto3", "botocore", "s3transfer", "urllib3")},
    },
}
