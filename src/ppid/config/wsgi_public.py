"""The WSGI application of the public process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ppid.config.settings_public")

application = get_wsgi_application()
