-- Roles of the public database. Run as superuser in it, again after each migration.
-- ppid_public_owner migrates; ppid_publisher is the office bringing editions in;
-- ppid_reader is the public site, which can read and nothing else.

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['ppid_public_owner', 'ppid_publisher', 'ppid_reader'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', name);
        END IF;
    END LOOP;
END
$$;

ALTER ROLE ppid_reader SET default_transaction_read_only = on;

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format(
        'GRANT CONNECT ON DATABASE %I TO ppid_public_owner, ppid_publisher, ppid_reader', current_database()
    );
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO ppid_public_owner;
GRANT USAGE ON SCHEMA public TO ppid_publisher, ppid_reader;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ppid_publisher;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ppid_publisher;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO ppid_reader;

DO $$
BEGIN
    IF to_regclass('django_migrations') IS NOT NULL THEN
        REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM ppid_publisher;
    END IF;
END
$$;

-- What PostgreSQL tells everybody about itself (who is connected, what others ask, how large
-- everything is) is not for the role that a stranger's request reaches.
REVOKE SELECT ON ALL TABLES IN SCHEMA pg_catalog, information_schema FROM PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA pg_catalog, information_schema
    TO ppid_public_owner, ppid_publisher;

DO $$
DECLARE
    telling regprocedure;
BEGIN
    FOR telling IN
        SELECT oid FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace
            AND (proname ~ '^(pg_stat_|pg_ls_|pg_read_|lo_|pg_show_|pg_sleep|pg_notif)'
                OR proname ~ '(_to_xml|_to_xmlschema|_to_xml_and_xmlschema)$')
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', telling);
    END LOOP;
END
$$;
