"""Import this instead of `setup` in a command that must make nothing in the data folder.

The settings make the installation's secret there on first use; who restores data into the folder
needs it empty, and no such command signs anything with the secret.
"""

import os
import secrets
from importlib import import_module

os.environ.setdefault("PPID_SECRET_KEY", secrets.token_urlsafe(48))
import_module("ppid.config.setup")
