"""Which database a model lives in: the public app in its own, everything else in the office's."""

from typing import Any

from django.conf import settings
from django.db.models import Model


class PublicRouter:
    """Send the app `public` to `settings.PUBLIC_DATABASE` and keep all others out of it."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """Return the database that a query on `model` uses."""
        return settings.PUBLIC_DATABASE if model._meta.app_label == "public" else None

    db_for_write = db_for_read

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """Return whether two rows may refer to each other: never across the wall."""
        return (one._meta.app_label == "public") == (other._meta.app_label == "public")

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Return whether the tables of `app_label` belong in `db`."""
        return (app_label == "public") == (db == settings.PUBLIC_DATABASE)
