"""The WSGI application of the public process.

What it needs is loaded before the first request, and left out of every later look for garbage: over
all of it such a look takes longer than making twenty pages.
"""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from ppid.public.kept_pages import KeptPages
from ppid.public.short_way import ShortWay
from ppid.public.turns import InTurn

# Not a default: the command that starts this process may have had the other process's settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "ppid.config.settings_public"

application = KeptPages(InTurn(ShortWay(get_wsgi_application())))
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
