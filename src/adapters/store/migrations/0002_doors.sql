-- What a list of audits shows of one, so that it need not read whole verdicts.
ALTER TABLE audit ADD COLUMN summary TEXT;

UPDATE audit SET summary = json_object(
  'decision', json_extract(verdict, '$.decision'),
  'partial', json(iif(json_extract(verdict, '$.partial'), 'true', 'false')),
  'simulated', json(iif(json_extract(verdict, '$.simulated'), 'true', 'false')),
  'mustFix', (
    SELECT count(*) FROM json_each(audit.verdict, '$.findings')
    WHERE json_extract(value, '$.severity') = 'blocker' AND json_extract(value, '$.outcome') = 'fail'
  ),
  'shouldFix', (
    SELECT count(*) FROM json_each(audit.verdict, '$.findings')
    WHERE json_extract(value, '$.severity') = 'major' AND json_extract(value, '$.outcome') = 'fail'
  ),
  'unchecked', (
    SELECT count(*) FROM json_each(audit.verdict, '$.findings')
    WHERE json_extract(value, '$.gates') AND json_extract(value, '$.outcome') = 'unknown'
  )
) WHERE state = 'done';

CREATE TABLE person (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  id TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('owner', 'member')),
  created_at TEXT NOT NULL CHECK (created_at LIKE '____-__-__T__:__:__.___Z'),
  -- The latest time.
  signed_in_at TEXT CHECK (signed_in_at LIKE '____-__-__T__:__:__.___Z'),
  PRIMARY KEY (organisation, id)
) STRICT;

-- Of a token only its SHA-256 is kept (`hash`), and that is unique over all organisations: who presents one
-- has not said yet which organisation it belongs to.

-- A used link stays, so that it can never be made again.
CREATE TABLE login_link (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  hash TEXT NOT NULL UNIQUE,
  person TEXT NOT NULL,
  created_at TEXT NOT NULL CHECK (created_at LIKE '____-__-__T__:__:__.___Z'),
  ends_at TEXT NOT NULL CHECK (ends_at LIKE '____-__-__T__:__:__.___Z'),
  used_at TEXT CHECK (used_at LIKE '____-__-__T__:__:__.___Z'),
  -- Hash of the session it became: says which of two posts at once has won.
  session TEXT,
  PRIMARY KEY (organisation, hash),
  CHECK ((used_at IS NULL) = (session IS NULL)),
  FOREIGN KEY (organisation, person) REFERENCES person (organisation, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE session (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  hash TEXT NOT NULL UNIQUE,
  person TEXT NOT NULL,
  created_at TEXT NOT NULL CHECK (created_at LIKE '____-__-__T__:__:__.___Z'),
  ends_at TEXT NOT NULL CHECK (ends_at LIKE '____-__-__T__:__:__.___Z'),
  PRIMARY KEY (organisation, hash),
  FOREIGN KEY (organisation, person) REFERENCES person (organisation, id) ON DELETE CASCADE
) STRICT;

-- Clearing away what has run out.
CREATE INDEX session_end ON session (ends_at);

CREATE TABLE api_key (
  organisation TEXT NOT NULL REFERENCES organisation (id),
  id TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  -- With a space between them.
  scopes TEXT NOT NULL CHECK (scopes <> ''),
  -- By which people tell one from another.
  last_four TEXT NOT NULL CHECK (length(last_four) = 4),
  created_at TEXT NOT NULL CHECK (created_at LIKE '____-__-__T__:__:__.___Z'),
  used_at TEXT CHECK (used_at LIKE '____-__-__T__:__:__.___Z'),
  ends_at TEXT CHECK (ends_at LIKE '____-__-__T__:__:__.___Z'),
  revoked_at TEXT CHECK (revoked_at LIKE '____-__-__T__:__:__.___Z'),
  PRIMARY KEY (organisation, id)
) STRICT;
