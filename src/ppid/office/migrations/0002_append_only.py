"""The event log is append-only: the database itself refuses UPDATE, DELETE and TRUNCATE."""

from django.db import migrations

MESSAGE = "office_event is append-only"

SQLITE = [
    f"CREATE TRIGGER office_event_no_{verb.lower()} BEFORE {verb} ON office_event "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    "CREATE FUNCTION office_event_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$",
    "CREATE TRIGGER office_event_append_only BEFORE UPDATE OR DELETE ON office_event "
    "FOR EACH ROW EXECUTE FUNCTION office_event_append_only()",
    "CREATE TRIGGER office_event_no_truncate BEFORE TRUNCATE ON office_event "
    "FOR EACH STATEMENT EXECUTE FUNCTION office_event_append_only()",
]


def protect(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("office", "0001_tables")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
