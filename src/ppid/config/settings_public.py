"""Settings of the public process: no key of the log, no office database, nothing to sign in to.

Its only database is the public one, opened read-only.
"""

import os
import secrets
from urllib.parse import urlsplit

from ppid.config import driver  # noqa: F401  must come before any database is opened
from ppid.config.database import database
from ppid.config.shared import *  # noqa: F403
from ppid.config.shared import ALLOWED_HOSTS, DATA, SHARED_TEMPLATES

SECRET_KEY = secrets.token_urlsafe(32)  # signs nothing that outlives the process
PUBLIC_URL = os.environ.get("PPID_PUBLIC_URL", "http://localhost:8001")
ALLOWED_HOSTS = [*ALLOWED_HOSTS, urlsplit(PUBLIC_URL).hostname or "localhost"]
INSTALLED_APPS = ["django.contrib.staticfiles", "django.contrib.humanize", "ppid.public"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "ppid.public.language.LanguageOfTheAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ppid.public.turns.FewDownloads",
]
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
ROOT_URLCONF = "ppid.public.urls"
WSGI_APPLICATION = "ppid.config.wsgi_public.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SHARED_TEMPLATES],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
PUBLIC_DATABASE = "default"
DATABASES = {
    "default": database(
        os.environ.get("PPID_PUBLIC_DATABASE_URL", ""),
        file=DATA / "public.sqlite3",
        read_only=True,
    )
}
