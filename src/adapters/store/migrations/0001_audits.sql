-- Every table carries `organisation`, first in its primary key; `organisation` itself is keyed by it.
-- SQLite and D1 run this file alike. Times are ISO 8601 in UTC with milliseconds, so text order is time order.

CREATE TABLE organisation (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL CHECK (created_at LIKE '____-__-__T__:__:__.___Z')
) STRICT;

CREATE TABLE audit (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed')),
  created_at TEXT NOT NULL CHECK (created_at LIKE '____-__-__T__:__:__.___Z'),
  started_at TEXT CHECK (started_at LIKE '____-__-__T__:__:__.___Z'),
  finished_at TEXT CHECK (finished_at LIKE '____-__-__T__:__:__.___Z'),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  request TEXT NOT NULL,
  upload TEXT NOT NULL,
  digest TEXT NOT NULL,
  verdict TEXT,
  failure TEXT,
  lease_token TEXT,
  lease_ends TEXT CHECK (lease_ends LIKE '____-__-__T__:__:__.___Z'),
  PRIMARY KEY (organisation, id),
  CHECK ((attempts = 0) = (started_at IS NULL)),
  CHECK ((state IN ('done', 'failed')) = (finished_at IS NOT NULL)),
  CHECK ((state = 'done') = (verdict IS NOT NULL)),
  CHECK ((state = 'failed') = (failure IS NOT NULL)),
  CHECK ((state = 'running') = (lease_token IS NOT NULL)),
  CHECK ((lease_token IS NULL) = (lease_ends IS NULL))
) STRICT;

-- Listing, newest first.
CREATE INDEX audit_by_time ON audit (organisation, created_at, id);
-- Claiming, oldest first: holds only what is unfinished, so it stays small.
CREATE INDEX audit_unfinished ON audit (created_at, id) WHERE finished_at IS NULL;
-- The next lease end.
CREATE INDEX audit_lease ON audit (lease_ends) WHERE lease_ends IS NOT NULL;

-- The key is taken before its audit is written, so that its uniqueness decides between two posts;
-- hence the deferred foreign key.
CREATE TABLE idempotency (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  audit TEXT NOT NULL,
  created_at TEXT NOT NULL CHECK (created_at LIKE '____-__-__T__:__:__.___Z'),
  PRIMARY KEY (organisation, key),
  UNIQUE (organisation, audit),
  FOREIGN KEY (organisation, audit) REFERENCES audit (organisation, id)
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) STRICT;
