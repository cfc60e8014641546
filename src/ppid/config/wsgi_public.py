"""The WSGI application of the public process."""

import os

from django.core.wsgi import get_wsgi_application

from ppid.public.kept_pages import KeptPages

# Not a default: the command that starts this process may have had the other process's settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "ppid.config.settings_public"

application = KeptPages(get_wsgi_application())
