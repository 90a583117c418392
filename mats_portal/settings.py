"""Every setting of the portal. The environment (or `.env`) decides; docs/guides/operators.md names each."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from mats_portal import devstack

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# Which of the two sites this process serves. Only SERVICE=support, and the command
# line (SERVICE unset), ever hold the support database's address.
SERVICE = env.str("SERVICE", default="tools")

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or devstack.secret_key()
if not SECRET_KEY:
    raise ImproperlyConfigured("DATABASE_URL is set, so SECRET_KEY must be set too: 50 random characters of your own.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")
SUPPORT_SITE_URL = env.str("SUPPORT_SITE_URL", default="http://localhost:8001")
HTTPS = SITE_URL.startswith("https://")
DEMO_LOGINS = env.bool("DEMO_LOGINS", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "mats_portal.web.collecting.CollectedFilesConfig",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "template_partials",
    "django_filters",
    "lucide",
    "mats_portal.web",
    "mats_portal.journal",
    "mats_portal.people",
    "mats_portal.jobs",
    "mats_portal.outbox",
    "mats_portal.cohorts",
    "mats_portal.keeping",
    "mats_portal.questionnaires",
    "mats_portal.rubrics",
    "mats_portal.reports",
    "applications",
    "applications.outreach",
    "mentors",
    "mentors.candidacy",
    "mentors.referrals",
    "scholars",
    "scholars.alumni",
    "scholars.visas",
    "scholars.support",
    "research_plans",
    "demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "mats_portal.web.middleware.PlainInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mats_portal.web.middleware.PrivateResponseMiddleware",
    "mats_portal.web.middleware.ReadersZoneMiddleware",
    "mats_portal.people.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "mats_portal.support_urls" if SERVICE == "support" else "mats_portal.urls"
WSGI_APPLICATION = "mats_portal.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

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
                "mats_portal.web.context_processors.frame",
            ],
            "builtins": ["mats_portal.web.templatetags.components", "template_partials.templatetags.partials"],
        },
    }
]

# --- databases ---------------------------------------------------------------

_addresses = devstack.addresses(with_support=SERVICE != "portal")
_limits = "-c statement_timeout={0}s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"


def _address(name: str) -> str:
    return env.str(name, default="") or _addresses.get(name, "")


def _database(address: str, *, with_limits: bool) -> dict[str, Any]:
    database: dict[str, Any] = env.db_url_config(address)
    database |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
    if with_limits:
        limits = _limits.format(env.int("STATEMENT_TIMEOUT", default=10))
        database["OPTIONS"] = database.get("OPTIONS", {}) | {"options": limits}
    return database


# Migrations (and tests) run as the owner of the tables; the portal itself cannot alter them.
_as_owner = devstack.runs_as_owner()
_owners_address = _address("DATABASE_OWNER_URL") if _as_owner else ""
DATABASES = {"default": _database(_owners_address or _address("DATABASE_URL"), with_limits=not _as_owner)}
if _address("SUPPORT_DATABASE_URL"):
    DATABASES["support"] = _database(_address("SUPPORT_DATABASE_URL"), with_limits=not _as_owner)
PORTAL_ROLE = env.str("PORTAL_ROLE", default="portal_app")
DATABASE_ROUTERS = ["scholars.support.router.SupportRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits are counted here. In PostgreSQL, so that all processes share them and Redis can be lost.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "rate_limits",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

# --- worker ------------------------------------------------------------------

REDIS_URL = _address("REDIS_URL") or "redis://localhost:6379/0"
CELERY_BROKER_URL = devstack.broker_url(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 5}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_TIMEZONE = "UTC"

# --- people and sessions -----------------------------------------------------

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["mats_portal.people.backends.PortalBackend"]
ACCOUNT_ADAPTER = "mats_portal.outbox.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "mats_portal.people.forms.SignUpDetails"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
MFA_ADAPTER = "mats_portal.people.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
_WITH_A_KEY = ("add", "edit", "login", "authenticate", "reauthenticate")
MFA_FORMS = {f"{act}_webauthn": f"mats_portal.people.passkeys.{act.title()}KeyForm" for act in _WITH_A_KEY}
MFA_TOTP_ISSUER = "MATS portal"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_FAILURE_VIEW = "mats_portal.web.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# --- what leaves the site ----------------------------------------------------

vars().update(env.email_url("EMAIL_URL", default=devstack.email_url()))
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="MATS portal <portal@localhost>")
EMAIL_TIMEOUT = 30
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # Asked from inside the container, without a proxy.
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- time, language, files ---------------------------------------------------

USE_TZ = USE_I18N = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "var" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static", ("fonts", BASE_DIR / "var" / "fonts")]
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "var" / "files"))
ERASURE_LEDGER = env.path("ERASURE_LEDGER", default=str(BASE_DIR / "var" / "erasures"))
_static_files = {"BACKEND": "mats_portal.web.storage.HashedStaticFiles", "OPTIONS": {"file_permissions_mode": 0o644}}
STORAGES = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}, "staticfiles": _static_files}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "mats_portal.web.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
