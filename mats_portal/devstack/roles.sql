-- The roles and the two databases. Written to be run again at any time, by psql as the superuser.
-- Needs the variables owner_password, app_password, support_password and for_tests (true or false).
--
-- portal_owner  owns the tables of `portal`: migrations
-- portal_app    the main service: reads and writes rows of `portal`, alters nothing, cannot connect to `support`
-- support_app   owns `support`, and cannot connect to `portal`
\set ON_ERROR_STOP on
\set QUIET on

SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY['portal_owner', 'portal_app', 'support_app']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

ALTER ROLE portal_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
ALTER ROLE portal_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
ALTER ROLE support_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'support_password';

SELECT 'CREATE DATABASE portal OWNER portal_owner'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'portal') \gexec
SELECT 'CREATE DATABASE support OWNER support_app'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'support') \gexec

REVOKE ALL ON DATABASE portal FROM PUBLIC;
REVOKE ALL ON DATABASE support FROM PUBLIC;
GRANT CONNECT ON DATABASE portal TO portal_app;

\if :for_tests
    -- Test databases are made by their owners; a test may look at the portal as its own service does.
    ALTER ROLE portal_owner CREATEDB;
    ALTER ROLE support_app CREATEDB;
    GRANT portal_app TO portal_owner;
\else
    REVOKE CONNECT ON DATABASE postgres FROM PUBLIC;
    REVOKE CONNECT ON DATABASE template1 FROM PUBLIC;
\endif

-- The same in template1, for the databases that tests make from it.
\connect portal
CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_app;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO portal_app;

\connect template1
CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_app;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO portal_app;
