-- What an account has besides a password. Such a row belongs to a person and to no school: it is seen by the
-- transaction that names the account (app.account), which a service does once it knows whose it is about.

-- Puts an account's table under row-level security and grants the named verbs.
CREATE FUNCTION app.protect_account(target regclass, verbs text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format(
    'CREATE POLICY account ON %s
       USING (account_id = (SELECT nullif(current_setting(''app.account'', true), '''')::uuid))
       WITH CHECK (account_id = (SELECT nullif(current_setting(''app.account'', true), '''')::uuid))', target);
  EXECUTE format('GRANT %s ON %s TO wemaster_app', verbs, target);
END $$;

-- An authenticator app (TOTP). Two-step verification is on when it is confirmed.
CREATE TABLE account_totp (
  account_id uuid PRIMARY KEY REFERENCES accounts,
  secret bytea NOT NULL, -- sealed
  last_step bigint NOT NULL DEFAULT 0, -- of the latest code that was taken: none is taken twice
  refused integer NOT NULL DEFAULT 0 CHECK (refused >= 0), -- codes since the last right one: its owner is told, and at last none is taken
  fresh_codes bytea, -- the recovery codes until their owner has seen and kept them; sealed
  confirmed_at timestamptz -- null: being set up
);
SELECT app.protect_account('account_totp', 'SELECT, INSERT, UPDATE, DELETE');

-- Codes for when the app is lost; each works once.
CREATE TABLE account_recovery_codes (
  account_id uuid NOT NULL REFERENCES accounts,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32), -- SHA-256 of 80 random bits
  used_at timestamptz,
  PRIMARY KEY (account_id, hash)
);
SELECT app.protect_account('account_recovery_codes', 'SELECT, INSERT, UPDATE, DELETE');

-- Passkeys. Each works on the host that it was made on alone.
CREATE TABLE account_passkeys (
  account_id uuid NOT NULL REFERENCES accounts,
  id bytea NOT NULL CHECK (octet_length(id) BETWEEN 1 AND 1023), -- the authenticator's
  rp_id text NOT NULL, -- the host
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  credential jsonb NOT NULL, -- the public key, its counter and its flags
  created_at timestamptz NOT NULL DEFAULT now(),
  used_at timestamptz,
  PRIMARY KEY (account_id, id)
);
CREATE UNIQUE INDEX account_passkeys_one ON account_passkeys (rp_id, id);
SELECT app.protect_account('account_passkeys', 'SELECT, INSERT, UPDATE, DELETE');

-- The schools that an account is a member of, so that its owner finds them. A trigger keeps it.
CREATE TABLE account_schools (
  account_id uuid NOT NULL REFERENCES accounts,
  tenant_id uuid NOT NULL REFERENCES tenants,
  active boolean NOT NULL, -- not suspended there
  PRIMARY KEY (account_id, tenant_id)
);
SELECT app.protect_account('account_schools', 'SELECT');

-- As the owner, who is under row-level security too: it names the account for as long as it takes.
CREATE FUNCTION app.keep_schools() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
  known text := current_setting('app.account', true);
  whose uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.account_id WHEN TG_OP = 'UPDATE' THEN coalesce(NEW.account_id, OLD.account_id) ELSE NEW.account_id END;
BEGIN
  PERFORM set_config('app.account', whose::text, true);
  IF TG_OP = 'INSERT' THEN
    -- Somebody who was found by an address that was forgotten meanwhile. Waits for whoever forgets it now.
    PERFORM 1 FROM public.accounts WHERE id = whose AND email NOT LIKE '%@erased.invalid' FOR KEY SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'this account was erased' USING ERRCODE = 'check_violation', CONSTRAINT = 'members_account_erased';
    END IF;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.status <> 'erased' THEN
    INSERT INTO public.account_schools (account_id, tenant_id, active) VALUES (whose, NEW.tenant_id, NEW.status = 'active')
    ON CONFLICT (account_id, tenant_id) DO UPDATE SET active = EXCLUDED.active;
  ELSE
    DELETE FROM public.account_schools WHERE account_id = whose AND tenant_id = OLD.tenant_id;
  END IF;
  PERFORM set_config('app.account', coalesce(known, ''), true);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION app.keep_schools() FROM PUBLIC;
CREATE TRIGGER keep_schools AFTER INSERT OR DELETE OR UPDATE OF status ON members FOR EACH ROW EXECUTE FUNCTION app.keep_schools();

-- Something that a browser was asked to show: a second factor after the password, a passkey, or who it is
-- elsewhere. The browser holds the ticket. Showing it once ends it.
CREATE TABLE login_challenges (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id bytea NOT NULL CHECK (octet_length(id) = 32), -- SHA-256 of the ticket
  purpose text NOT NULL CHECK (purpose IN ('second_factor', 'second_factor_elsewhere', 'passkey_sign_in', 'passkey_new', 'passkey_verify', 'identity_sign_in', 'identity_new', 'identity_shown')),
  account_id uuid REFERENCES accounts, -- null: the answer will tell
  epoch integer, -- of the password that was shown
  ceremony bytea, -- what the answer is held against; sealed
  attempts smallint NOT NULL DEFAULT 0 CHECK (attempts BETWEEN 0 AND 5),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT login_challenges_known CHECK ((purpose IN ('passkey_sign_in', 'identity_sign_in', 'identity_shown')) = (account_id IS NULL)),
  CONSTRAINT login_challenges_epoch CHECK ((purpose IN ('second_factor', 'second_factor_elsewhere')) = (epoch IS NOT NULL))
);
CREATE INDEX login_challenges_expiry ON login_challenges (tenant_id, expires_at);
SELECT app.protect('login_challenges', 'SELECT, INSERT, UPDATE, DELETE');

-- Browsers that need no second factor for a while, because their owner said so when they showed it.
CREATE TABLE trusted_devices (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id bytea NOT NULL CHECK (octet_length(id) = 32), -- SHA-256 of the cookie's secret
  account_id uuid NOT NULL REFERENCES accounts,
  epoch integer NOT NULL, -- over with it, as login sessions are
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX trusted_devices_expiry ON trusted_devices (tenant_id, expires_at);
SELECT app.protect('trusted_devices', 'SELECT, INSERT, DELETE');

-- Wrong passwords in a row at this school, for the word to their owner.
ALTER TABLE members ADD COLUMN refused integer NOT NULL DEFAULT 0 CHECK (refused >= 0);
