-- The audit log.

-- What was done that somebody may have to answer for. Append-only; each entry carries the
-- SHA-256 of itself and of the one before, so that a changed, removed or moved one is found.
--
-- What it says of people stands beside the chain: the hash covers three digests, salted: of who did it, as whom, and of what
-- was done. When somebody is erased their part goes with its salt, the digest stays, and the chain still holds.
CREATE TABLE audit_entries (
  tenant_id uuid NOT NULL REFERENCES tenants,
  number bigint NOT NULL CHECK (number > 0), -- without gaps
  at timestamptz NOT NULL,
  actor_id uuid, -- the member; null: nobody was signed in
  as_id uuid, -- the member as whom staff saw the site
  about_id uuid, -- the member whom it is about, if it is about one
  action text NOT NULL CHECK (action ~ '^[a-z_]+\.[a-z_]+$'),
  object text NOT NULL DEFAULT '', -- what it was done to: a kind and an id
  -- Who: the name, and the network address. Null salt: erased.
  actor_name text NOT NULL,
  client text NOT NULL,
  who_salt bytea CHECK (octet_length(who_salt) = 16),
  who_digest bytea NOT NULL CHECK (octet_length(who_digest) = 32),
  -- As whom. Null salt: erased.
  as_name text NOT NULL,
  as_salt bytea CHECK (octet_length(as_salt) = 16),
  as_digest bytea NOT NULL CHECK (octet_length(as_digest) = 32),
  -- What. Null salt: erased.
  label text NOT NULL DEFAULT '', -- how people call that
  before text NOT NULL DEFAULT '', -- JSON, what differs
  after text NOT NULL DEFAULT '',
  what_salt bytea CHECK (octet_length(what_salt) = 16),
  what_digest bytea NOT NULL CHECK (octet_length(what_digest) = 32),
  previous bytea NOT NULL CHECK (octet_length(previous) = 32),
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (tenant_id, number)
);
CREATE INDEX audit_entries_actor ON audit_entries (tenant_id, actor_id);
CREATE INDEX audit_entries_about ON audit_entries (tenant_id, about_id);
CREATE INDEX audit_entries_action ON audit_entries (tenant_id, action, number);
SELECT app.protect('audit_entries', 'SELECT, INSERT');

-- The end of each tenant's chain. Locked while an entry is added; it tells of a removed end.
CREATE TABLE audit_heads (
  tenant_id uuid NOT NULL REFERENCES tenants,
  number bigint NOT NULL CHECK (number >= 0), -- of the last entry
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (tenant_id)
);
SELECT app.protect('audit_heads', 'SELECT, INSERT, UPDATE');
