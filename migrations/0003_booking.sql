-- Orders, claims on time, lessons, bookings, reviews.

-- What was bought, frozen at purchase with the policy and the fees of that moment.
--   pending → paid → partly_refunded → refunded; paid → refunded
--   pending → lapsed (the hold ran out, or the lesson could not be booked)
--   pending → cancelled (the buyer gave the hold back)
--   lapsed | cancelled → paid (paid all the same, and the slot was still free) | refunded (it was not)
CREATE TABLE orders (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  number bigint NOT NULL,
  student_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('pending', 'paid', 'lapsed', 'cancelled', 'partly_refunded', 'refunded')),
  currency text NOT NULL,
  total_minor bigint NOT NULL CHECK (total_minor > 0),
  policy jsonb NOT NULL,
  commission_bps integer NOT NULL CHECK (commission_bps BETWEEN 0 AND 10000),
  created_at timestamptz NOT NULL DEFAULT now(),
  paid_at timestamptz,
  receipt_number bigint,
  CHECK ((receipt_number IS NULL) = (paid_at IS NULL)),
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT orders_number_key UNIQUE (tenant_id, number),
  FOREIGN KEY (tenant_id, student_id) REFERENCES members
);
-- Partial, so that writing the number is no change of a key: it never waits for the rows that
-- are being written with a reference to this order.
CREATE UNIQUE INDEX orders_receipt_key ON orders (tenant_id, receipt_number) WHERE receipt_number IS NOT NULL;
CREATE INDEX orders_student ON orders (tenant_id, student_id, id);
CREATE INDEX orders_created ON orders (tenant_id, created_at, id);
CREATE INDEX orders_paid ON orders (tenant_id, paid_at) WHERE paid_at IS NOT NULL;
SELECT app.protect('orders', 'SELECT, INSERT');
GRANT UPDATE (status, paid_at, receipt_number) ON orders TO wemaster_app, wemaster_worker;

-- An order only moves forward, and is paid once, whatever arrives in whatever order.
CREATE FUNCTION app.order_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
       ('pending', 'paid'), ('pending', 'lapsed'), ('pending', 'cancelled'), ('lapsed', 'paid'), ('lapsed', 'refunded'),
       ('cancelled', 'paid'), ('cancelled', 'refunded'), ('paid', 'partly_refunded'), ('paid', 'refunded'), ('partly_refunded', 'refunded'))
     OR OLD.paid_at IS NOT NULL AND (NEW.paid_at, NEW.receipt_number) IS DISTINCT FROM (OLD.paid_at, OLD.receipt_number) THEN
    RAISE EXCEPTION 'an order moves forward only' USING ERRCODE = 'check_violation', CONSTRAINT = 'orders_forward';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER order_forward BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION app.order_forward();

-- One line: a lesson at a time. Immutable; the names are the ones of that day.
CREATE TABLE order_lines (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  tutor_id uuid NOT NULL,
  offering_id uuid NOT NULL,
  variant_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('one_on_one', 'trial')),
  title text NOT NULL,
  tutor_name text NOT NULL,
  duration_minutes smallint NOT NULL,
  price_minor bigint NOT NULL CHECK (price_minor > 0),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
  gap_minutes smallint NOT NULL CHECK (gap_minutes >= 0), -- the free time that must follow
  wall_start timestamp NOT NULL, -- on the tutor's clock
  zone text NOT NULL,            -- the tutor's
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT order_lines_order_key UNIQUE (tenant_id, order_id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders,
  FOREIGN KEY (tenant_id, tutor_id) REFERENCES tutors,
  FOREIGN KEY (tenant_id, offering_id) REFERENCES offerings
);
SELECT app.protect('order_lines', 'SELECT, INSERT');

-- A claim on a tutor's time: a hold while its buyer pays, then the lesson itself. Two active
-- claims of one tutor never overlap, whoever writes them. `during` runs from the start to the
-- end plus the free time that must follow, so neighbours keep max(after, before), not the sum.
CREATE TABLE claims (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  tutor_id uuid NOT NULL,
  order_id uuid NOT NULL,
  during tstzrange NOT NULL CHECK (NOT isempty(during) AND lower_inc(during) AND NOT upper_inc(during)),
  starts_at timestamptz NOT NULL GENERATED ALWAYS AS (lower(during)) STORED,
  ends_at timestamptz NOT NULL, -- the lesson's end, without the gap
  CHECK (ends_at > lower(during) AND ends_at <= upper(during)),
  active boolean NOT NULL DEFAULT true,
  expires_at timestamptz, -- null once paid
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, tutor_id) REFERENCES tutors,
  -- Deferred: the claim is taken before its order is written, so those who lose a slot never
  -- wait for the counter of order numbers.
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT claims_no_overlap EXCLUDE USING gist (tenant_id WITH =, tutor_id WITH =, during WITH &&) WHERE (active)
);
CREATE INDEX claims_tutor ON claims (tenant_id, tutor_id, ends_at) WHERE active;
CREATE INDEX claims_order ON claims (tenant_id, order_id);
CREATE UNIQUE INDEX claims_order_active ON claims (tenant_id, order_id) WHERE active;
SELECT app.protect('claims', 'SELECT, INSERT');
GRANT UPDATE (active, expires_at) ON claims TO wemaster_app, wemaster_worker;

-- A hold is ten minutes by this clock. Nobody can write another, and none can be prolonged.
CREATE FUNCTION app.claim_rules() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    -- Waits for whoever is forgetting the tutor now.
    PERFORM 1 FROM public.members m WHERE m.tenant_id = NEW.tenant_id AND m.id = NEW.tutor_id AND m.status <> 'erased' FOR KEY SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the tutor was erased' USING ERRCODE = 'check_violation', CONSTRAINT = 'claims_tutor_erased';
    END IF;
    IF NEW.expires_at IS NOT NULL THEN
      NEW.expires_at := clock_timestamp() + interval '10 minutes';
    END IF;
  ELSIF NEW.active AND NOT OLD.active THEN
    RAISE EXCEPTION 'a released claim stays released' USING ERRCODE = 'check_violation', CONSTRAINT = 'claims_released';
  ELSIF NEW.expires_at > OLD.expires_at OR (NEW.expires_at IS NOT NULL AND OLD.expires_at IS NULL) THEN
    RAISE EXCEPTION 'a hold cannot be prolonged' USING ERRCODE = 'check_violation', CONSTRAINT = 'claims_prolonged';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER claim_rules BEFORE INSERT OR UPDATE ON claims FOR EACH ROW EXECUTE FUNCTION app.claim_rules();

-- One live lesson. Instant, wall time and zone: the wall time is what was agreed.
CREATE TABLE lessons (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  tutor_id uuid NOT NULL,
  offering_id uuid NOT NULL,
  claim_id uuid NOT NULL,
  title text NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
  wall_start timestamp NOT NULL,
  zone text NOT NULL,
  status text NOT NULL DEFAULT 'scheduled' CHECK (status IN ('scheduled', 'cancelled')),
  sequence integer NOT NULL DEFAULT 0, -- of the iCalendar event
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT lessons_claim_key UNIQUE (tenant_id, claim_id),
  FOREIGN KEY (tenant_id, tutor_id) REFERENCES tutors,
  FOREIGN KEY (tenant_id, offering_id) REFERENCES offerings,
  FOREIGN KEY (tenant_id, claim_id) REFERENCES claims
);
CREATE INDEX lessons_tutor ON lessons (tenant_id, tutor_id, starts_at);
CREATE INDEX lessons_start ON lessons (tenant_id, starts_at);
SELECT app.protect('lessons', 'SELECT, INSERT');
GRANT UPDATE (status, sequence) ON lessons TO wemaster_app, wemaster_worker;

-- scheduled → cancelled. Calendars ignore an event whose sequence is behind theirs.
CREATE FUNCTION app.lesson_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'cancelled' AND NEW.status <> 'cancelled' OR NEW.sequence < OLD.sequence THEN
    RAISE EXCEPTION 'a lesson moves forward only' USING ERRCODE = 'check_violation', CONSTRAINT = 'lessons_forward';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lesson_forward BEFORE UPDATE ON lessons FOR EACH ROW EXECUTE FUNCTION app.lesson_forward();

-- A member's place in a lesson: confirmed → cancelled.
CREATE TABLE bookings (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  lesson_id uuid NOT NULL,
  student_id uuid NOT NULL,
  order_id uuid NOT NULL,
  status text NOT NULL DEFAULT 'confirmed' CHECK (status IN ('confirmed', 'cancelled')),
  created_at timestamptz NOT NULL DEFAULT now(),
  cancelled_at timestamptz,
  cancelled_by uuid,
  CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL)),
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT bookings_order_key UNIQUE (tenant_id, order_id),
  FOREIGN KEY (tenant_id, lesson_id) REFERENCES lessons,
  FOREIGN KEY (tenant_id, student_id) REFERENCES members,
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders,
  FOREIGN KEY (tenant_id, cancelled_by) REFERENCES members
);
CREATE INDEX bookings_student ON bookings (tenant_id, student_id);
CREATE INDEX bookings_lesson ON bookings (tenant_id, lesson_id);
SELECT app.protect('bookings', 'SELECT, INSERT');
GRANT UPDATE (status, cancelled_at, cancelled_by) ON bookings TO wemaster_app, wemaster_worker;

-- What was cancelled stays so, by whom and when: its money went back by that.
CREATE FUNCTION app.booking_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'cancelled' AND (NEW.status, NEW.cancelled_at, NEW.cancelled_by) IS DISTINCT FROM (OLD.status, OLD.cancelled_at, OLD.cancelled_by) THEN
    RAISE EXCEPTION 'a booking moves forward only' USING ERRCODE = 'check_violation', CONSTRAINT = 'bookings_forward';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER booking_forward BEFORE UPDATE ON bookings FOR EACH ROW EXECUTE FUNCTION app.booking_forward();

-- A trial is one per student and tutor: a live order for it blocks the next. The buyer's own
-- expired holds do not count, so the rule is checked where the claim is taken; this index only
-- keeps two confirmed trials apart.
CREATE TABLE trials (
  tenant_id uuid NOT NULL,
  tutor_id uuid NOT NULL,
  student_id uuid NOT NULL,
  booking_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, tutor_id, student_id),
  FOREIGN KEY (tenant_id, tutor_id) REFERENCES tutors,
  FOREIGN KEY (tenant_id, student_id) REFERENCES members,
  -- Deferred: the right to a trial is taken before its booking is written.
  FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings DEFERRABLE INITIALLY DEFERRED
);
SELECT app.protect('trials', 'SELECT, INSERT, DELETE');

-- Only a booking that took place can be reviewed, once.
CREATE TABLE reviews (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  tutor_id uuid NOT NULL,
  student_id uuid NOT NULL,
  booking_id uuid NOT NULL,
  stars smallint NOT NULL CHECK (stars BETWEEN 1 AND 5),
  body text NOT NULL DEFAULT '' CHECK (length(body) <= 2000),
  reply text NOT NULL DEFAULT '' CHECK (length(reply) <= 2000),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT reviews_booking_key UNIQUE (tenant_id, booking_id),
  FOREIGN KEY (tenant_id, tutor_id) REFERENCES tutors,
  FOREIGN KEY (tenant_id, student_id) REFERENCES members,
  FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings
);
CREATE INDEX reviews_tutor ON reviews (tenant_id, tutor_id, created_at DESC, id DESC);
-- For the landing page: what students praise.
CREATE INDEX reviews_praise ON reviews (tenant_id, created_at DESC, id DESC) WHERE stars = 5 AND body <> '';
SELECT app.protect('reviews', 'SELECT, INSERT');
GRANT UPDATE (reply) ON reviews TO wemaster_app;

-- Recomputes what the catalogue keeps of a tutor from what it stands for. The first statement
-- waits for whoever changes the same tutor; the second, with a snapshot of its own, then sees
-- what they wrote. In one statement the later of two would overwrite it with older facts.
CREATE FUNCTION app.refresh_tutor(tutor uuid) RETURNS void LANGUAGE sql VOLATILE AS $$
  SELECT 1 FROM tutors WHERE tenant_id = app.tenant() AND id = tutor FOR NO KEY UPDATE;
  WITH live AS MATERIALIZED (
    SELECT o.kind, v.id AS version_id, v.title, s.slug AS subject_slug, s.name AS subject
    FROM offerings o
    JOIN offering_versions v ON v.tenant_id = o.tenant_id AND v.id = o.live_version_id
    JOIN subjects s ON s.tenant_id = v.tenant_id AND s.id = v.subject_id
    WHERE o.tenant_id = app.tenant() AND o.tutor_id = tutor AND o.archived_at IS NULL
  ), level AS MATERIALIZED (
    SELECT live.subject_slug, l.slug, l.name
    FROM live
    JOIN offering_levels x ON x.tenant_id = app.tenant() AND x.version_id = live.version_id
    JOIN levels l ON l.tenant_id = x.tenant_id AND l.id = x.level_id
  ), priced AS MATERIALIZED (
    SELECT live.kind, a.id, a.duration_minutes, a.price_minor
    FROM live JOIN variants a ON a.tenant_id = app.tenant() AND a.version_id = live.version_id
  ), first AS (
    SELECT * FROM priced ORDER BY kind = 'trial', duration_minutes <> 60, duration_minutes, price_minor, id LIMIT 1
  ), taught AS (
    SELECT b.student_id, count(*) AS lessons
    FROM lessons l JOIN bookings b ON b.tenant_id = l.tenant_id AND b.lesson_id = l.id
    WHERE l.tenant_id = app.tenant() AND l.tutor_id = tutor AND l.status = 'scheduled' AND b.status = 'confirmed' AND l.ends_at < now()
    GROUP BY b.student_id
  ), rated AS (
    SELECT coalesce(sum(stars), 0) AS stars, count(*) AS reviews FROM reviews WHERE tenant_id = app.tenant() AND tutor_id = tutor
  )
  UPDATE tutors t SET
    rating_sum = (SELECT stars FROM rated),
    rating_count = (SELECT reviews FROM rated),
    lessons_taught = coalesce((SELECT sum(lessons) FROM taught), 0),
    students_taught = (SELECT count(*) FROM taught),
    students_returned = (SELECT count(*) FROM taught WHERE lessons > 1),
    hour_price_minor = (SELECT price_minor * 60 / duration_minutes FROM first WHERE kind = 'one_on_one'),
    trial_price_minor = (SELECT min(price_minor) FROM priced WHERE kind = 'trial'),
    lesson_variant_id = (SELECT id FROM first),
    lesson_minutes = (SELECT duration_minutes FROM first),
    lesson_price_minor = (SELECT price_minor FROM first),
    topics = ARRAY(SELECT subject_slug || '/' FROM live UNION SELECT subject_slug || '/' || slug FROM level UNION SELECT '/' || slug FROM level ORDER BY 1),
    search_text = array_to_string(ARRAY(SELECT DISTINCT word FROM (
      SELECT unnest(app.words(m.name || ' ' || t.headline)) FROM members m WHERE m.tenant_id = t.tenant_id AND m.id = t.id
      UNION ALL SELECT unnest(app.words(title || ' ' || subject)) FROM live
      UNION ALL SELECT unnest(app.words(name)) FROM level) AS found (word) ORDER BY word), ' ')
  WHERE t.tenant_id = app.tenant() AND t.id = tutor
$$;
GRANT EXECUTE ON FUNCTION app.refresh_tutor(uuid) TO wemaster_app, wemaster_worker;
