-- Two members of a school who are one person: they signed up again, with another address.

-- Who they are now. The row of who was merged keeps the address, so that its owner is told where they are, and the
-- account, so that it becomes nobody new here.
ALTER TABLE members
  DROP CONSTRAINT members_status_check,
  ADD CONSTRAINT members_status_check CHECK (status IN ('active', 'suspended', 'erased', 'merged')),
  ADD COLUMN merged_into uuid,
  ADD CONSTRAINT members_merged CHECK ((status = 'merged') = (merged_into IS NOT NULL) AND merged_into <> id),
  ADD CONSTRAINT members_merged_into FOREIGN KEY (tenant_id, merged_into) REFERENCES members;
CREATE INDEX members_merged_into_of ON members (tenant_id, merged_into) WHERE merged_into IS NOT NULL;

-- Who was merged stays so, until they are erased with who they are.
CREATE FUNCTION app.stay_merged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'this member was merged' USING ERRCODE = 'check_violation', CONSTRAINT = 'members_stay_merged';
END $$;
CREATE TRIGGER stay_merged BEFORE UPDATE ON members FOR EACH ROW
  WHEN (OLD.status = 'merged' AND NEW.status NOT IN ('merged', 'erased')) EXECUTE FUNCTION app.stay_merged();

-- Nothing new begins for who was merged: what was under way finds nobody. The argument names the column.
CREATE FUNCTION app.nobody_merged() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE now_is text;
BEGIN
  -- Waits for whoever merges them now.
  SELECT m.status INTO now_is FROM public.members m
    WHERE m.tenant_id = NEW.tenant_id AND m.id = (to_jsonb(NEW) ->> TG_ARGV[0])::uuid FOR KEY SHARE;
  IF now_is = 'merged' THEN
    RAISE EXCEPTION 'this member was merged' USING ERRCODE = 'check_violation', CONSTRAINT = 'members_stay_merged';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER nobody_merged BEFORE INSERT ON member_roles FOR EACH ROW EXECUTE FUNCTION app.nobody_merged('member_id');
CREATE TRIGGER nobody_merged BEFORE INSERT ON login_sessions FOR EACH ROW EXECUTE FUNCTION app.nobody_merged('member_id');
CREATE TRIGGER nobody_merged BEFORE INSERT ON member_identities FOR EACH ROW EXECUTE FUNCTION app.nobody_merged('member_id');
CREATE TRIGGER nobody_merged BEFORE INSERT ON member_imports FOR EACH ROW EXECUTE FUNCTION app.nobody_merged('imported_by');
CREATE TRIGGER nobody_merged BEFORE INSERT ON tutors FOR EACH ROW EXECUTE FUNCTION app.nobody_merged('id');
CREATE TRIGGER nobody_merged BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION app.nobody_merged('student_id');
CREATE TRIGGER nobody_merged BEFORE INSERT ON bookings FOR EACH ROW EXECUTE FUNCTION app.nobody_merged('student_id');
CREATE TRIGGER nobody_merged BEFORE INSERT ON trials FOR EACH ROW EXECUTE FUNCTION app.nobody_merged('student_id');
CREATE TRIGGER nobody_merged BEFORE INSERT ON reviews FOR EACH ROW EXECUTE FUNCTION app.nobody_merged('student_id');
CREATE TRIGGER nobody_merged BEFORE INSERT ON age_statements FOR EACH ROW EXECUTE FUNCTION app.nobody_merged('member_id');
CREATE TRIGGER nobody_merged BEFORE INSERT ON uploads FOR EACH ROW EXECUTE FUNCTION app.nobody_merged('owner_id');

-- What was cancelled stays so, by whom and when; only that who did it may turn out to be somebody else's duplicate.
CREATE OR REPLACE FUNCTION app.booking_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'cancelled' AND ((NEW.status, NEW.cancelled_at) IS DISTINCT FROM (OLD.status, OLD.cancelled_at)
       OR NEW.cancelled_by IS DISTINCT FROM OLD.cancelled_by AND NOT EXISTS (SELECT 1 FROM public.members m
         WHERE m.tenant_id = OLD.tenant_id AND m.id = OLD.cancelled_by AND m.merged_into = NEW.cancelled_by)) THEN
    RAISE EXCEPTION 'a booking moves forward only' USING ERRCODE = 'check_violation', CONSTRAINT = 'bookings_forward';
  END IF;
  RETURN NEW;
END $$;

-- Makes `duplicate` one with `survivor`. What becomes of each reference to a member is declared in
-- domain::members::merging, which the suite holds against the catalogue of the database.
--
-- Locks the two members by id, then the orders of who goes by id, as everybody does who pays, holds and cancels.
-- As the owner, because orders and bookings are nobody's to change otherwise.
CREATE FUNCTION app.merge_members(survivor uuid, duplicate uuid) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  here uuid := app.tenant();
  gone record;
  tutor uuid;
BEGIN
  PERFORM 1 FROM public.members WHERE tenant_id = here AND id IN (survivor, duplicate) ORDER BY id FOR NO KEY UPDATE;
  -- Whole, so that nothing that needs them begins meanwhile.
  SELECT m.account_id, m.email, m.locale, m.zone, m.photo_id INTO gone FROM public.members m
    WHERE m.tenant_id = here AND m.id = duplicate AND m.status IN ('active', 'suspended') AND m.until IS NULL FOR UPDATE;
  IF NOT FOUND OR survivor = duplicate
     OR NOT EXISTS (SELECT 1 FROM public.members WHERE tenant_id = here AND id = survivor AND status = 'active' AND until IS NULL) THEN
    RAISE EXCEPTION 'these two cannot become one' USING ERRCODE = 'check_violation', CONSTRAINT = 'merge_standing';
  END IF;
  PERFORM 1 FROM public.orders WHERE tenant_id = here AND student_id = duplicate ORDER BY id FOR NO KEY UPDATE;
  -- What a tutor offers, promised and earned is one calendar and one account of the books: it stays where it is.
  IF EXISTS (SELECT 1 FROM public.tutors WHERE tenant_id = here AND id = duplicate) THEN
    RAISE EXCEPTION 'a tutor is the one who stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'merge_tutor';
  END IF;
  -- A guardian's word, and the link by which it is taken back, are about this one.
  IF EXISTS (SELECT 1 FROM public.guardian_consents WHERE tenant_id = here AND member_id = duplicate) THEN
    RAISE EXCEPTION 'who has a guardian is the one who stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'merge_guardian';
  END IF;
  IF EXISTS (SELECT 1 FROM public.orders o JOIN public.order_lines l ON l.tenant_id = here AND l.order_id = o.id
             WHERE o.tenant_id = here AND o.student_id = duplicate AND l.tutor_id = survivor) THEN
    RAISE EXCEPTION 'nobody has bought from themselves' USING ERRCODE = 'check_violation', CONSTRAINT = 'merge_own_lessons';
  END IF;

  -- Who they are.
  UPDATE public.members SET status = 'merged', merged_into = survivor, staff_role_id = NULL, photo_id = NULL
    WHERE tenant_id = here AND id = duplicate;
  UPDATE public.members SET merged_into = survivor WHERE tenant_id = here AND merged_into = duplicate;
  UPDATE public.members SET locale = coalesce(locale, gone.locale), zone = coalesce(zone, gone.zone), photo_id = coalesce(photo_id, gone.photo_id)
    WHERE tenant_id = here AND id = survivor;
  -- To learn is what everybody may; what staff and tutors may is not handed on.
  INSERT INTO public.member_roles (tenant_id, member_id, role)
    SELECT here, survivor, role FROM public.member_roles WHERE tenant_id = here AND member_id = duplicate AND role = 'student'
    ON CONFLICT DO NOTHING;
  DELETE FROM public.member_roles WHERE tenant_id = here AND member_id = duplicate;

  -- Getting in.
  DELETE FROM public.login_sessions WHERE tenant_id = here AND (member_id = duplicate OR impersonator_id = duplicate);
  DELETE FROM public.trusted_devices WHERE tenant_id = here AND account_id = gone.account_id;
  DELETE FROM public.login_challenges WHERE tenant_id = here AND account_id = gone.account_id;
  DELETE FROM public.member_identities WHERE tenant_id = here AND member_id = duplicate;
  DELETE FROM public.email_proofs WHERE tenant_id = here AND email = gone.email;
  DELETE FROM public.invitations WHERE tenant_id = here AND email = gone.email;
  DELETE FROM public.member_imports WHERE tenant_id = here AND imported_by = duplicate;

  -- What they bought, and what they said and sent.
  UPDATE public.orders SET student_id = survivor WHERE tenant_id = here AND student_id = duplicate;
  UPDATE public.bookings SET student_id = survivor, cancelled_by = CASE WHEN cancelled_by = duplicate THEN survivor ELSE cancelled_by END
    WHERE tenant_id = here AND student_id = duplicate;
  DELETE FROM public.trials d USING public.trials s
    WHERE d.tenant_id = here AND d.student_id = duplicate AND s.tenant_id = here AND s.student_id = survivor AND s.tutor_id = d.tutor_id;
  UPDATE public.trials SET student_id = survivor WHERE tenant_id = here AND student_id = duplicate;
  UPDATE public.reviews SET student_id = survivor WHERE tenant_id = here AND student_id = duplicate;
  UPDATE public.uploads SET owner_id = survivor WHERE tenant_id = here AND owner_id = duplicate;

  -- Of two words about age the one that asks for more care counts.
  INSERT INTO public.age_statements AS own (tenant_id, member_id, age, of_age, stated_at)
    SELECT here, survivor, age, of_age, stated_at FROM public.age_statements WHERE tenant_id = here AND member_id = duplicate
    ON CONFLICT (tenant_id, member_id) DO UPDATE SET age = excluded.age, of_age = false, stated_at = excluded.stated_at
      WHERE own.of_age AND NOT excluded.of_age;
  DELETE FROM public.age_statements WHERE tenant_id = here AND member_id = duplicate;

  -- Whom a tutor taught, and who came back, is counted by person.
  FOR tutor IN SELECT DISTINCT l.tutor_id FROM public.bookings b JOIN public.lessons l ON l.tenant_id = here AND l.id = b.lesson_id
               WHERE b.tenant_id = here AND b.student_id = survivor ORDER BY 1 LOOP
    PERFORM app.refresh_tutor(tutor);
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION app.merge_members(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.merge_members(uuid, uuid) TO wemaster_app;
