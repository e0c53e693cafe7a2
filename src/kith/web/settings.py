"""Kith's settings, each read once from the environment; see docs/guides/operator.md."""

import fcntl
import os
import secrets
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from kith.web.logs import LOGGERS

PACKAGE = Path(__file__).resolve().parent.parent
TESTING = "KITH_TESTING" in os.environ or "pytest" in sys.modules  # pytest reads this before any conftest
HOME = Path(
    os.environ.get("KITH_HOME") or (tempfile.mkdtemp(prefix="kith-tests-") if TESTING else "var")
).resolve()
HOME_IS_NEW = not HOME.exists()  # said at the terminal: Kith may have been started in the wrong folder
HOME.mkdir(parents=True, exist_ok=True)

DEMO = os.environ.get("KITH_DEMO", "") == "1"
DEBUG = os.environ.get("KITH_DEBUG", "") == "1"


def secret_key() -> str:
    """The key from KITH_SECRET_KEY, or one made once and kept, readable by its owner alone, in KITH_HOME."""
    if key := os.environ.get("KITH_SECRET_KEY"):
        return key
    if os.environ.get("DATABASE_URL", "").startswith("postgres") and not (DEMO or TESTING):
        raise ImproperlyConfigured("KITH_SECRET_KEY is not set. Set it to a long random text, kept safe.")
    kept = HOME / "secret-key"
    return (kept.read_text(encoding="utf-8") if kept.exists() else "") or made_once(kept)


def made_once(place: Path) -> str:
    """The key in a file, made now if none is there: of several starts at once all have the same."""
    with os.fdopen(os.open(place, os.O_CREAT | os.O_RDWR, 0o600), "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        key = file.read()
        if not key:
            key = secrets.token_urlsafe(50)
            file.write(key)
        return key


SECRET_KEY = secret_key()
ALLOWED_HOSTS = os.environ.get("KITH_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("KITH_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "csp",
    "ninja",
    "django_tasks",
    "django_tasks_db",
    "kith.record.audit",
    "kith.record.people",
    "kith.record.access",
    "kith.record.chronology",
    "kith.record.clocks",
    "kith.record.drafts",
    "kith.record.documents",
    "kith.record.owed",
    "kith.record.workload",
    "kith.record.planning",
    "kith.record.sharing",
    "kith.record.voice",
    "kith.record.visits",
    "kith.record.schooling",
    "kith.record.help",
    "kith.record.centres",
    "kith.record.frontdoor",
    "kith.record.assessment",
    "kith.record.protection",
    "kith.record.outside",
    "kith.record.courts",
    "kith.record.care",
    "kith.record.leaving",
    "kith.record.pathway",
    "kith.record.importer",
    "kith.record.checking",
    "kith.record.figures",
    "kith.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kith.web.sessions.SessionLimits",
    "kith.web.sessions.SignInsInUse",
    "kith.web.sign_in.OwnPasswordFirst",
    "kith.web.errors.Refusals",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "kith.web.urls"
WSGI_APPLICATION = "kith.web.wsgi.application"
AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "kith.web.look.look",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
ANSWERS_WITHIN_SECONDS = 4  # where PostgreSQL does not, a page says so, and nobody waits for half a minute
KEPT_OPEN_SECONDS = 10 * 60  # closing SQLite's last connection writes its log into the file, at each page


def databases() -> dict[str, dict[str, object]]:
    """The one database: DATABASE_URL's, or an SQLite file in KITH_HOME."""
    database = dj_database_url.parse(os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'kith.sqlite3'}")
    if "sqlite3" in database["ENGINE"]:
        database["OPTIONS"] = dict(SQLITE_OPTIONS)
    if TESTING:
        return {"default": dict(database)}
    if "sqlite3" in database["ENGINE"]:
        database["CONN_MAX_AGE"] = KEPT_OPEN_SECONDS
    elif "postgresql" in database["ENGINE"]:
        # A pool that gives up asks anew at the next page; else it waits longer after each failure, and pages
        # go on for minutes to say that the database is away when it is back.
        waits = {"timeout": ANSWERS_WITHIN_SECONDS, "reconnect_timeout": ANSWERS_WITHIN_SECONDS}
        database["OPTIONS"] = {"connect_timeout": 3, "pool": waits}
        database["CONN_HEALTH_CHECKS"] = True  # the first pages after its restart open as well
    return {"default": dict(database)}


DATABASES = databases()

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ADAPTER = "kith.web.sign_in.Adapter"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,6/1800s/key",  # six wrong passwords close one account for half an hour
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "one_time_link": "60/m/ip",  # a school or a surgery answers from one address
    "ask_for_help": "30/d/ip",  # a family centre's visitors share one address
    "take_place": "30/d/ip",  # a family centre's visitors share one address
    "tell_us": "20/m/ip,60/d/ip",  # a school tells from one address; a bound for all would shut out families
    "keep_unsent": "60/m/ip",  # an office shares one address; a sign-in ends for all of it over lunch
    "save_open_draft": "300/m/ip",  # a hand at the keys saves once a second; a centre's visitors share one
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("KITH_PROXIES", "0"))  # in front of Kith
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
MFA_TOTP_ISSUER = "Kith"
CSRF_FAILURE_VIEW = "kith.web.errors.form_out_of_date"
USERSESSIONS_TRACK_ACTIVITY = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kith_cache"},
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a cookie is readable: names
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
BEHIND_TLS = os.environ.get("KITH_TLS", "") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [PACKAGE / "insight" / "charts" / "static"]  # the charts' styles have their one home there
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "sha256", "png", "gif", "jpg", "woff2"]  # maps are never served
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 500  # returns of many years come as hundreds of small files
SCAN_COMMAND = shlex.split(os.environ.get("KITH_SCAN_COMMAND", ""))  # run on what is sent, before it is read
if SCAN_COMMAND and shutil.which(SCAN_COMMAND[0]) is None:
    raise ImproperlyConfigured(f"KITH_SCAN_COMMAND names {SCAN_COMMAND[0]}, which is not on this machine.")
LARGEST_UPLOAD = int(os.environ.get("KITH_LARGEST_UPLOAD_MB", "1024")) * 1024 * 1024  # files sent at once

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_links": {"()": "kith.web.logs.NoLinks"}},
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        **{name: {"filters": ["no_links"]} for name in LOGGERS},
        "kith": {"handlers": ["console"], "level": "WARNING" if DEMO else "INFO"},
        "django_tasks": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}

if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    TASKS["default"] = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
