"""SQLite's REPLACE deletes a row without asking the DELETE trigger: it is refused before that."""

from django.db import migrations

GUARD = """
CREATE TRIGGER office_event_no_replace BEFORE INSERT ON office_event
WHEN EXISTS (
    SELECT 1 FROM office_event
    WHERE id = NEW.id OR (body = NEW.body AND seq = NEW.seq)
)
BEGIN SELECT RAISE(ABORT, 'office_event is append-only'); END
"""


def protect(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(GUARD)


class Migration(migrations.Migration):
    dependencies = [("office", "0005_room_for_any_sop")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
