-- What is kept of people, and how it goes.

-- Somebody whom a school has forgotten, or is about to: their name and address went out of `members` into here
-- with the wish, and go from here with the rest. The object store has a mark of it too, so that a restored backup
-- forgets them again.
CREATE TABLE erasures (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL, -- the member
  account_id uuid, -- null once it is done
  name text NOT NULL DEFAULT '', -- until then
  email text NOT NULL DEFAULT '',
  by_id uuid NOT NULL, -- they themselves, or staff
  reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  requested_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, id) REFERENCES members,
  CONSTRAINT erasures_done CHECK ((done_at IS NULL) = (account_id IS NOT NULL) AND (done_at IS NULL) = (email <> ''))
);
SELECT app.protect('erasures', 'SELECT, INSERT, UPDATE');

-- Takes what the log says of a forgotten member out of it: it keeps that something was done, and by which number.
-- Can run again, for what was written while they were being forgotten.
CREATE FUNCTION app.erase_from_log(member uuid) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE here uuid := app.tenant();
BEGIN
  IF NOT EXISTS (SELECT 1 FROM public.members WHERE tenant_id = here AND id = member AND status = 'erased') THEN RETURN; END IF;
  UPDATE public.audit_entries SET actor_name = '', client = '', who_salt = NULL WHERE tenant_id = here AND actor_id = member AND who_salt IS NOT NULL;
  UPDATE public.audit_entries SET as_name = '', as_salt = NULL WHERE tenant_id = here AND as_id = member AND as_salt IS NOT NULL;
  UPDATE public.audit_entries SET label = '', before = '', after = '', what_salt = NULL
    WHERE tenant_id = here AND about_id = member AND what_salt IS NOT NULL;
END $$;

-- Who was forgotten stays so: what was under way while it happened comes too late.
CREATE FUNCTION app.stay_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'this member was erased' USING ERRCODE = 'check_violation', CONSTRAINT = 'members_stay_erased';
END $$;
CREATE TRIGGER stay_erased BEFORE UPDATE ON members FOR EACH ROW WHEN (OLD.status = 'erased') EXECUTE FUNCTION app.stay_erased();

-- Erases what is known of a member whose erasure was wished: everything but the books, in which they are a number.
-- Can run twice. As the owner, because books and logs are nobody's to change otherwise.
CREATE FUNCTION app.erase_member(member uuid) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  here uuid := app.tenant();
  whose record;
BEGIN
  SELECT e.account_id, e.name, e.email INTO whose FROM public.erasures e
    JOIN public.members m ON m.tenant_id = e.tenant_id AND m.id = e.id AND m.status = 'erased'
    WHERE e.tenant_id = here AND e.id = member AND e.done_at IS NULL FOR UPDATE OF e;
  IF NOT FOUND THEN RETURN; END IF;

  -- Getting in.
  DELETE FROM public.login_sessions WHERE tenant_id = here AND member_id = member;
  DELETE FROM public.trusted_devices WHERE tenant_id = here AND account_id = whose.account_id;
  DELETE FROM public.login_challenges WHERE tenant_id = here AND account_id = whose.account_id;
  DELETE FROM public.member_identities WHERE tenant_id = here AND member_id = member;
  DELETE FROM public.email_proofs WHERE tenant_id = here AND email = whose.email;
  DELETE FROM public.invitations WHERE tenant_id = here AND email = whose.email;
  DELETE FROM public.member_imports WHERE tenant_id = here AND (imported_by = member OR strpos(lower(rows), whose.email) > 0);
  DELETE FROM public.member_roles WHERE tenant_id = here AND member_id = member;

  -- Teaching: what was sold keeps its title, who sold it is nobody any more.
  UPDATE public.tutors SET slug = 'former-' || replace(member::text, '-', ''), headline = '', bio = '', teaches_from = '', languages = '{}',
    verified = false, published = false, search_text = '' WHERE tenant_id = here AND id = member;
  DELETE FROM public.qualifications WHERE tenant_id = here AND tutor_id = member;
  DELETE FROM public.availability_windows WHERE tenant_id = here AND tutor_id = member;
  DELETE FROM public.availability_exceptions WHERE tenant_id = here AND tutor_id = member;
  UPDATE public.schedules SET zone = 'UTC' WHERE tenant_id = here AND id = member;
  UPDATE public.offerings SET archived_at = coalesce(archived_at, now()) WHERE tenant_id = here AND tutor_id = member;
  UPDATE public.offering_versions v SET description = '', review_note = '' FROM public.offerings o
    WHERE v.tenant_id = here AND o.tenant_id = here AND o.id = v.offering_id AND o.tutor_id = member;
  PERFORM app.refresh_tutor(member);

  -- What they said.
  UPDATE public.reviews SET body = '' WHERE tenant_id = here AND student_id = member;
  UPDATE public.reviews SET reply = '' WHERE tenant_id = here AND tutor_id = member;

  -- What they were told, and what others were told of them.
  UPDATE public.mails SET to_name = '', to_address = '', subject = '', html = '', plain = '', ics = NULL,
      failure = CASE WHEN sent_at IS NULL AND failure = '' THEN 'erased' ELSE failure END
    WHERE tenant_id = here AND to_address <> '' AND (recipient_id = member OR lower(to_address) = whose.email OR cause IN (
      SELECT kind || b.id FROM public.bookings b JOIN public.lessons l ON l.tenant_id = here AND l.id = b.lesson_id,
        unnest(ARRAY['booking_confirmed:', 'booking_cancelled:']) AS kind WHERE b.tenant_id = here AND member IN (b.student_id, l.tutor_id)
      UNION ALL SELECT 'late_refunded:' || o.order_id FROM public.order_lines o WHERE o.tenant_id = here AND o.tutor_id = member
      UNION ALL SELECT 'refunded:' || r.id FROM public.refunds r JOIN public.order_lines o ON o.tenant_id = here AND o.order_id = r.order_id
        WHERE r.tenant_id = here AND o.tutor_id = member
      UNION ALL SELECT 'invitation:' || i.id || ':' || nth FROM public.invitations i, generate_series(1, i.mails) AS nth
        WHERE i.tenant_id = here AND i.invited_by = member));
  UPDATE public.invitations SET note = '' WHERE tenant_id = here AND invited_by = member;

  -- What was asked of the payment provider, and what it told.
  UPDATE public.payments p SET card = '' FROM public.orders o
    WHERE p.tenant_id = here AND o.tenant_id = here AND o.id = p.order_id AND o.student_id = member;
  UPDATE public.payments p SET request = '{}' FROM public.orders o JOIN public.order_lines l ON l.tenant_id = o.tenant_id AND l.order_id = o.id
    WHERE p.tenant_id = here AND o.tenant_id = here AND o.id = p.order_id AND member IN (o.student_id, l.tutor_id)
      AND p.status IN ('succeeded', 'expired');
  UPDATE public.stripe_events SET payload = '' WHERE tenant_id = here AND strpos(lower(payload), '"' || whose.email || '"') > 0;

  -- What they agreed to (0011).
  PERFORM app.erase_consents(member);

  PERFORM app.erase_from_log(member);
  UPDATE public.audit_entries SET label = '', before = '', after = '', what_salt = NULL
    WHERE tenant_id = here AND action LIKE 'invitation.%' AND lower(label) = whose.email;

  UPDATE public.erasures SET account_id = NULL, name = '', email = '', done_at = now() WHERE tenant_id = here AND id = member;
END $$;

-- Erases an account that is a member nowhere any more. Who is about to become one waits, or is seen.
CREATE FUNCTION app.erase_account(account uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.account', account::text, true);
  PERFORM 1 FROM public.accounts WHERE id = account FOR UPDATE;
  IF EXISTS (SELECT 1 FROM public.account_schools WHERE account_id = account) THEN RETURN false; END IF;
  DELETE FROM public.account_totp WHERE account_id = account;
  DELETE FROM public.account_recovery_codes WHERE account_id = account;
  DELETE FROM public.account_passkeys WHERE account_id = account;
  UPDATE public.accounts SET email = 'erased-' || account || '@erased.invalid', password_hash = NULL, login_epoch = login_epoch + 1
    WHERE id = account;
  RETURN true;
END $$;

-- What an account has that its owner may see.
CREATE FUNCTION app.account_told(account uuid)
RETURNS TABLE (id uuid, email text, password_changed_at timestamptz, created_at timestamptz) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS
$$ SELECT a.id, a.email, a.password_changed_at, a.created_at FROM public.accounts a WHERE a.id = account $$;

REVOKE ALL ON FUNCTION app.erase_from_log(uuid), app.erase_member(uuid), app.erase_account(uuid), app.account_told(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.erase_from_log(uuid), app.erase_member(uuid), app.erase_account(uuid) TO wemaster_worker;
GRANT EXECUTE ON FUNCTION app.account_told(uuid) TO wemaster_app;
