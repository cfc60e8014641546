"""Import this first in a command that needs the database: it sets Django up for the office."""

import os

import django

from ppid.config import driver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ppid.config.settings")
django.setup()

sqlite_version = driver.version
