"""Settings, from the environment. Every name is told in docs/how-to/deploy.md."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from goldthread.config.environment import (
    base_address,
    database,
    flag,
    listed,
    mail_backend,
    number,
    openid_providers,
    secured,
)

HOME = Path(os.environ.get("GOLDTHREAD_HOME", "var")).resolve()
HOME.mkdir(parents=True, exist_ok=True)
DEMO = flag("GOLDTHREAD_DEMO", default=False)
DEBUG = flag("GOLDTHREAD_DEBUG", default=False)
OFFICE_NAME = os.environ.get(
    "GOLDTHREAD_OFFICE_NAME", "Cambridgeshire Police and Crime Commissioner" if DEMO else "Goldthread"
)
DEMONSTRATION = "goldthread.delivery.demonstration.load.load"


def _secret_key() -> str:
    """The key from the environment, or one made on the first run and kept readable by its owner only."""
    if given := os.environ.get("GOLDTHREAD_SECRET_KEY"):
        return given
    kept = HOME / "secret_key"
    try:
        with open(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return kept.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = listed("GOLDTHREAD_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = listed("GOLDTHREAD_ORIGINS", "")
BEHIND_HTTPS = flag("GOLDTHREAD_HTTPS", default=False)

INSTALLED_APPS = [
    "goldthread.web",
    "goldthread.audit",
    "goldthread.people",
    "goldthread.mail",
    "goldthread.plans",
    "goldthread.meetings",
    "goldthread.performance",
    "goldthread.delivery",
    "goldthread.thread",
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
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "goldthread.web.policy.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "goldthread.people.door.DoorMiddleware",
]

ROOT_URLCONF = "goldthread.config.urls"
WSGI_APPLICATION = "goldthread.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "goldthread.web.context.rooms",
                "goldthread.people.context.person",
            ]
        },
    }
]
FORM_RENDERER = "goldthread.web.forms.Renderer"

DATABASES = {"default": database(os.environ.get("GOLDTHREAD_DATABASE_URL", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "vault": {
        "BACKEND": "goldthread.audit.vault.Folder",
        "OPTIONS": {"location": HOME / "files", "file_permissions_mode": 0o440},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "media"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "goldthread.people.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = not DEMO
SOCIALACCOUNT_ADAPTER = "goldthread.people.sign_in.ProviderAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = openid_providers()
MFA_ADAPTER = "goldthread.people.sign_in.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up: the office itself gave each address
MFA_TOTP_ISSUER = "Goldthread"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO or DEBUG
SECOND_FACTOR = flag("GOLDTHREAD_SECOND_FACTOR", default=not DEMO)

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # the review of a file asks about every pledge and action in it
FILE_UPLOAD_PERMISSIONS = 0o640

EMAIL_HOST = os.environ.get("GOLDTHREAD_EMAIL_HOST", "localhost")
EMAIL_TLS = secured("GOLDTHREAD_EMAIL_TLS")
EMAIL_PORT = number("GOLDTHREAD_EMAIL_PORT", default={"tls": 465, "starttls": 587}.get(EMAIL_TLS, 25))
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_TLS == "starttls", EMAIL_TLS == "tls"
EMAIL_HOST_USER = os.environ.get("GOLDTHREAD_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GOLDTHREAD_EMAIL_PASSWORD", "")
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = os.environ.get("GOLDTHREAD_EMAIL_BACKEND", "") or mail_backend(demo=DEMO)
EMAIL_REPLY_TO = os.environ.get("GOLDTHREAD_EMAIL_REPLY_TO", "")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("GOLDTHREAD_EMAIL_FROM", "goldthread@localhost")
OUTBOX = HOME / "outbox"
ADDRESS = base_address(CSRF_TRUSTED_ORIGINS)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("GOLDTHREAD_LOG", "WARNING")},
}
