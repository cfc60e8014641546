-- Roles of the office database. Run as superuser in it, again after each migration.
-- ppid_owner owns the tables and migrates; ppid_office is what the program signs in as.
-- The event log has two locks: triggers (made by the migrations) and these rights.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ppid_owner') THEN
        CREATE ROLE ppid_owner LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ppid_office') THEN
        CREATE ROLE ppid_office LOGIN;
    END IF;
END
$$;

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format(
        'GRANT CONNECT ON DATABASE %I TO ppid_owner, ppid_office', current_database()
    );
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO ppid_owner;
GRANT USAGE ON SCHEMA public TO ppid_office;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ppid_office;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ppid_office;

DO $$
DECLARE
    append_only text;
BEGIN
    FOREACH append_only IN ARRAY ARRAY['office_event', 'office_checkpoint'] LOOP
        IF to_regclass(append_only) IS NOT NULL THEN
            EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM ppid_office', append_only);
        END IF;
    END LOOP;
    IF to_regclass('django_migrations') IS NOT NULL THEN
        REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM ppid_office;
    END IF;
END
$$;
