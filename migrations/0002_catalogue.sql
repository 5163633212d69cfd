-- Tutors, offerings with versions, variants, availability.

CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

CREATE TABLE subjects (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id uuid NOT NULL,
  slug text NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  position integer NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT subjects_slug_key UNIQUE (tenant_id, slug)
);
SELECT app.protect('subjects', 'SELECT, INSERT, UPDATE, DELETE');

-- What a level is called differs by school (GCSE, B2, Senior), so it is the tenant's own list.
CREATE TABLE levels (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id uuid NOT NULL,
  slug text NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  position integer NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT levels_slug_key UNIQUE (tenant_id, slug)
);
SELECT app.protect('levels', 'SELECT, INSERT, UPDATE, DELETE');

-- A tutor's public page. Everything from search_text on is kept by app.refresh_tutor(): what
-- the catalogue filters and sorts by lies in one row.
CREATE TABLE tutors (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL, -- the member
  slug text NOT NULL,
  headline text NOT NULL DEFAULT '' CHECK (length(headline) <= 120),
  bio text NOT NULL DEFAULT '' CHECK (length(bio) <= 4000),
  teaches_from text NOT NULL DEFAULT '' CHECK (length(teaches_from) <= 80),
  languages text[] NOT NULL DEFAULT '{}', -- BCP 47
  verified boolean NOT NULL DEFAULT false,
  published boolean NOT NULL DEFAULT false,
  search_text text NOT NULL DEFAULT '', -- folded words: name, headline, subjects, levels, titles
  topics text[] NOT NULL DEFAULT '{}',  -- of the live offerings: 'maths/', 'maths/gcse', '/gcse'; none: not public
  rating_sum integer NOT NULL DEFAULT 0,
  rating_count integer NOT NULL DEFAULT 0,
  lessons_taught integer NOT NULL DEFAULT 0,
  students_taught integer NOT NULL DEFAULT 0,
  students_returned integer NOT NULL DEFAULT 0, -- of those, who came again
  hour_price_minor bigint, -- of the 1-on-1 shown first, scaled to 60 minutes
  trial_price_minor bigint,
  -- The variant shown first: a 1-on-1 of 60 minutes, else another 1-on-1, else the trial.
  lesson_variant_id uuid,
  lesson_minutes smallint,
  lesson_price_minor bigint,
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT tutors_slug_key UNIQUE (tenant_id, slug),
  FOREIGN KEY (tenant_id, id) REFERENCES members
);
SELECT app.protect('tutors', 'SELECT, INSERT, UPDATE');

CREATE TABLE qualifications (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  tutor_id uuid NOT NULL,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
  place text NOT NULL DEFAULT '' CHECK (length(place) <= 120),
  from_year smallint NOT NULL CHECK (from_year BETWEEN 1940 AND 2100),
  to_year smallint CHECK (to_year BETWEEN from_year AND 2100),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, tutor_id) REFERENCES tutors
);
CREATE INDEX qualifications_tutor ON qualifications (tenant_id, tutor_id);
SELECT app.protect('qualifications', 'SELECT, INSERT, UPDATE, DELETE');

-- What a tutor sells. Its content lives in versions: the public sees the live one, an edit is
-- a new version that an admin approves.
CREATE TABLE offerings (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  tutor_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('one_on_one', 'trial')),
  live_version_id uuid,
  archived_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, tutor_id) REFERENCES tutors
);
CREATE INDEX offerings_tutor ON offerings (tenant_id, tutor_id);
SELECT app.protect('offerings', 'SELECT, INSERT, UPDATE');

-- draft → in_review → approved | needs_changes → in_review …
CREATE TABLE offering_versions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  offering_id uuid NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  status text NOT NULL CHECK (status IN ('draft', 'in_review', 'approved', 'needs_changes')),
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
  description text NOT NULL DEFAULT '' CHECK (length(description) <= 2000),
  subject_id uuid NOT NULL,
  review_note text NOT NULL DEFAULT '' CHECK (length(review_note) <= 1000),
  submitted_at timestamptz,
  decided_at timestamptz,
  decided_by uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT offering_versions_number_key UNIQUE (tenant_id, offering_id, number),
  FOREIGN KEY (tenant_id, offering_id) REFERENCES offerings,
  CONSTRAINT offering_versions_subject FOREIGN KEY (tenant_id, subject_id) REFERENCES subjects,
  FOREIGN KEY (tenant_id, decided_by) REFERENCES members
);
-- At most one version of an offering is in the works.
CREATE UNIQUE INDEX offering_versions_open ON offering_versions (tenant_id, offering_id) WHERE status <> 'approved';
CREATE INDEX offering_versions_review ON offering_versions (tenant_id, submitted_at) WHERE status = 'in_review';
SELECT app.protect('offering_versions', 'SELECT, INSERT, UPDATE, DELETE');
ALTER TABLE offerings ADD CONSTRAINT offerings_live_version_fkey
  FOREIGN KEY (tenant_id, live_version_id) REFERENCES offering_versions;

CREATE TABLE offering_levels (
  tenant_id uuid NOT NULL,
  version_id uuid NOT NULL,
  level_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, version_id, level_id),
  FOREIGN KEY (tenant_id, version_id) REFERENCES offering_versions ON DELETE CASCADE,
  CONSTRAINT offering_levels_level FOREIGN KEY (tenant_id, level_id) REFERENCES levels
);
SELECT app.protect('offering_levels', 'SELECT, INSERT, DELETE');

-- A priced form: duration and price, in the tenant's currency.
CREATE TABLE variants (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  version_id uuid NOT NULL,
  duration_minutes smallint NOT NULL CHECK (duration_minutes BETWEEN 15 AND 240 AND duration_minutes % 5 = 0),
  price_minor bigint NOT NULL CHECK (price_minor > 0 AND price_minor <= 100000000),
  currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  PRIMARY KEY (tenant_id, id),
  CONSTRAINT variants_duration_key UNIQUE (tenant_id, version_id, duration_minutes),
  FOREIGN KEY (tenant_id, version_id) REFERENCES offering_versions ON DELETE CASCADE
);
SELECT app.protect('variants', 'SELECT, INSERT, UPDATE, DELETE');
ALTER TABLE tutors ADD CONSTRAINT tutors_lesson_variant_fkey
  FOREIGN KEY (tenant_id, lesson_variant_id) REFERENCES variants;

-- The words of a text as search compares them.
CREATE FUNCTION app.words(input text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT string_to_array(trim(regexp_replace(app.fold(input), '[^[:alnum:]+#]+', ' ', 'g')), ' ') $$;

-- How well a searched word fits a word of a text, from 0 to 100: the same, its beginning,
-- one or two letters mistyped, or at least the sound of it (trigrams).
CREATE FUNCTION app.word_score(searched text, word text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN searched = word THEN 100
    WHEN starts_with(word, searched) THEN 90
    WHEN length(searched) < 4 OR abs(length(searched) - length(word)) > 3 THEN 0
    WHEN public.levenshtein_less_equal(left(searched, 60), left(word, 60), 1) <= 1 THEN 70
    WHEN length(searched) > 4 AND left(searched, 1) = left(word, 1)
      AND public.levenshtein_less_equal(left(searched, 60), left(word, 60), 2) <= 2 THEN 60
    WHEN public.word_similarity(searched, word) >= 0.6 THEN 50
    ELSE 0 END
$$;

-- ── Availability ────────────────────────────────────────────────────────────────────────────

CREATE TABLE schedules (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL, -- the tutor
  zone text NOT NULL,
  increment_minutes smallint NOT NULL DEFAULT 30 CHECK (increment_minutes IN (10, 15, 20, 30, 60)),
  buffer_before_minutes smallint NOT NULL DEFAULT 0 CHECK (buffer_before_minutes BETWEEN 0 AND 120),
  buffer_after_minutes smallint NOT NULL DEFAULT 0 CHECK (buffer_after_minutes BETWEEN 0 AND 120),
  notice_minutes integer NOT NULL DEFAULT 240 CHECK (notice_minutes BETWEEN 0 AND 20160),
  horizon_days smallint NOT NULL DEFAULT 60 CHECK (horizon_days BETWEEN 1 AND 365),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, id) REFERENCES tutors
);
SELECT app.protect('schedules', 'SELECT, INSERT, UPDATE');

-- Weekly hours on the tutor's wall clock; an end above 1440 reaches past midnight.
CREATE TABLE availability_windows (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  tutor_id uuid NOT NULL,
  weekday smallint NOT NULL CHECK (weekday BETWEEN 1 AND 7), -- Monday is 1
  start_minute smallint NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
  end_minute smallint NOT NULL CHECK (end_minute > start_minute AND end_minute <= 2880),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, tutor_id) REFERENCES schedules
);
CREATE INDEX availability_windows_tutor ON availability_windows (tenant_id, tutor_id);
SELECT app.protect('availability_windows', 'SELECT, INSERT, DELETE');

-- A date that differs: no windows (start_minute null) closes it, otherwise these replace the week's.
CREATE TABLE availability_exceptions (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  tutor_id uuid NOT NULL,
  on_date date NOT NULL,
  start_minute smallint CHECK (start_minute BETWEEN 0 AND 1439),
  end_minute smallint CHECK (end_minute > start_minute AND end_minute <= 2880),
  CHECK ((start_minute IS NULL) = (end_minute IS NULL)),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, tutor_id) REFERENCES schedules
);
CREATE INDEX availability_exceptions_tutor ON availability_exceptions (tenant_id, tutor_id, on_date);
SELECT app.protect('availability_exceptions', 'SELECT, INSERT, DELETE');
