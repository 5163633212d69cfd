-- Signing in elsewhere: whom a school trusts to say who somebody is, and who that is here.

-- A provider of a school's own: it is the school's agreement with Google, Apple, Facebook, or whoever speaks
-- OpenID Connect.
CREATE TABLE identity_providers (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('google', 'apple', 'facebook', 'open_id')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  issuer text NOT NULL CHECK (length(issuer) BETWEEN 8 AND 2048),
  client_id text NOT NULL CHECK (length(client_id) BETWEEN 1 AND 255),
  secret bytea, -- the client secret, or Apple's key; sealed. Null: PKCE alone
  apple_team text,
  apple_key text, -- the key's id
  enabled boolean NOT NULL,
  revision bigint NOT NULL DEFAULT (extract(epoch FROM clock_timestamp()) * 1000000), -- another with every change, also of one that came back
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT identity_providers_issuer_key UNIQUE (tenant_id, issuer),
  CONSTRAINT identity_providers_secret CHECK (secret IS NOT NULL OR kind = 'open_id'),
  CONSTRAINT identity_providers_apple CHECK ((kind = 'apple') = (apple_team IS NOT NULL) AND (kind = 'apple') = (apple_key IS NOT NULL))
);
SELECT app.protect('identity_providers', 'SELECT, INSERT, UPDATE, DELETE');

-- Who a member is elsewhere: the pair of issuer and subject, never an address. It is the member's at this school
-- and opens no other: schools choose their issuers themselves.
CREATE TABLE member_identities (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL,
  issuer text NOT NULL,
  subject text NOT NULL CHECK (octet_length(subject) BETWEEN 1 AND 255),
  label text NOT NULL DEFAULT '' CHECK (length(label) <= 254), -- the address or the name there, for its owner's list
  created_at timestamptz NOT NULL DEFAULT now(),
  used_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT member_identities_subject_key UNIQUE (tenant_id, issuer, subject),
  CONSTRAINT member_identities_one UNIQUE (tenant_id, member_id, issuer),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members ON DELETE CASCADE
);
SELECT app.protect('member_identities', 'SELECT, INSERT, UPDATE, DELETE');
