-- A school's own documents, what members agreed to, and the guardians of those who are young.

-- The kinds that are published now, for every page's footer; and under which age a guardian consents (null: none is
-- asked for).
ALTER TABLE tenants
  ADD COLUMN published_policies text[] NOT NULL DEFAULT '{}' CHECK (published_policies <@ ARRAY['terms', 'privacy']),
  ADD COLUMN guardian_age smallint CHECK (guardian_age BETWEEN 13 AND 18);
GRANT UPDATE (published_policies, guardian_age) ON tenants TO wemaster_app;

-- A document that is being written. Each change has a new id, so that nobody publishes what they did not see.
CREATE TABLE policy_drafts (
  tenant_id uuid NOT NULL REFERENCES tenants,
  kind text NOT NULL CHECK (kind IN ('terms', 'privacy')),
  id uuid NOT NULL,
  texts jsonb NOT NULL CHECK (jsonb_typeof(texts) = 'object'), -- by language
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, kind)
);
SELECT app.protect('policy_drafts', 'SELECT, INSERT, UPDATE, DELETE');

-- What was published. Written once: nobody changes what somebody agreed to.
CREATE TABLE policy_versions (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('terms', 'privacy')),
  number integer NOT NULL CHECK (number > 0),
  texts jsonb NOT NULL CHECK (jsonb_typeof(texts) = 'object'),
  asks_again boolean NOT NULL, -- whether who agreed to an earlier one has to agree to this one
  published_at timestamptz NOT NULL DEFAULT now(),
  published_by uuid NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT policy_versions_number_key UNIQUE (tenant_id, kind, number),
  CONSTRAINT policy_versions_first CHECK (asks_again OR number > 1),
  FOREIGN KEY (tenant_id, published_by) REFERENCES members
);
SELECT app.protect('policy_versions', 'SELECT, INSERT');

-- That a member agreed to a version. Written once; when somebody is erased, their number and the version stay.
CREATE TABLE consents (
  tenant_id uuid NOT NULL,
  member_id uuid NOT NULL,
  version_id uuid NOT NULL,
  agreed_at timestamptz NOT NULL,
  address text NOT NULL, -- the network address, shortened
  PRIMARY KEY (tenant_id, member_id, version_id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members,
  FOREIGN KEY (tenant_id, version_id) REFERENCES policy_versions
);
SELECT app.protect('consents', 'SELECT, INSERT');

-- What a member said of their age, where a school asks: nothing but on which side of a limit it was. No date of birth.
CREATE TABLE age_statements (
  tenant_id uuid NOT NULL,
  member_id uuid NOT NULL,
  age smallint NOT NULL CHECK (age BETWEEN 13 AND 18), -- the limit
  of_age boolean NOT NULL, -- at least that
  stated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, member_id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members
);
SELECT app.protect('age_statements', 'SELECT, INSERT, UPDATE (age, of_age, stated_at)');

-- A guardian who is asked whether a member may use the school. The mail's link carries the ticket; once they consented
-- there is another one, to withdraw.
CREATE TABLE guardian_consents (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  status text NOT NULL DEFAULT 'asked' CHECK (status IN ('asked', 'given', 'refused', 'expired', 'withdrawn')),
  guardian_name text NOT NULL CHECK (length(guardian_name) <= 80), -- as the member, or staff, said; empty: gone
  guardian_email text NOT NULL CHECK (guardian_email = lower(guardian_email)),
  locale text NOT NULL,
  ticket bytea CHECK (octet_length(ticket) = 32), -- SHA-256. Null: no link works
  secret bytea, -- the ticket for the mail; sealed
  mails integer NOT NULL DEFAULT 1 CHECK (mails > 0),
  asked_at timestamptz NOT NULL DEFAULT now(),
  sent_at timestamptz NOT NULL DEFAULT now(), -- the last mail that asks
  expires_at timestamptz NOT NULL,
  decided_at timestamptz,
  stated_name text NOT NULL DEFAULT '' CHECK (length(stated_name) <= 80), -- as the guardian said
  address text NOT NULL DEFAULT '', -- where the guardian decided, shortened
  withdrawn_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT guardian_consents_ticket_key UNIQUE (tenant_id, ticket),
  CONSTRAINT guardian_consents_ticket CHECK ((ticket IS NULL) = (secret IS NULL) AND (ticket IS NULL OR status IN ('asked', 'given'))),
  CONSTRAINT guardian_consents_decided CHECK ((decided_at IS NOT NULL) = (status IN ('given', 'refused', 'withdrawn'))),
  CONSTRAINT guardian_consents_withdrawn CHECK ((withdrawn_at IS NOT NULL) = (status = 'withdrawn')),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members
);
-- One guardian at a time.
CREATE UNIQUE INDEX guardian_consents_open ON guardian_consents (tenant_id, member_id) WHERE status IN ('asked', 'given');
CREATE INDEX guardian_consents_member ON guardian_consents (tenant_id, member_id, asked_at DESC);
SELECT app.protect('guardian_consents', 'SELECT, INSERT, UPDATE (status, guardian_name, guardian_email, ticket, secret, mails, sent_at,
  expires_at, decided_at, stated_name, address, withdrawn_at)');

-- Asked, then given, refused or expired; given, then withdrawn. What was said can go, and never become something else.
CREATE FUNCTION app.guardian_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'asked' THEN wrong := 'a consent begins with the question'; END IF;
  ELSIF NEW.guardian_name NOT IN (OLD.guardian_name, '') OR NEW.guardian_email NOT IN (OLD.guardian_email, '')
      OR OLD.decided_at IS NOT NULL AND (NEW.decided_at IS DISTINCT FROM OLD.decided_at
        OR NEW.stated_name NOT IN (OLD.stated_name, '') OR NEW.address NOT IN (OLD.address, ''))
      OR OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at
      OR OLD.status <> 'asked' AND (NEW.mails, NEW.sent_at, NEW.expires_at) IS DISTINCT FROM (OLD.mails, OLD.sent_at, OLD.expires_at) THEN
    wrong := 'what was said stays';
  ELSIF NEW.status <> OLD.status THEN
    IF NOT (OLD.status = 'asked' AND NEW.status IN ('given', 'refused', 'expired') OR OLD.status = 'given' AND NEW.status = 'withdrawn') THEN
      wrong := 'a consent goes forward';
    ELSIF NEW.status IN ('given', 'refused') AND OLD.expires_at <= now() THEN
      wrong := 'the question is too old';
    ELSIF NEW.status = 'given' AND NEW.stated_name = '' THEN
      wrong := 'who consents says who they are';
    END IF;
  END IF;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION '%', wrong USING ERRCODE = 'check_violation', CONSTRAINT = 'guardian_consents_forward';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guardian_forward BEFORE INSERT OR UPDATE ON guardian_consents FOR EACH ROW EXECUTE FUNCTION app.guardian_forward();

-- What a guardian had before them when they consented. Written once.
CREATE TABLE guardian_consent_versions (
  tenant_id uuid NOT NULL,
  guardian_consent_id uuid NOT NULL,
  version_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, guardian_consent_id, version_id),
  FOREIGN KEY (tenant_id, guardian_consent_id) REFERENCES guardian_consents,
  FOREIGN KEY (tenant_id, version_id) REFERENCES policy_versions
);
SELECT app.protect('guardian_consent_versions', 'SELECT, INSERT');

-- The part of app.erase_member that is about these tables. What stays is that a number agreed to a version, and that
-- somebody consented for it: whoever was asked to pay can be shown that, and it says who nobody was.
CREATE FUNCTION app.erase_consents(member uuid) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE here uuid := app.tenant();
BEGIN
  UPDATE public.consents SET address = '' WHERE tenant_id = here AND member_id = member AND address <> '';
  DELETE FROM public.age_statements WHERE tenant_id = here AND member_id = member;
  UPDATE public.mails SET to_name = '', to_address = '', subject = '', html = '', plain = '',
      failure = CASE WHEN sent_at IS NULL AND failure = '' THEN 'erased' ELSE failure END
    WHERE tenant_id = here AND to_address <> '' AND cause IN (
      SELECT 'guardian_asked:' || g.id || ':' || nth FROM public.guardian_consents g, generate_series(1, g.mails) AS nth
        WHERE g.tenant_id = here AND g.member_id = member
      UNION ALL SELECT 'guardian_' || what || ':' || g.id FROM public.guardian_consents g, unnest(ARRAY['given', 'refused', 'withdrawn']) AS what
        WHERE g.tenant_id = here AND g.member_id = member);
  UPDATE public.guardian_consents SET status = CASE WHEN status = 'asked' THEN 'expired' ELSE status END,
      guardian_name = '', guardian_email = '', stated_name = '', address = '', ticket = NULL, secret = NULL
    WHERE tenant_id = here AND member_id = member;
END $$;
