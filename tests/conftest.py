"""What every test stands on: the processes that a test starts use the program's own settings."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "ppid.config.settings"
