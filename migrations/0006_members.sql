-- How people come into a school by its own hand.

-- Somebody whom the school wants as a member. The mail's link carries the ticket; whoever holds it has the
-- mailbox. The row goes when the invitation is accepted or withdrawn.
CREATE TABLE invitations (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id uuid NOT NULL,
  ticket bytea NOT NULL CHECK (octet_length(ticket) = 32), -- SHA-256
  secret bytea NOT NULL, -- the ticket for the mail; sealed
  email text NOT NULL CHECK (email = lower(email)),
  name text NOT NULL CHECK (length(name) <= 80), -- may be empty
  roles text[] NOT NULL CHECK (roles <@ ARRAY['student', 'tutor', 'admin']),
  staff_role_id uuid,
  note text NOT NULL CHECK (length(note) <= 500),
  invited_by uuid NOT NULL,
  mails integer NOT NULL DEFAULT 1 CHECK (mails > 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  sent_at timestamptz NOT NULL DEFAULT now(), -- the last mail
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT invitations_email_key UNIQUE (tenant_id, email),
  CONSTRAINT invitations_ticket_key UNIQUE (tenant_id, ticket),
  CONSTRAINT invitations_something CHECK (cardinality(roles) > 0 OR staff_role_id IS NOT NULL),
  CONSTRAINT invitations_staff_role FOREIGN KEY (tenant_id, staff_role_id) REFERENCES staff_roles,
  FOREIGN KEY (tenant_id, invited_by) REFERENCES members
);
CREATE INDEX invitations_latest ON invitations (tenant_id, created_at DESC, id DESC);
CREATE INDEX invitations_staff_role_of ON invitations (tenant_id, staff_role_id) WHERE staff_role_id IS NOT NULL;
SELECT app.protect('invitations', 'SELECT, INSERT, UPDATE, DELETE');

-- A list of people about to be invited, as it was pasted or sent as a file. Each look at it says afresh which
-- lines can be invited. Kept for a day, one for each member.
CREATE TABLE member_imports (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id uuid NOT NULL,
  imported_by uuid NOT NULL,
  rows text NOT NULL CHECK (octet_length(rows) <= 262144),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT member_imports_one UNIQUE (tenant_id, imported_by), -- somebody's next list replaces theirs
  FOREIGN KEY (tenant_id, imported_by) REFERENCES members
);
SELECT app.protect('member_imports', 'SELECT, INSERT, UPDATE, DELETE');
