-- What the platform's operators do: the admins of the platform's own tenant.

ALTER TABLE tenants DROP CONSTRAINT tenants_status_check;
ALTER TABLE tenants
  -- suspended: nobody gets in, money that is open is still settled; deleted: nothing is left but this row.
  ADD CONSTRAINT tenants_status_check CHECK (status IN ('active', 'suspended', 'deleted')),
  ADD COLUMN status_reason text NOT NULL DEFAULT '' CHECK (length(status_reason) <= 500),
  ADD COLUMN delete_at timestamptz, -- when everything of it goes
  ADD COLUMN flags jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(flags) = 'object'), -- what it chose; the platform's: for all
  ADD COLUMN overrides jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(overrides) = 'object'), -- what the platform decided for it
  ADD CONSTRAINT tenants_delete_at CHECK (delete_at IS NULL OR status = 'suspended'),
  ADD CONSTRAINT tenants_platform CHECK (id <> '00000000-0000-7000-8000-000000000001' OR status = 'active');
GRANT UPDATE (flags) ON tenants TO wemaster_app;

-- The platform itself may invite into a school.
ALTER TABLE invitations ALTER COLUMN invited_by DROP NOT NULL;

-- Until when somebody of the platform is staff of a school, to help; null: a member of its own.
ALTER TABLE members ADD COLUMN until timestamptz, ADD CONSTRAINT members_visitor CHECK (until IS NULL OR staff_role_id IS NULL);

-- They hold no role: what they may ends with the hour.
CREATE FUNCTION app.visitors_hold_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM public.members m WHERE m.tenant_id = NEW.tenant_id AND m.id = NEW.member_id AND m.until IS NOT NULL) THEN
    RAISE EXCEPTION 'a visitor holds no role' USING ERRCODE = 'check_violation', CONSTRAINT = 'members_visitor';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER visitors_hold_nothing BEFORE INSERT ON member_roles FOR EACH ROW EXECUTE FUNCTION app.visitors_hold_nothing();

-- Each time that somebody of the platform came into a school. The school sees them in its audit log.
CREATE TABLE support_visits (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  member_id uuid NOT NULL, -- who they are at the school
  operator_id uuid NOT NULL, -- and at the platform
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  ticket bytea NOT NULL CHECK (octet_length(ticket) = 32), -- SHA-256; lets in once, for minutes
  ticket_until timestamptz NOT NULL,
  taken_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  until timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, member_id) REFERENCES members,
  CONSTRAINT support_visits_ticket_key UNIQUE (tenant_id, ticket)
);
CREATE INDEX support_visits_member ON support_visits (tenant_id, member_id);
SELECT app.protect('support_visits', 'SELECT, INSERT, UPDATE (taken_at)');

-- Whether this member of the platform's tenant is one of its operators now.
CREATE FUNCTION app.is_operator(operator uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  platform constant uuid := '00000000-0000-7000-8000-000000000001';
  here text := coalesce(current_setting('app.tenant', true), '');
  answer boolean;
BEGIN
  PERFORM set_config('app.tenant', platform::text, true);
  SELECT EXISTS (SELECT 1 FROM public.members m JOIN public.member_roles r ON r.tenant_id = m.tenant_id AND r.member_id = m.id AND r.role = 'admin'
    WHERE m.tenant_id = platform AND m.id = operator AND m.status = 'active') INTO answer;
  PERFORM set_config('app.tenant', here, true);
  RETURN answer;
END $$;

CREATE FUNCTION app.check_operator(operator uuid) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT app.is_operator(operator) THEN
    RAISE EXCEPTION 'only an operator may' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;

-- Suspends the transaction's tenant, lets it in again, or says when it goes; false when it is gone already.
CREATE FUNCTION app.set_standing(operator uuid, new_status text, reason text, goes_at timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM app.check_operator(operator);
  IF new_status NOT IN ('active', 'suspended') THEN
    RAISE EXCEPTION 'no such standing' USING ERRCODE = 'check_violation';
  END IF;
  UPDATE public.tenants SET status = new_status, status_reason = reason, delete_at = goes_at WHERE id = app.tenant() AND status <> 'deleted';
  RETURN FOUND;
END $$;

-- Decides about the transaction's tenant's flags.
CREATE FUNCTION app.set_overrides(operator uuid, decisions jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM app.check_operator(operator);
  UPDATE public.tenants SET overrides = decisions WHERE id = app.tenant();
END $$;

-- Decides how much the transaction's tenant may keep; with null, as it is configured.
CREATE FUNCTION app.set_quota(operator uuid, bytes bigint, configured bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM app.check_operator(operator);
  PERFORM app.set_storage_quota(configured);
  UPDATE public.tenant_storage SET decided_bytes = bytes WHERE tenant_id = app.tenant();
  PERFORM app.set_storage_quota(configured);
END $$;

-- Deletes everything of the transaction's tenant, whose time has come; its row stays, so that nobody else gets its
-- address. Of its members' accounts go those that are a member nowhere else. As the owner, because books and
-- logs are nobody's to delete otherwise. False when its time has not come.
CREATE FUNCTION app.delete_tenant() RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  here uuid := app.tenant();
  people uuid[];
  person uuid;
  waiting text[];
  stuck text[];
  tab text;
BEGIN
  PERFORM 1 FROM public.tenants WHERE id = here AND status = 'suspended' AND delete_at <= now() FOR UPDATE;
  IF NOT FOUND THEN RETURN false; END IF;
  -- Money that is under way comes first.
  IF EXISTS (SELECT 1 FROM public.payments WHERE tenant_id = here AND status IN ('created', 'open'))
     OR EXISTS (SELECT 1 FROM public.refunds WHERE tenant_id = here AND status = 'requested') THEN
    RAISE EXCEPTION 'money is under way' USING ERRCODE = 'check_violation', CONSTRAINT = 'tenants_open_money';
  END IF;
  DELETE FROM graphile_worker._private_jobs WHERE payload ->> 'tenant' = here::text AND locked_at IS NULL;
  -- Circles are cut first.
  UPDATE public.tenants SET domain = NULL, logo_id = NULL WHERE id = here;
  UPDATE public.members SET photo_id = NULL WHERE tenant_id = here AND photo_id IS NOT NULL;
  UPDATE public.tutors SET lesson_variant_id = NULL WHERE tenant_id = here AND lesson_variant_id IS NOT NULL;
  UPDATE public.offerings SET live_version_id = NULL WHERE tenant_id = here AND live_version_id IS NOT NULL;
  SELECT array_agg(account_id ORDER BY account_id) INTO people FROM public.members WHERE tenant_id = here AND account_id IS NOT NULL;
  -- What counts uploads goes after them.
  SELECT array_agg(c.relname ORDER BY c.relname = 'tenant_storage', c.relname) INTO waiting FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p');
  -- Every table, whichever there are: what others still point to waits for the next round.
  WHILE cardinality(waiting) > 0 LOOP
    stuck := '{}';
    FOREACH tab IN ARRAY waiting LOOP
      BEGIN
        EXECUTE format('DELETE FROM public.%I WHERE tenant_id = $1', tab) USING here;
      EXCEPTION WHEN foreign_key_violation OR check_violation THEN
        stuck := stuck || tab;
      END;
    END LOOP;
    IF cardinality(stuck) = cardinality(waiting) THEN
      RAISE EXCEPTION 'tables of a tenant hold each other: %', stuck;
    END IF;
    waiting := stuck;
  END LOOP;
  FOREACH person IN ARRAY coalesce(people, '{}') LOOP
    PERFORM app.erase_account(person);
  END LOOP;
  UPDATE public.tenants SET status = 'deleted', name = slug, tagline = '', status_reason = '', delete_at = NULL, listed = false,
    flags = '{}', overrides = '{}' WHERE id = here;
  RETURN true;
END $$;

-- ── Jobs ────────────────────────────────────────────────────────────────────────────────────

-- How many jobs there are of each kind, and since when the first one waits that could run.
CREATE FUNCTION app.job_figures(operator uuid)
RETURNS TABLE (task text, waiting bigint, running bigint, retrying bigint, failed bigint, oldest timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM app.check_operator(operator);
  RETURN QUERY SELECT t.identifier, count(*) FILTER (WHERE j.is_available AND j.attempts = 0), count(*) FILTER (WHERE j.locked_at IS NOT NULL),
      count(*) FILTER (WHERE j.is_available AND j.attempts > 0), count(*) FILTER (WHERE j.locked_at IS NULL AND j.attempts >= j.max_attempts),
      min(j.run_at) FILTER (WHERE j.is_available AND j.run_at <= now())
    FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id GROUP BY t.identifier ORDER BY t.identifier;
END $$;

-- Jobs that failed at least once, those that gave up first, the latest first.
CREATE FUNCTION app.troubled_jobs(operator uuid, most integer)
RETURNS TABLE (id bigint, task text, tenant uuid, attempts smallint, max_attempts smallint, last_error text, run_at timestamptz, created_at timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM app.check_operator(operator);
  RETURN QUERY SELECT j.id, t.identifier, nullif(j.payload ->> 'tenant', '')::uuid, j.attempts, j.max_attempts, j.last_error, j.run_at, j.created_at
    FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    WHERE j.locked_at IS NULL AND j.attempts > 0
    ORDER BY j.attempts >= j.max_attempts DESC, j.updated_at DESC, j.id LIMIT most;
END $$;

-- Has a job that failed run again at once with all its tries, or removes it; its kind, or null when it is running or gone.
CREATE FUNCTION app.settle_job(operator uuid, job bigint, again boolean) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE kind text;
BEGIN
  PERFORM app.check_operator(operator);
  SELECT t.identifier INTO kind FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    WHERE j.id = job AND j.locked_at IS NULL AND j.attempts > 0 FOR UPDATE OF j SKIP LOCKED;
  IF kind IS NULL THEN
    RETURN NULL;
  ELSIF again THEN
    PERFORM graphile_worker.reschedule_jobs(ARRAY[job], now(), NULL, 0, NULL);
  ELSE
    PERFORM graphile_worker.complete_jobs(ARRAY[job]);
  END IF;
  RETURN kind;
END $$;

REVOKE ALL ON FUNCTION app.is_operator(uuid), app.check_operator(uuid), app.set_standing(uuid, text, text, timestamptz), app.set_overrides(uuid, jsonb),
  app.set_quota(uuid, bigint, bigint), app.delete_tenant(), app.job_figures(uuid), app.troubled_jobs(uuid, integer), app.settle_job(uuid, bigint, boolean)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.is_operator(uuid), app.set_standing(uuid, text, text, timestamptz), app.set_overrides(uuid, jsonb), app.set_quota(uuid, bigint, bigint),
  app.job_figures(uuid), app.troubled_jobs(uuid, integer), app.settle_job(uuid, bigint, boolean) TO wemaster_app;
GRANT EXECUTE ON FUNCTION app.delete_tenant() TO wemaster_worker;
