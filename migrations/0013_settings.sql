-- A school's own domains.

-- A host that a school says is its own, and what the last look at it found. Several schools may say so of
-- one host; it is the one's whose proof is in the domain's DNS.
CREATE TABLE domains (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id uuid NOT NULL,
  host text NOT NULL CHECK (host = lower(host) AND host ~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$' AND length(host) <= 253),
  token text NOT NULL CHECK (length(token) BETWEEN 20 AND 60), -- what the proof must say; no secret
  -- Of the record in the DNS: found, not there, another's, or the name servers did not answer.
  proof text NOT NULL DEFAULT 'unknown' CHECK (proof IN ('unknown', 'found', 'missing', 'different', 'unanswered')),
  -- Of who answers there: we, nobody, or somebody else.
  route text NOT NULL DEFAULT 'unknown' CHECK (route IN ('unknown', 'here', 'nowhere', 'elsewhere')),
  -- Since when each look found no proof, and another than us.
  unproven_since timestamptz,
  astray_since timestamptz,
  checked_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT domains_host_key UNIQUE (tenant_id, host)
);
SELECT app.protect('domains', 'SELECT, INSERT, DELETE, UPDATE (proof, route, unproven_since, astray_since, checked_at)');

-- Whose site a host is: proven ones. Everyone may read it, as the DNS says it too; only the tenant itself
-- adds its own, and only with the proof.
CREATE TABLE hosts (
  host text PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenants,
  CONSTRAINT hosts_tenant_key UNIQUE (host, tenant_id)
);
CREATE INDEX hosts_tenant ON hosts (tenant_id);
ALTER TABLE hosts ENABLE ROW LEVEL SECURITY;
ALTER TABLE hosts FORCE ROW LEVEL SECURITY;
CREATE POLICY face ON hosts FOR SELECT USING (true);
CREATE POLICY prove ON hosts FOR INSERT WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
CREATE POLICY release ON hosts FOR DELETE USING (tenant_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));
GRANT SELECT, INSERT, DELETE ON hosts TO wemaster_app, wemaster_worker;

CREATE FUNCTION app.host_proven() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM public.domains d WHERE d.tenant_id = NEW.tenant_id AND d.host = NEW.host AND d.proof = 'found') THEN
    RAISE EXCEPTION 'a host is whose proof was found' USING ERRCODE = 'check_violation', CONSTRAINT = 'host_proven';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER host_proven BEFORE INSERT ON hosts FOR EACH ROW EXECUTE FUNCTION app.host_proven();

-- The address that links lead to and the others lead on to; null: the subdomain. One of the tenant's own.
ALTER TABLE tenants ADD COLUMN domain text;
ALTER TABLE tenants ADD CONSTRAINT tenants_domain FOREIGN KEY (domain, id) REFERENCES hosts (host, tenant_id);
GRANT UPDATE (domain) ON tenants TO wemaster_app, wemaster_worker;

-- Who a school's mails come from. An address of its own has a key, which the domain's DNS must have (DKIM).
CREATE TABLE mail_senders (
  tenant_id uuid PRIMARY KEY REFERENCES tenants,
  name text NOT NULL DEFAULT '' CHECK (length(name) <= 80 AND name !~ '[[:cntrl:]]'), -- empty: the school's
  reply_to text NOT NULL DEFAULT '' CHECK (reply_to = lower(reply_to) AND length(reply_to) <= 254),
  address text CHECK (address = lower(address) AND address LIKE '_%@_%' AND length(address) <= 254),
  selector text CHECK (selector ~ '^[a-z0-9]{1,63}$'),
  public_key text CHECK (length(public_key) BETWEEN 100 AND 1000), -- base64
  private_key bytea, -- sealed
  -- Of the record in the DNS, as of a domain's.
  proof text NOT NULL DEFAULT 'unknown' CHECK (proof IN ('unknown', 'found', 'missing', 'different', 'unanswered')),
  checked_at timestamptz,
  CONSTRAINT mail_senders_own CHECK (num_nonnulls(address, selector, public_key, private_key) IN (0, 4) AND (address IS NOT NULL OR proof = 'unknown'))
);
SELECT app.protect('mail_senders', 'SELECT, INSERT, UPDATE');
