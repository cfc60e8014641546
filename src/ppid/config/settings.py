"""Settings of the office process: the officers' pages, the commands, the worker."""

import os

from ppid.config import driver  # noqa: F401  must come before any database is opened
from ppid.config.database import database
from ppid.config.secret import installation_secret
from ppid.config.shared import *  # noqa: F403
from ppid.config.shared import DATA, HTTPS, PACKAGE, SHARED_TEMPLATES

SECRET_KEY = os.environ.get("PPID_SECRET_KEY") or installation_secret(DATA)
KEYS = DATA / "keys"
VAULT = DATA / "vault"
STORAGE = os.environ.get("PPID_STORAGE", "")
BACKUP_RECIPIENTS = os.environ.get("PPID_BACKUP_RECIPIENTS", "").split()
FIXITY_DAYS = os.environ.get("PPID_FIXITY_DAYS", "90")
CLAMD = os.environ.get("PPID_CLAMD", "")
CLAMD_MOST_MB = os.environ.get("PPID_CLAMD_MOST_MB", "25")
SOPS = next(folder for folder in (PACKAGE / "sops", PACKAGE.parents[1] / "sops") if folder.is_dir())
CHANNEL_NETWORKS = os.environ.get("PPID_CHANNEL_NETWORKS", "").split()
PUBLIC_URL = os.environ.get("PPID_PUBLIC_URL", "http://localhost:8001")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "ppid.office",  # before allauth, whose pages it draws in its own frame
    "ppid.public",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ppid.office.views.errors.ErrorMiddleware",
    "ppid.office.views.own_password.OwnPasswordMiddleware",
    "ppid.office.views.gate.HoldersOfOffice",
]
FORM_RENDERER = "ppid.office.forms.page_form.PageRenderer"
ROOT_URLCONF = "ppid.config.urls"
WSGI_APPLICATION = "ppid.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SHARED_TEMPLATES],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ppid.office.views.frame.frame",
            ]
        },
    }
]

PUBLIC_DATABASE = "public"
DATABASES = {
    "default": database(os.environ.get("PPID_DATABASE_URL", ""), file=DATA / "office.sqlite3"),
    "public": database(os.environ.get("PPID_PUBLIC_DATABASE_URL", ""), file=DATA / "public.sqlite3")
    | {"TEST": {"DEPENDENCIES": []}},  # its tests run without the office database
}
DATABASE_ROUTERS = ["ppid.config.router.PublicRouter"]

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "ppid.office.accounts.NoSignup"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "ppid.office.forms.sign_in.SignInForm",
    "change_password": "ppid.office.forms.sign_in.OwnPasswordForm",
    "reauthenticate": "ppid.office.forms.sign_in.AgainForm",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/ip,5/5m/key"}
API_RATE_LIMITS = {
    "failed": "10/5m/ip",
    "used": f"{int(os.environ.get('PPID_API_RATE', '600'))}/m/key",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "cache",
    }
}
EMAIL_HOST = os.environ.get("PPID_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("PPID_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("PPID_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PPID_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("PPID_SMTP_TLS", "") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("PPID_MAIL_FROM", "ppid@localhost")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = ["ppid.office.uploads.SealedUpload"]
