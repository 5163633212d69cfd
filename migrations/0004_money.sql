-- Payments, refunds, Stripe's events, the ledger.

-- The collection of an order's money through a Checkout Session.
--   created → open → succeeded | expired
-- An expired one that Stripe collected after all succeeds; a succeeded one stays so.
-- `request` is what was asked of Stripe, word for word: a repeat under the same idempotency key
-- (`id:attempt`) must say the same. Stripe answers the same to a key for a day, also that it failed:
-- once it has refused or failed, the next attempt has a key of its own. Without an answer it does not.
CREATE TABLE payments (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('created', 'open', 'succeeded', 'expired')),
  currency text NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  request jsonb NOT NULL,
  attempt smallint NOT NULL DEFAULT 0,
  fee_minor bigint CHECK (fee_minor >= 0), -- Stripe's, known once the charge's balance transaction is
  fee_currency text, -- what Stripe pays out in
  checkout_session text,
  checkout_url text,
  payment_intent text,
  charge text,
  card text NOT NULL DEFAULT '', -- brand and last four, for people
  created_at timestamptz NOT NULL DEFAULT now(),
  succeeded_at timestamptz,
  checked_at timestamptz NOT NULL DEFAULT now(), -- when the sweeper last looked
  CHECK ((status = 'succeeded') = (succeeded_at IS NOT NULL)),
  CHECK (status <> 'succeeded' OR payment_intent IS NOT NULL),
  CHECK (status <> 'open' OR (checkout_session IS NOT NULL AND checkout_url IS NOT NULL)),
  CHECK ((fee_minor IS NULL) = (fee_currency IS NULL)),
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT payments_order_key UNIQUE (tenant_id, order_id),
  CONSTRAINT payments_session_key UNIQUE (tenant_id, checkout_session),
  CONSTRAINT payments_intent_key UNIQUE (tenant_id, payment_intent),
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders
);
SELECT app.protect('payments', 'SELECT, INSERT');
CREATE INDEX payments_unsettled ON payments (tenant_id, checked_at) WHERE status IN ('created', 'open');
CREATE INDEX payments_without_fee ON payments (tenant_id, checked_at) WHERE status = 'succeeded' AND fee_minor IS NULL;
GRANT UPDATE (status, attempt, fee_minor, fee_currency, checkout_session, checkout_url, payment_intent, charge, card, succeeded_at, checked_at) ON payments TO wemaster_app, wemaster_worker;

-- A payment only moves forward, whatever arrives in whatever order.
CREATE FUNCTION app.payment_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.status = 'succeeded' AND NEW.status <> 'succeeded') OR (OLD.status <> 'created' AND NEW.status = 'created')
     OR (OLD.status = 'expired' AND NEW.status = 'open') OR (OLD.checkout_session <> NEW.checkout_session) THEN
    RAISE EXCEPTION 'a payment moves forward only' USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_forward';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payment_forward BEFORE UPDATE ON payments FOR EACH ROW EXECUTE FUNCTION app.payment_forward();

-- requested → succeeded → failed, requested → failed: a bank may send money back after Stripe
-- has called the refund done. `id:attempt` is the idempotency key towards Stripe, as for payments.
-- One that failed stays owed; sending it again is another row, which `replaces` it.
CREATE TABLE refunds (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  payment_id uuid NOT NULL,
  order_id uuid NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  currency text NOT NULL,
  reason text NOT NULL CHECK (reason IN ('cancelled_by_student', 'cancelled_by_tutor', 'cancelled_by_admin', 'slot_taken')),
  status text NOT NULL DEFAULT 'requested' CHECK (status IN ('requested', 'succeeded', 'failed')),
  provider_refund text,
  attempt smallint NOT NULL DEFAULT 0,
  failure text NOT NULL DEFAULT '', -- Stripe's reason
  replaces uuid, -- the failed refund that is sent again
  requested_at timestamptz NOT NULL DEFAULT now(),
  settled_at timestamptz, -- when it succeeded or failed
  checked_at timestamptz NOT NULL DEFAULT now(), -- when Stripe was last asked
  CHECK ((status = 'requested') = (settled_at IS NULL)),
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT refunds_provider_key UNIQUE (tenant_id, provider_refund),
  CONSTRAINT refunds_replaces_key UNIQUE (tenant_id, replaces),
  FOREIGN KEY (tenant_id, payment_id) REFERENCES payments,
  FOREIGN KEY (tenant_id, replaces) REFERENCES refunds,
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders
);
CREATE INDEX refunds_order ON refunds (tenant_id, order_id);
CREATE INDEX refunds_payment ON refunds (tenant_id, payment_id);
CREATE INDEX refunds_open ON refunds (tenant_id, checked_at) WHERE status = 'requested';
-- A bank may send one back for weeks: the sweeper asks once a day.
CREATE INDEX refunds_done ON refunds (tenant_id, settled_at, checked_at) WHERE status = 'succeeded';
SELECT app.protect('refunds', 'SELECT, INSERT');
GRANT UPDATE (status, attempt, provider_refund, failure, settled_at, checked_at) ON refunds TO wemaster_app, wemaster_worker;

CREATE FUNCTION app.refund_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'failed' AND NEW.status <> 'failed' OR OLD.status = 'succeeded' AND NEW.status = 'requested' THEN
    RAISE EXCEPTION 'a refund moves forward only' USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_forward';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refund_forward BEFORE UPDATE ON refunds FOR EACH ROW EXECUTE FUNCTION app.refund_forward();

-- Never give back more than was taken, whoever asks. The payment's row is locked, so parallel
-- refunds of one payment are counted one after the other. What is promised counts, also while it
-- fails; sending it again promises nothing more.
CREATE FUNCTION app.refund_bound() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE taken bigint; given bigint;
BEGIN
  SELECT amount_minor INTO taken FROM payments WHERE tenant_id = NEW.tenant_id AND id = NEW.payment_id AND status = 'succeeded' FOR UPDATE;
  IF NEW.replaces IS NOT NULL THEN
    IF NOT EXISTS (SELECT 1 FROM refunds WHERE tenant_id = NEW.tenant_id AND id = NEW.replaces AND payment_id = NEW.payment_id
                   AND status = 'failed' AND amount_minor = NEW.amount_minor AND currency = NEW.currency) THEN
      RAISE EXCEPTION 'only what failed is sent again' USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_replaces';
    END IF;
    RETURN NEW;
  END IF;
  SELECT coalesce(sum(amount_minor), 0) INTO given FROM refunds
    WHERE tenant_id = NEW.tenant_id AND payment_id = NEW.payment_id AND replaces IS NULL;
  IF taken IS NULL OR given + NEW.amount_minor > taken THEN
    RAISE EXCEPTION 'refund above its payment' USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_bound';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refund_bound BEFORE INSERT ON refunds FOR EACH ROW EXECUTE FUNCTION app.refund_bound();

-- Stripe's events as they came, once each. Platform-wide: an event is stored before anyone
-- knows whose it is. The application cannot read the table, only hand in and take out one.
CREATE TABLE stripe_events (
  id text PRIMARY KEY,
  kind text NOT NULL,
  payload text NOT NULL,
  tenant_id uuid REFERENCES tenants,
  received_at timestamptz NOT NULL DEFAULT now(),
  deliveries integer NOT NULL DEFAULT 1
);

-- Stores an event; true when it is new. A duplicate only counts up.
CREATE FUNCTION app.record_stripe_event(event_id text, event_kind text, raw text, tenant uuid)
RETURNS boolean LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO public.stripe_events (id, kind, payload, tenant_id) VALUES (event_id, event_kind, raw, tenant)
  ON CONFLICT (id) DO UPDATE SET deliveries = public.stripe_events.deliveries + 1
  RETURNING deliveries = 1
$$;
REVOKE ALL ON FUNCTION app.record_stripe_event(text, text, text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.record_stripe_event(text, text, text, uuid) TO wemaster_app;

-- Empties events that came over 90 days ago, at most 1000 at a time: they name people. The row
-- stays, so that a late duplicate is known as one. Says how many.
CREATE INDEX stripe_events_kept ON stripe_events (received_at) WHERE payload <> '';
CREATE FUNCTION app.empty_stripe_events() RETURNS bigint LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH old AS (
    SELECT id FROM public.stripe_events WHERE payload <> '' AND received_at < now() - interval '90 days'
    ORDER BY received_at LIMIT 1000 FOR UPDATE SKIP LOCKED
  ), emptied AS (
    UPDATE public.stripe_events e SET payload = '' FROM old WHERE e.id = old.id RETURNING 1
  )
  SELECT count(*) FROM emptied
$$;
REVOKE ALL ON FUNCTION app.empty_stripe_events() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.empty_stripe_events() TO wemaster_worker;

-- ── Ledger ──────────────────────────────────────────────────────────────────────────────────

-- One account per kind, owner and currency. Debits are positive, credits negative.
CREATE TABLE ledger_accounts (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('stripe_clearing', 'tutor_escrow', 'tenant_revenue', 'stripe_fees', 'refunds_payable')),
  owner_id uuid, -- the tutor of an escrow account
  currency text NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, owner_id) REFERENCES members,
  CHECK ((kind = 'tutor_escrow') = (owner_id IS NOT NULL))
);
CREATE UNIQUE INDEX ledger_accounts_key ON ledger_accounts
  (tenant_id, kind, currency, coalesce(owner_id, '00000000-0000-0000-0000-000000000000'::uuid));
SELECT app.protect('ledger_accounts', 'SELECT, INSERT');

-- A movement of money. `cause` names the event that caused it ("payment:<id>"), so the same
-- event posts once however often it is handled.
CREATE TABLE ledger_transactions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('payment', 'stripe_fee', 'refund', 'refund_settled', 'refund_failed')),
  cause text NOT NULL,
  order_id uuid NOT NULL,
  posted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT ledger_transactions_cause_key UNIQUE (tenant_id, cause),
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders
);
CREATE INDEX ledger_transactions_order ON ledger_transactions (tenant_id, order_id);
CREATE INDEX ledger_transactions_posted ON ledger_transactions (tenant_id, posted_at, id);
SELECT app.protect('ledger_transactions', 'SELECT, INSERT');

CREATE TABLE ledger_entries (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  account_id uuid NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
  currency text NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, transaction_id) REFERENCES ledger_transactions,
  FOREIGN KEY (tenant_id, account_id) REFERENCES ledger_accounts
);
CREATE INDEX ledger_entries_transaction ON ledger_entries (tenant_id, transaction_id);
CREATE INDEX ledger_entries_account ON ledger_entries (tenant_id, account_id, id);
SELECT app.protect('ledger_entries', 'SELECT, INSERT');

-- Every transaction balances in every currency, and has entries, when it commits.
CREATE FUNCTION app.ledger_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE tx uuid;
BEGIN
  -- Two statements: one expression would need both columns in either table.
  IF TG_TABLE_NAME = 'ledger_entries' THEN tx := NEW.transaction_id; ELSE tx := NEW.id; END IF;
  IF NOT EXISTS (SELECT 1 FROM ledger_entries WHERE tenant_id = NEW.tenant_id AND transaction_id = tx)
     OR EXISTS (SELECT 1 FROM ledger_entries WHERE tenant_id = NEW.tenant_id AND transaction_id = tx
                GROUP BY currency HAVING sum(amount_minor) <> 0) THEN
    RAISE EXCEPTION 'ledger transaction % does not balance', tx USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_balanced';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_balanced AFTER INSERT ON ledger_entries DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.ledger_balanced();
CREATE CONSTRAINT TRIGGER ledger_balanced AFTER INSERT ON ledger_transactions DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION app.ledger_balanced();

-- An entry is in its account's currency.
CREATE FUNCTION app.ledger_currency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM ledger_accounts WHERE tenant_id = NEW.tenant_id AND id = NEW.account_id AND currency = NEW.currency) THEN
    RAISE EXCEPTION 'an entry is in its account''s currency' USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_currency';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ledger_currency BEFORE INSERT ON ledger_entries FOR EACH ROW EXECUTE FUNCTION app.ledger_currency();

-- ── Mail ────────────────────────────────────────────────────────────────────────────────────

-- Mails as rendered. `cause` keeps an event from mailing the same person twice.
CREATE TABLE mails (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id uuid NOT NULL,
  cause text NOT NULL,
  recipient_id uuid, -- null: not a member, or not yet
  to_name text NOT NULL DEFAULT '',
  to_address text NOT NULL,
  locale text NOT NULL,
  subject text NOT NULL,
  html text NOT NULL,
  plain text NOT NULL,
  ics text, -- attachment with its METHOD
  created_at timestamptz NOT NULL DEFAULT now(),
  queued_at timestamptz NOT NULL DEFAULT now(), -- when its job was last enqueued
  sent_at timestamptz,
  failure text NOT NULL DEFAULT '', -- why it never leaves
  secret_until timestamptz, -- carries a code or a link that works until then: not sent later, and emptied once it left
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT mails_cause_key UNIQUE NULLS NOT DISTINCT (tenant_id, cause, recipient_id),
  FOREIGN KEY (tenant_id, recipient_id) REFERENCES members
);
CREATE INDEX mails_created ON mails (tenant_id, created_at, id);
SELECT app.protect('mails', 'SELECT, INSERT');
GRANT UPDATE (sent_at, failure, queued_at) ON mails TO wemaster_app, wemaster_worker;
-- The sweeper finds those whose job gave up.
CREATE INDEX mails_waiting ON mails (tenant_id, queued_at) WHERE sent_at IS NULL AND failure = '';
-- The worker empties old ones. Row and cause stay, so that nobody gets one twice.
CREATE INDEX mails_kept ON mails (tenant_id, created_at) WHERE to_address <> '';
GRANT UPDATE (to_name, to_address, subject, html, plain, ics) ON mails TO wemaster_worker;
