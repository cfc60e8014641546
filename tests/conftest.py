"""What every test stands on: a process that a test starts has the program's own settings."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "ppid.config.settings"
for address in ("PPID_DATABASE_URL", "PPID_PUBLIC_DATABASE_URL"):
    os.environ.pop(address, None)
