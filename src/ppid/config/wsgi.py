"""The WSGI application of the office process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ppid.config.settings")

application = get_wsgi_application()
