-- One row a reason: lifting one, or forgetting a person, leaves what else was said of the address.
CREATE TABLE suppression_by_reason (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  address_hash TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('bad-address', 'complaint', 'unsubscribe', 'erased')),
  at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__.___Z'),
  PRIMARY KEY (organisation, address_hash, reason)
) STRICT, WITHOUT ROWID;
INSERT INTO suppression_by_reason SELECT organisation, address_hash, reason, at FROM suppression;
DROP TABLE suppression;
ALTER TABLE suppression_by_reason RENAME TO suppression;

-- Blobs of lists that may be there, from before they are written until they are deleted.
CREATE TABLE list_blob (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  key TEXT NOT NULL,
  begun_at TEXT NOT NULL CHECK (begun_at LIKE '____-__-__T__:__:__.___Z'),
  PRIMARY KEY (organisation, key)
) STRICT, WITHOUT ROWID;

-- How many readings of its list have begun and not come to an end, each cut off by the process's death.
ALTER TABLE campaign ADD COLUMN readings INTEGER NOT NULL DEFAULT 0;
-- When it was first seen to stand still (paused); null once it goes on. A cancelled one keeps it.
ALTER TABLE campaign ADD COLUMN still_since TEXT CHECK (still_since LIKE '____-__-__T__:__:__.___Z');
CREATE INDEX campaign_still ON campaign (still_since) WHERE state = 'paused';
DROP INDEX campaign_remembered;
CREATE INDEX campaign_remembered ON campaign (coalesce(still_since, finished_at))
  WHERE finished_at IS NOT NULL AND forgotten = 0;
