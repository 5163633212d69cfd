-- Uploads: files that members sent, held until a scanner has seen them.

-- How much a tenant may keep and keeps. The constraint decides, not a look beforehand: of many
-- uploads at the same moment those that fit are taken. The application reads it; triggers count.
CREATE TABLE tenant_storage (
  tenant_id uuid NOT NULL REFERENCES tenants,
  used_bytes bigint NOT NULL DEFAULT 0 CHECK (used_bytes >= 0),
  quota_bytes bigint NOT NULL CHECK (quota_bytes >= 0),
  decided_bytes bigint CHECK (decided_bytes >= 0), -- the platform's decision for this tenant; null: as configured
  warned_percent integer NOT NULL DEFAULT 0, -- of what its admins were told last
  PRIMARY KEY (tenant_id),
  CONSTRAINT tenant_storage_quota CHECK (used_bytes <= quota_bytes)
);
SELECT app.protect('tenant_storage', 'SELECT');

-- A file. Its bytes are in the object store under tenant and id; this row says what they are,
-- by their contents and never by their name, and whether anybody may have them.
CREATE TABLE uploads (
  tenant_id uuid NOT NULL REFERENCES tenants,
  id uuid NOT NULL,
  owner_id uuid NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('logo', 'photo', 'attachment')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  media_type text NOT NULL CHECK (media_type ~ '^[a-z]+/[a-z0-9.+-]+$'),
  size_bytes bigint NOT NULL CHECK (size_bytes > 0),
  sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
  -- held: nobody may have it yet; clean: the scanner found nothing; infected: it found something;
  -- rejected: no picture after all; removed: its bytes go, and then this row.
  status text NOT NULL DEFAULT 'held' CHECK (status IN ('held', 'clean', 'infected', 'rejected', 'removed')),
  reason text NOT NULL DEFAULT '', -- why it is held still, rejected or infected
  counted_bytes bigint NOT NULL CHECK (counted_bytes >= 0), -- against the tenant's quota
  width integer CHECK (width > 0), -- of a picture, as it is served
  height integer CHECK (height > 0),
  attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_at timestamptz NOT NULL, -- when a held one is looked at again
  scanned_at timestamptz,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, owner_id) REFERENCES members,
  -- What is served was scanned; what holds no bytes does not count.
  CONSTRAINT uploads_scanned CHECK (status IN ('held', 'removed', 'rejected') OR scanned_at IS NOT NULL),
  CONSTRAINT uploads_counted CHECK (status IN ('held', 'clean') OR counted_bytes = 0)
);
CREATE INDEX uploads_waiting ON uploads (tenant_id, next_at) WHERE status IN ('held', 'removed');
CREATE INDEX uploads_owner ON uploads (tenant_id, owner_id, purpose);
SELECT app.protect('uploads', 'SELECT, INSERT, DELETE, UPDATE (status, reason, media_type, counted_bytes, width, height, attempts, next_at, scanned_at)');

-- A verdict stands: an infected file never becomes clean, a removed one never comes back.
CREATE FUNCTION app.upload_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'held' OR NEW.counted_bytes <> NEW.size_bytes THEN
      RAISE EXCEPTION 'an upload begins held and counts' USING ERRCODE = 'check_violation', CONSTRAINT = 'upload_forward';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.status <> OLD.status AND NOT (
       OLD.status = 'held'
    OR OLD.status = 'clean' AND NEW.status IN ('infected', 'removed')
    OR OLD.status IN ('infected', 'rejected') AND NEW.status = 'removed') THEN
    RAISE EXCEPTION 'an upload does not go from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation', CONSTRAINT = 'upload_forward';
  END IF;
  IF NEW.counted_bytes > OLD.counted_bytes THEN
    RAISE EXCEPTION 'an upload does not grow' USING ERRCODE = 'check_violation', CONSTRAINT = 'upload_forward';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER upload_forward BEFORE INSERT OR UPDATE ON uploads FOR EACH ROW EXECUTE FUNCTION app.upload_forward();

-- Keeps the tenant's count. As the owner, who is under row-level security too: nobody else writes it.
CREATE FUNCTION app.upload_counted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
  grown bigint := CASE WHEN TG_OP = 'DELETE' THEN 0 ELSE NEW.counted_bytes END - CASE WHEN TG_OP = 'INSERT' THEN 0 ELSE OLD.counted_bytes END;
BEGIN
  IF grown <> 0 THEN
    UPDATE public.tenant_storage SET used_bytes = used_bytes + grown
    WHERE tenant_id = CASE WHEN TG_OP = 'DELETE' THEN OLD.tenant_id ELSE NEW.tenant_id END;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the tenant has no storage' USING ERRCODE = 'foreign_key_violation';
    END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER upload_counted AFTER INSERT OR DELETE OR UPDATE OF counted_bytes ON uploads FOR EACH ROW EXECUTE FUNCTION app.upload_counted();

-- Sets what the transaction's tenant may keep, unless the platform decided for it. A quota below what is kept already
-- takes nothing away: nothing is added until there is room.
CREATE FUNCTION app.set_storage_quota(bytes bigint) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public AS
$$ INSERT INTO public.tenant_storage AS kept (tenant_id, quota_bytes) VALUES (app.tenant(), bytes)
   ON CONFLICT (tenant_id) DO UPDATE SET quota_bytes = greatest(kept.used_bytes, coalesce(kept.decided_bytes, bytes))
     WHERE kept.quota_bytes <> greatest(kept.used_bytes, coalesce(kept.decided_bytes, bytes)) $$;

-- Of how much its admins have to be told now: 80 or 90 percent, once each time that it fills so far; otherwise null.
CREATE FUNCTION app.storage_filled() RETURNS integer LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
  kept record;
  reached integer;
BEGIN
  SELECT used_bytes, quota_bytes, warned_percent INTO kept FROM public.tenant_storage WHERE tenant_id = app.tenant() FOR UPDATE;
  IF NOT FOUND OR kept.quota_bytes = 0 THEN RETURN NULL; END IF;
  reached := CASE WHEN kept.used_bytes >= kept.quota_bytes * 0.9 THEN 90 WHEN kept.used_bytes >= kept.quota_bytes * 0.8 THEN 80 ELSE 0 END;
  UPDATE public.tenant_storage SET warned_percent = reached WHERE tenant_id = app.tenant() AND warned_percent <> reached;
  RETURN CASE WHEN reached > kept.warned_percent THEN reached END;
END $$;

REVOKE ALL ON FUNCTION app.upload_counted(), app.set_storage_quota(bigint), app.storage_filled() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.set_storage_quota(bigint) TO wemaster_app;
GRANT EXECUTE ON FUNCTION app.storage_filled() TO wemaster_worker;

-- The clean upload that is shown: a school's logo, a member's photo. A tenant's face is no tenant
-- table, so its logo has no foreign key; one that is gone is not served.
ALTER TABLE tenants ADD COLUMN logo_id uuid;
GRANT UPDATE (logo_id) ON tenants TO wemaster_app, wemaster_worker;
ALTER TABLE members ADD COLUMN photo_id uuid, ADD CONSTRAINT members_photo FOREIGN KEY (tenant_id, photo_id) REFERENCES uploads;
