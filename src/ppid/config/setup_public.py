"""Import this first in a command of the public process: no key, no office database, read-only."""

import os

import django

from ppid.config import driver  # noqa: F401  must come before any database is opened

# Not a default: whoever started this process may have had the office's settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "ppid.config.settings_public"
django.setup()
