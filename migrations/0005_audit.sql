-- The audit log.

-- What was done that somebody may have to answer for. Append-only; each entry carries the
-- SHA-256 of itself and of the one before, so that a changed, removed or moved one is found.
CREATE TABLE audit_entries (
  tenant_id uuid NOT NULL REFERENCES tenants,
  number bigint NOT NULL CHECK (number > 0), -- without gaps
  at timestamptz NOT NULL,
  actor_id uuid, -- the member; null: nobody was signed in
  actor_name text NOT NULL,
  action text NOT NULL CHECK (action ~ '^[a-z_]+\.[a-z_]+$'),
  object text NOT NULL DEFAULT '', -- what it was done to: a kind and an id
  label text NOT NULL DEFAULT '', -- how people call that
  before text NOT NULL DEFAULT '', -- JSON, what differs
  after text NOT NULL DEFAULT '',
  client text NOT NULL DEFAULT '', -- network address
  previous bytea NOT NULL CHECK (octet_length(previous) = 32),
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (tenant_id, number)
);
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
