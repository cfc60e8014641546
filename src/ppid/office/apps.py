"""The Django app `office`."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Where officers work."""

    name = "ppid.office"
    label = "office"
    default_auto_field = "django.db.models.BigAutoField"
