"""What every test stands on: a process that a test starts has the program's own settings."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "ppid.config.settings"
for address in ("PPID_DATABASE_URL", "PPID_PUBLIC_DATABASE_URL"):
    os.environ.pop(address, None)


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL run what asks a database; the rest is the same everywhere."""
    if "TEST_OFFICE_SERVER" in os.environ:
        asks = [one for one in items if one.get_closest_marker("django_db")]
        config.hook.pytest_deselected(items=[one for one in items if one not in set(asks)])
        items[:] = asks
