"""The WSGI application of the office process."""

import os

from django.core.wsgi import get_wsgi_application

# Not a default: the command that starts this process may have had the other process's settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "ppid.config.settings"

application = get_wsgi_application()
