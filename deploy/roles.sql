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

-- What these two roles say to the server is titles and reasons in plain words (SECURITY.md). The
-- server's log is kept elsewhere and read by others; nothing of it gets there, whatever is logged
-- of other roles: not a statement, not its parameters, not the row that an error quotes.
DO $$
DECLARE
    role text;
    silent text;
BEGIN
    FOREACH role IN ARRAY ARRAY['ppid_owner', 'ppid_office'] LOOP
        FOREACH silent IN ARRAY ARRAY[
            'log_statement = none',
            'log_min_duration_statement = -1',
            'log_min_duration_sample = -1',
            'log_transaction_sample_rate = 0',
            'log_parameter_max_length = 0',
            'log_parameter_max_length_on_error = 0',
            'log_min_error_statement = panic',
            'log_error_verbosity = terse',
            'auto_explain.log_min_duration = -1'
        ] LOOP
            EXECUTE format('ALTER ROLE %I SET %s', role, silent);
        END LOOP;
    END LOOP;
END
$$;
