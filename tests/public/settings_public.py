"""The public process as tests run it alone: its own settings, on a database in memory."""

from ppid.config.settings_public import *  # noqa: F403

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
