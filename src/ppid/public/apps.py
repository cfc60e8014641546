"""The Django app of the open site."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """The open site: what everybody may see, from its own database."""

    name = "ppid.public"
    label = "public"
    verbose_name = "Situs terbuka"
