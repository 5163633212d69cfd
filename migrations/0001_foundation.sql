-- Roles, schemas, the helpers that every tenant table uses, tenants, accounts, members.
--
-- Three roles:
--   owner (whoever runs the migrations)   owns everything, serves nobody
--   wemaster_app                          the web server; no superuser, no BYPASSRLS, owns nothing
--   wemaster_worker                       the job runner; the same, plus the queue's schema
-- `wemaster migrate` lets the two log in; here they only have to exist.
DO $$ BEGIN
  CREATE ROLE wemaster_app NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN
  CREATE ROLE wemaster_worker NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

CREATE SCHEMA app;
GRANT USAGE ON SCHEMA app, public TO wemaster_app, wemaster_worker;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- The tenant of the current transaction; null outside one, so a forgotten tenant sees nothing.
-- Policies repeat this expression instead of calling the function: inlined and STABLE, it is
-- evaluated once a query.
CREATE FUNCTION app.tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('app.tenant', true), '')::uuid $$;

-- Puts a tenant table under row-level security and grants the named verbs.
CREATE FUNCTION app.protect(target regclass, verbs text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format(
    'CREATE POLICY tenant ON %s
       USING (tenant_id = (SELECT nullif(current_setting(''app.tenant'', true), '''')::uuid))
       WITH CHECK (tenant_id = (SELECT nullif(current_setting(''app.tenant'', true), '''')::uuid))', target);
  EXECUTE format('GRANT %s ON %s TO wemaster_app, wemaster_worker', verbs, target);
END $$;

-- Text for search: lower case, without accents.
CREATE FUNCTION app.fold(input text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT lower(public.unaccent('public.unaccent', input)) $$;

-- ── Platform-wide ───────────────────────────────────────────────────────────────────────────

-- A tenant's public face. Everyone may read it (the directory does); only the tenant itself,
-- inside its own transaction, may change it.
CREATE TABLE tenants (
  id uuid PRIMARY KEY,
  slug text NOT NULL CONSTRAINT tenants_slug_key UNIQUE CHECK (slug ~ '^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$'),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  tagline text NOT NULL DEFAULT '' CHECK (length(tagline) <= 160),
  brand text NOT NULL CHECK (brand ~ '^#[0-9a-f]{6}$'),
  locale text NOT NULL,
  locales text[] NOT NULL CHECK (locale = ANY (locales)),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  zone text NOT NULL,
  listed boolean NOT NULL DEFAULT true,
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
  created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY face ON tenants FOR SELECT USING (true);
CREATE POLICY own ON tenants FOR UPDATE
  USING (id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))
  WITH CHECK (id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
-- A new tenant is written inside a transaction that already carries its id.
CREATE POLICY found ON tenants FOR INSERT
  WITH CHECK (id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
GRANT SELECT, INSERT ON tenants TO wemaster_app;
GRANT SELECT ON tenants TO wemaster_worker;
GRANT UPDATE (name, tagline, brand, locale, locales, currency, zone, listed) ON tenants TO wemaster_app;

-- The platform itself: its own mails and the address proofs of those who found a school. Nobody
-- is a member, and no subdomain leads to it.
SELECT set_config('app.tenant', '00000000-0000-7000-8000-000000000001', true);
INSERT INTO tenants (id, slug, name, brand, locale, locales, currency, zone, listed)
VALUES ('00000000-0000-7000-8000-000000000001', 'platform', 'WeMaster', '#3b4a8c', 'en', '{en,es}', 'EUR', 'UTC', false);

-- A person who can sign in, at an address that was proven theirs: an account is made when
-- the code that was sent there comes back, never before. The application has no right on this
-- table: it goes through the functions below, each of which answers about one account.
CREATE TABLE accounts (
  id uuid PRIMARY KEY,
  email text NOT NULL CONSTRAINT accounts_email_key UNIQUE CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
  password_hash text, -- null: they sign in elsewhere until they choose one
  -- Counts up when every login session must end, in every school; a session of an earlier epoch
  -- is over.
  login_epoch integer NOT NULL DEFAULT 0,
  -- A wish for a new password of before is worth nothing, in whichever school it was made.
  password_changed_at timestamptz NOT NULL DEFAULT '-infinity',
  created_at timestamptz NOT NULL DEFAULT now()
);

-- The account of an address, for sign-in and sign-up.
CREATE FUNCTION app.account_by_email(address text)
RETURNS TABLE (id uuid, password_hash text, login_epoch integer) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS
$$ SELECT a.id, a.password_hash, a.login_epoch FROM public.accounts a WHERE a.email = address $$;

-- Creates an account; null when the address is taken.
CREATE FUNCTION app.create_account(new_id uuid, address text, new_hash text)
RETURNS uuid LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public AS
$$ INSERT INTO public.accounts (id, email, password_hash) VALUES (new_id, address, new_hash)
   ON CONFLICT (email) DO NOTHING RETURNING id $$;

-- Replaces a hash by one with today's parameters, only if nobody changed it meanwhile.
CREATE FUNCTION app.upgrade_password_hash(account uuid, old_hash text, new_hash text)
RETURNS boolean LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public AS
$$ UPDATE public.accounts SET password_hash = new_hash WHERE id = account AND password_hash = old_hash RETURNING true $$;

-- Sets a new password in place of the one that the caller knows and ends every login session of the
-- account; the new epoch, or null when another password was set meanwhile.
CREATE FUNCTION app.change_password(account uuid, old_hash text, new_hash text)
RETURNS integer LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public AS
$$ UPDATE public.accounts SET password_hash = new_hash, login_epoch = login_epoch + 1, password_changed_at = now()
   WHERE id = account AND password_hash = old_hash RETURNING login_epoch $$;

-- The same by a proof of the address that was begun at `asked`: not if the password changed since.
CREATE FUNCTION app.reset_password(account uuid, asked timestamptz, new_hash text)
RETURNS integer LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public AS
$$ UPDATE public.accounts SET password_hash = new_hash, login_epoch = login_epoch + 1, password_changed_at = now()
   WHERE id = account AND password_changed_at < asked RETURNING login_epoch $$;

-- Ends every login session of the account; the new epoch.
CREATE FUNCTION app.end_logins(account uuid)
RETURNS integer LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public AS
$$ UPDATE public.accounts SET login_epoch = login_epoch + 1 WHERE id = account RETURNING login_epoch $$;

-- The epoch that a login session must be of.
CREATE FUNCTION app.login_epoch(account uuid)
RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS
$$ SELECT login_epoch FROM public.accounts WHERE id = account $$;

-- The password's hash of a signed-in account, to confirm who is there.
CREATE FUNCTION app.password_hash(account uuid)
RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS
$$ SELECT password_hash FROM public.accounts WHERE id = account $$;

-- How much of each allowance is used: a bucket that refills one drop every `per`, shared by all
-- servers. `full_at` is when it will be full again. Lost in a crash of the database, which only
-- makes allowances whole.
CREATE UNLOGGED TABLE rate_limits (
  key bytea PRIMARY KEY CHECK (octet_length(key) = 32),
  full_at timestamptz NOT NULL
);
CREATE INDEX rate_limits_full ON rate_limits (full_at);

-- Takes `count` at once from a bucket of `burst`: 0, or the seconds until there are as many. More than the
-- bucket holds are never there.
CREATE FUNCTION app.take_allowance(bucket bytea, burst integer, per interval, count integer)
RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
  moment timestamptz := clock_timestamp();
  full_again timestamptz;
BEGIN
  IF count > burst THEN RETURN 2147483647; END IF;
  INSERT INTO public.rate_limits AS used (key, full_at) VALUES (bucket, moment + per * count)
  ON CONFLICT (key) DO UPDATE SET full_at = greatest(used.full_at, moment) + per * count
    WHERE greatest(used.full_at, moment) + per * count <= moment + per * burst;
  IF FOUND THEN RETURN 0; END IF;
  SELECT full_at INTO full_again FROM public.rate_limits WHERE key = bucket;
  RETURN greatest(1, ceil(extract(epoch FROM full_again + per * count - (moment + per * burst))))::integer;
END $$;

-- Makes a bucket whole.
CREATE FUNCTION app.restore_allowance(bucket bytea)
RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public AS
$$ DELETE FROM public.rate_limits WHERE key = bucket $$;

-- Forgets buckets that are whole.
CREATE FUNCTION app.forget_allowances()
RETURNS bigint LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public AS
$$ WITH whole AS (DELETE FROM public.rate_limits WHERE full_at < now() RETURNING 1) SELECT count(*) FROM whole $$;

REVOKE ALL ON FUNCTION app.account_by_email(text), app.create_account(uuid, text, text), app.upgrade_password_hash(uuid, text, text),
  app.change_password(uuid, text, text), app.reset_password(uuid, timestamptz, text), app.end_logins(uuid), app.login_epoch(uuid), app.password_hash(uuid),
  app.take_allowance(bytea, integer, interval, integer), app.restore_allowance(bytea), app.forget_allowances() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.account_by_email(text), app.create_account(uuid, text, text), app.upgrade_password_hash(uuid, text, text),
  app.change_password(uuid, text, text), app.reset_password(uuid, timestamptz, text), app.end_logins(uuid), app.login_epoch(uuid), app.password_hash(uuid),
  app.take_allowance(bytea, integer, interval, integer), app.restore_allowance(bytea) TO wemaster_app;
GRANT EXECUTE ON FUNCTION app.login_epoch(uuid), app.forget_allowances() TO wemaster_worker;

-- ── Per tenant ──────────────────────────────────────────────────────────────────────────────

-- What the tenant decides about money and cancellation. Frozen into each order.
CREATE TABLE tenant_terms (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id uuid NOT NULL,
  commission_bps integer NOT NULL CHECK (commission_bps BETWEEN 0 AND 10000),
  cancellation_policy jsonb NOT NULL,
  order_prefix text NOT NULL CHECK (order_prefix ~ '^[A-Z]{2,4}$'),
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT tenant_terms_one UNIQUE (tenant_id)
);
SELECT app.protect('tenant_terms', 'SELECT, INSERT, UPDATE');

-- Numbers without gaps (orders, receipts): the row is locked until the transaction ends.
CREATE TABLE tenant_counters (
  tenant_id uuid NOT NULL REFERENCES tenants,
  name text NOT NULL,
  value bigint NOT NULL CHECK (value >= 0),
  PRIMARY KEY (tenant_id, name)
);
SELECT app.protect('tenant_counters', 'SELECT, INSERT, UPDATE');

-- What a school's staff may do, under a name that the school chose. Admins may do everything.
CREATE TABLE staff_roles (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  permissions text[] NOT NULL CHECK (cardinality(permissions) > 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX staff_roles_name_key ON staff_roles (tenant_id, lower(name));
SELECT app.protect('staff_roles', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE members (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id uuid NOT NULL,
  account_id uuid REFERENCES accounts, -- null: erased
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  email text NOT NULL,
  locale text,
  zone text,
  staff_role_id uuid,
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'erased')),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT members_erased CHECK ((status = 'erased') = (account_id IS NULL)),
  CONSTRAINT members_account_key UNIQUE (tenant_id, account_id),
  CONSTRAINT members_staff_role FOREIGN KEY (tenant_id, staff_role_id) REFERENCES staff_roles
);
CREATE INDEX members_email ON members (tenant_id, email);
CREATE INDEX members_staff_role_of ON members (tenant_id, staff_role_id) WHERE staff_role_id IS NOT NULL;
SELECT app.protect('members', 'SELECT, INSERT, UPDATE');

CREATE TABLE member_roles (
  tenant_id uuid NOT NULL,
  member_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('student', 'tutor', 'admin')),
  PRIMARY KEY (tenant_id, member_id, role),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members ON DELETE CASCADE
);
SELECT app.protect('member_roles', 'SELECT, INSERT, DELETE');

-- A school always has an admin who can sign in. Two who step down at the same moment wait for each
-- other at the tenant's row, and the second sees what the first did.
CREATE FUNCTION app.keep_an_admin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- First of all: what another transaction is about to change must be seen by what follows.
  PERFORM 1 FROM public.tenants WHERE id = OLD.tenant_id FOR NO KEY UPDATE;
  IF TG_TABLE_NAME = 'members' THEN
    IF NOT EXISTS (SELECT 1 FROM public.member_roles r
        WHERE r.tenant_id = OLD.tenant_id AND r.member_id = OLD.id AND r.role = 'admin') THEN
      RETURN NULL;
    END IF;
  END IF;
  IF TG_TABLE_NAME = 'member_roles' THEN
    -- Gone with its member, which only the owner removes.
    IF NOT EXISTS (SELECT 1 FROM public.members m WHERE m.tenant_id = OLD.tenant_id AND m.id = OLD.member_id) THEN
      RETURN NULL;
    END IF;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM public.member_roles r JOIN public.members m ON m.tenant_id = r.tenant_id AND m.id = r.member_id
      WHERE r.tenant_id = OLD.tenant_id AND r.role = 'admin' AND m.status = 'active') THEN
    RAISE EXCEPTION 'a school keeps an admin' USING ERRCODE = 'check_violation', CONSTRAINT = 'members_keep_an_admin';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_an_admin AFTER DELETE ON member_roles FOR EACH ROW WHEN (OLD.role = 'admin') EXECUTE FUNCTION app.keep_an_admin();
CREATE TRIGGER keep_an_admin AFTER UPDATE OF status ON members FOR EACH ROW
  WHEN (OLD.status = 'active' AND NEW.status <> 'active') EXECUTE FUNCTION app.keep_an_admin();

-- Login sessions. The cookie holds the secret, the table its SHA-256 only. Revoking deletes
-- the row; saving may only update one that exists, so a revoked login never comes back.
CREATE TABLE login_sessions (
  tenant_id uuid NOT NULL,
  id bytea NOT NULL CHECK (octet_length(id) = 32),
  member_id uuid NOT NULL,
  data jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  user_agent text NOT NULL DEFAULT '' CHECK (length(user_agent) <= 300),
  epoch integer NOT NULL DEFAULT 0, -- of the account at sign-in
  verified_at timestamptz NOT NULL DEFAULT now(), -- when they last showed who they are
  seen_at timestamptz NOT NULL DEFAULT now(), -- to some minutes
  address text NOT NULL DEFAULT '', -- the last one, shortened
  -- Staff who see the site as this member; their epoch counts too.
  impersonator_id uuid,
  impersonator_epoch integer,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, impersonator_id) REFERENCES members ON DELETE CASCADE,
  CONSTRAINT login_sessions_impersonator CHECK ((impersonator_id IS NULL) = (impersonator_epoch IS NULL) AND impersonator_id <> member_id)
);
CREATE INDEX login_sessions_member ON login_sessions (tenant_id, member_id);
CREATE INDEX login_sessions_expiry ON login_sessions (expires_at);
SELECT app.protect('login_sessions', 'SELECT, INSERT, UPDATE, DELETE');

-- Somebody who says that an address is theirs, and what they want with it. To sign up, the browser
-- that asked holds a ticket and the mail a code; both together are the proof. To choose a
-- new password, the mail's link carries the ticket. A wish comes true once: the row goes with it.
CREATE TABLE email_proofs (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id uuid NOT NULL,
  ticket bytea NOT NULL CHECK (octet_length(ticket) = 32), -- SHA-256
  email text NOT NULL CHECK (email = lower(email)),
  locale text NOT NULL,
  wish bytea NOT NULL, -- sealed: it has the hash of a password
  secret bytea NOT NULL, -- what the mail carries: the code, or the ticket; sealed
  attempts smallint NOT NULL DEFAULT 0 CHECK (attempts BETWEEN 0 AND 5),
  mails smallint NOT NULL DEFAULT 1 CHECK (mails BETWEEN 1 AND 3),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT email_proofs_ticket_key UNIQUE (tenant_id, ticket)
);
CREATE INDEX email_proofs_expiry ON email_proofs (tenant_id, expires_at);
SELECT app.protect('email_proofs', 'SELECT, INSERT, UPDATE, DELETE');

-- ── Jobs ────────────────────────────────────────────────────────────────────────────────────

-- The only way to enqueue a job. Runs as the owner, because the queue's tables belong to it;
-- the payload always carries the transaction's tenant, so a job cannot be made for another.
CREATE FUNCTION app.enqueue(task text, payload jsonb, run_at timestamptz DEFAULT NULL, job_key text DEFAULT NULL)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog AS $$
DECLARE tenant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
BEGIN
  IF tenant IS NULL THEN
    RAISE EXCEPTION 'a job needs a tenant' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM graphile_worker.add_job(
    identifier => task,
    payload => (payload || jsonb_build_object('tenant', tenant))::json,
    run_at => run_at,
    job_key => CASE WHEN job_key IS NULL THEN NULL ELSE tenant::text || ':' || job_key END,
    max_attempts => 12);
END $$;
REVOKE ALL ON FUNCTION app.enqueue(text, jsonb, timestamptz, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.enqueue(text, jsonb, timestamptz, text) TO wemaster_app, wemaster_worker;
