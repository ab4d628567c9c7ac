-- What sending keeps. A campaign's rows are counted as they change, by triggers, so that no page counts a
-- million of them and no statement can forget to.

CREATE TABLE sender (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  domain TEXT NOT NULL,
  token TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'active', 'lapsed')),
  created_at TEXT NOT NULL CHECK (created_at LIKE '____-__-__T__:__:__.___Z'),
  proved_at TEXT CHECK (proved_at LIKE '____-__-__T__:__:__.___Z'),
  checked_at TEXT CHECK (checked_at LIKE '____-__-__T__:__:__.___Z'),
  warm_up_plan TEXT,
  warm_up_from TEXT CHECK (warm_up_from LIKE '____-__-__'),
  on_bounces TEXT NOT NULL DEFAULT 'switch' CHECK (on_bounces IN ('switch', 'pause')),
  PRIMARY KEY (organisation, domain),
  CHECK ((warm_up_plan IS NULL) = (warm_up_from IS NULL)),
  CHECK ((state = 'pending') = (proved_at IS NULL))
) STRICT;

-- One owner of a domain, over all organisations. A subdomain is another domain.
CREATE UNIQUE INDEX sender_owner ON sender (domain) WHERE state = 'active';

CREATE TABLE route (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  domain TEXT NOT NULL,
  transport TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('primary', 'reserve')),
  mail_from TEXT NOT NULL,
  dkim TEXT NOT NULL,
  -- Or last changed: a rehearsal that began before says nothing of it.
  created_at TEXT NOT NULL CHECK (created_at LIKE '____-__-__T__:__:__.___Z'),
  rehearsal TEXT,
  PRIMARY KEY (organisation, domain, transport),
  FOREIGN KEY (organisation, domain) REFERENCES sender (organisation, domain) ON DELETE CASCADE
) STRICT;

CREATE TABLE waiver (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  id TEXT NOT NULL,
  digest TEXT NOT NULL,
  rule TEXT NOT NULL,
  person TEXT NOT NULL,
  reason TEXT NOT NULL,
  created_at TEXT NOT NULL CHECK (created_at LIKE '____-__-__T__:__:__.___Z'),
  ends_at TEXT NOT NULL CHECK (ends_at LIKE '____-__-__T__:__:__.___Z'),
  revoked_at TEXT CHECK (revoked_at LIKE '____-__-__T__:__:__.___Z'),
  PRIMARY KEY (organisation, id)
) STRICT;

CREATE INDEX waiver_by_digest ON waiver (organisation, digest, created_at);

CREATE TABLE clearance (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  id TEXT NOT NULL,
  audit TEXT NOT NULL,
  digest TEXT NOT NULL,
  rule_set TEXT NOT NULL,
  kid TEXT NOT NULL,
  issued_at TEXT NOT NULL CHECK (issued_at LIKE '____-__-__T__:__:__.___Z'),
  expires_at TEXT NOT NULL CHECK (expires_at LIKE '____-__-__T__:__:__.___Z'),
  waivers TEXT NOT NULL CHECK (json_type(waivers) = 'array'),
  granted_to TEXT NOT NULL,
  revoked_at TEXT CHECK (revoked_at LIKE '____-__-__T__:__:__.___Z'),
  PRIMARY KEY (organisation, id)
) STRICT;

CREATE INDEX clearance_by_audit ON clearance (organisation, audit, issued_at);

CREATE TABLE campaign (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  -- What comes in from mail and from providers names it alone.
  id TEXT NOT NULL UNIQUE,
  audit TEXT NOT NULL,
  digest TEXT NOT NULL,
  -- Stands for organisation and digest in the ledger's largest index.
  message INTEGER NOT NULL,
  class TEXT NOT NULL CHECK (class IN ('marketing', 'transactional')),
  domain TEXT NOT NULL,
  subject TEXT NOT NULL,
  clearance TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'preparing'
    CHECK (state IN ('preparing', 'queued', 'sending', 'paused', 'done', 'cancelled')),
  pause_reason TEXT,
  created_at TEXT NOT NULL CHECK (created_at LIKE '____-__-__T__:__:__.___Z'),
  starts_at TEXT CHECK (starts_at LIKE '____-__-__T__:__:__.___Z'),
  started_at TEXT CHECK (started_at LIKE '____-__-__T__:__:__.___Z'),
  finished_at TEXT CHECK (finished_at LIKE '____-__-__T__:__:__.___Z'),
  per_minute INTEGER CHECK (per_minute > 0),
  standard INTEGER NOT NULL CHECK (standard IN (0, 1)),
  route TEXT,
  switched TEXT,
  checked_at TEXT CHECK (checked_at LIKE '____-__-__T__:__:__.___Z'),
  lines INTEGER NOT NULL DEFAULT 0,
  left_out TEXT NOT NULL DEFAULT '{}',
  list TEXT,
  -- When it wants a worker; taken away by the claim, so that what comes meanwhile is told from what was heard.
  wake_at TEXT CHECK (wake_at LIKE '____-__-__T__:__:__.___Z'),
  lease_token TEXT,
  lease_ends TEXT CHECK (lease_ends LIKE '____-__-__T__:__:__.___Z'),
  -- Numbers up to this one have been forgotten, or all of them.
  forgotten_to INTEGER NOT NULL DEFAULT 0,
  forgotten INTEGER NOT NULL DEFAULT 0 CHECK (forgotten IN (0, 1)),
  PRIMARY KEY (organisation, id),
  CHECK ((lease_token IS NULL) = (lease_ends IS NULL))
) STRICT;

CREATE INDEX campaign_by_time ON campaign (organisation, created_at, id);
CREATE INDEX campaign_by_digest ON campaign (organisation, digest);
CREATE INDEX campaign_by_domain ON campaign (organisation, domain);
CREATE INDEX campaign_message ON campaign (message);
-- Claiming: these alone can want a worker.
CREATE INDEX campaign_open ON campaign (created_at, id) WHERE state IN ('preparing', 'queued', 'sending');
CREATE INDEX campaign_lease ON campaign (lease_ends) WHERE lease_ends IS NOT NULL;
CREATE INDEX campaign_remembered ON campaign (organisation, finished_at)
  WHERE finished_at IS NOT NULL AND forgotten = 0;

CREATE TABLE send_idempotency (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  campaign TEXT NOT NULL,
  created_at TEXT NOT NULL CHECK (created_at LIKE '____-__-__T__:__:__.___Z'),
  PRIMARY KEY (organisation, key),
  UNIQUE (organisation, campaign),
  FOREIGN KEY (organisation, campaign) REFERENCES campaign (organisation, id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- With a rowid, although its key is its own: each index would repeat that key, 60 bytes a row of a million.
CREATE TABLE delivery (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  campaign TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  -- Of the campaign; null once cancelled, so that another campaign may mail the same to this recipient.
  message INTEGER,
  address TEXT,
  address_hash TEXT NOT NULL,
  fields TEXT,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sending', 'accepted', 'rejected',
    'unknown', 'delivered', 'bounced', 'complained', 'suppressed', 'cancelled')),
  attempt INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
  route TEXT,
  due_at TEXT NOT NULL CHECK (due_at LIKE '____-__-__T__:__:__.___Z'),
  attempted_at TEXT CHECK (attempted_at LIKE '____-__-__T__:__:__.___Z'),
  settled_at TEXT CHECK (settled_at LIKE '____-__-__T__:__:__.___Z'),
  code TEXT,
  enhanced TEXT,
  response TEXT,
  provider_id TEXT,
  bounce_class TEXT,
  -- Of a bounce: whether another try could go better.
  permanent INTEGER CHECK (permanent IN (0, 1)),
  PRIMARY KEY (organisation, campaign, number),
  FOREIGN KEY (organisation, campaign) REFERENCES campaign (organisation, id) ON DELETE CASCADE,
  CHECK ((message IS NULL) = (state = 'cancelled')),
  CHECK (state <> 'pending' OR address IS NOT NULL),
  CHECK ((attempt = 0) = (route IS NULL)),
  CHECK ((attempt = 0) = (attempted_at IS NULL)),
  CHECK (attempt > 0 OR state IN ('pending', 'suppressed', 'cancelled')),
  CHECK ((state = 'bounced') = (permanent IS NOT NULL))
) STRICT;

-- A repost never mails twice; and what is known of one person. The hash is keyed by organisation.
CREATE UNIQUE INDEX delivery_once ON delivery (address_hash, message);
CREATE INDEX delivery_pending ON delivery (organisation, campaign, due_at, number) WHERE state = 'pending';
CREATE INDEX delivery_sending ON delivery (organisation, campaign) WHERE state = 'sending';
CREATE INDEX delivery_unknown ON delivery (organisation, campaign) WHERE state = 'unknown';

CREATE TABLE delivery_count (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  campaign TEXT NOT NULL,
  state TEXT NOT NULL,
  deliveries INTEGER NOT NULL CHECK (deliveries >= 0),
  PRIMARY KEY (organisation, campaign, state),
  FOREIGN KEY (organisation, campaign) REFERENCES campaign (organisation, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- By minute and route of each row's latest attempt. A complaint says that the mail arrived; `accepted` holds
-- all that was handed over and not refused.
CREATE TABLE tally (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  campaign TEXT NOT NULL,
  minute TEXT NOT NULL CHECK (minute LIKE '____-__-__T__:__:00.000Z'),
  route TEXT NOT NULL,
  accepted INTEGER NOT NULL CHECK (accepted >= 0),
  rejected INTEGER NOT NULL CHECK (rejected >= 0),
  unknown INTEGER NOT NULL CHECK (unknown >= 0),
  delivered INTEGER NOT NULL CHECK (delivered >= 0),
  bounced INTEGER NOT NULL CHECK (bounced >= 0),
  complained INTEGER NOT NULL CHECK (complained >= 0),
  PRIMARY KEY (organisation, campaign, minute, route),
  FOREIGN KEY (organisation, campaign) REFERENCES campaign (organisation, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TRIGGER delivery_added AFTER INSERT ON delivery
BEGIN
  INSERT INTO delivery_count (organisation, campaign, state, deliveries)
  VALUES (new.organisation, new.campaign, new.state, 1)
  ON CONFLICT DO UPDATE SET deliveries = deliveries + 1;
END;

CREATE TRIGGER delivery_moved AFTER UPDATE OF state ON delivery WHEN new.state <> old.state
BEGIN
  UPDATE delivery_count SET deliveries = deliveries - 1
  WHERE organisation = old.organisation AND campaign = old.campaign AND state = old.state;
  INSERT INTO delivery_count (organisation, campaign, state, deliveries)
  VALUES (new.organisation, new.campaign, new.state, 1)
  ON CONFLICT DO UPDATE SET deliveries = deliveries + 1;
END;

CREATE TRIGGER delivery_left AFTER UPDATE OF state, bounce_class, permanent ON delivery
WHEN old.state IN ('accepted', 'rejected', 'unknown', 'delivered', 'bounced', 'complained')
BEGIN
  UPDATE tally SET
    accepted = accepted - (old.state IN ('accepted', 'delivered', 'bounced', 'complained')),
    rejected = rejected - (old.state = 'rejected'),
    unknown = unknown - (old.state = 'unknown'),
    delivered = delivered - (old.state IN ('delivered', 'complained')),
    bounced = bounced - ((old.state = 'bounced' AND old.permanent)
      OR (old.state = 'rejected' AND old.bounce_class IS 'bad-address')),
    complained = complained - (old.state = 'complained')
  WHERE organisation = old.organisation AND campaign = old.campaign
    AND minute = substr(old.attempted_at, 1, 16) || ':00.000Z' AND route = old.route;
END;

CREATE TRIGGER delivery_reached AFTER UPDATE OF state, bounce_class, permanent ON delivery
WHEN new.state IN ('accepted', 'rejected', 'unknown', 'delivered', 'bounced', 'complained')
BEGIN
  INSERT INTO tally
    (organisation, campaign, minute, route, accepted, rejected, unknown, delivered, bounced, complained)
  VALUES (
    new.organisation, new.campaign, substr(new.attempted_at, 1, 16) || ':00.000Z', new.route,
    new.state IN ('accepted', 'delivered', 'bounced', 'complained'),
    new.state = 'rejected',
    new.state = 'unknown',
    new.state IN ('delivered', 'complained'),
    (new.state = 'bounced' AND new.permanent) OR (new.state = 'rejected' AND new.bounce_class IS 'bad-address'),
    new.state = 'complained'
  )
  ON CONFLICT DO UPDATE SET
    accepted = accepted + excluded.accepted,
    rejected = rejected + excluded.rejected,
    unknown = unknown + excluded.unknown,
    delivered = delivered + excluded.delivered,
    bounced = bounced + excluded.bounced,
    complained = complained + excluded.complained;
END;

CREATE TABLE suppression (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  address_hash TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('bad-address', 'complaint', 'unsubscribe', 'erased')),
  at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__.___Z'),
  PRIMARY KEY (organisation, address_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  id TEXT NOT NULL,
  campaign TEXT NOT NULL,
  number INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('delivered', 'bounced', 'complained', 'rejected', 'delayed')),
  at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__.___Z'),
  -- Which call brought it: of two at once, one takes effect.
  token TEXT NOT NULL,
  PRIMARY KEY (organisation, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  id TEXT NOT NULL,
  campaign TEXT,
  kind TEXT NOT NULL,
  data TEXT NOT NULL,
  at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__.___Z'),
  PRIMARY KEY (organisation, id)
) STRICT;

CREATE INDEX alert_by_time ON alert (organisation, at, id);
CREATE INDEX alert_by_campaign ON alert (organisation, campaign, at, id);
