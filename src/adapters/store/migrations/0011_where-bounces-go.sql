-- Whether DNS led bounces of mail by a route to us when it was last asked. Rehearsals have asked it so far.
ALTER TABLE route ADD COLUMN returns_here INTEGER CHECK (returns_here IN (0, 1));
ALTER TABLE route ADD COLUMN returns_at TEXT
  CHECK (returns_at LIKE '____-__-__T__:__:__.___Z')
  CHECK ((returns_here IS NULL) = (returns_at IS NULL));

UPDATE route SET returns_here = json_extract(rehearsal, '$.returns'), returns_at = json_extract(rehearsal, '$.endedAt')
WHERE rehearsal IS NOT NULL;

-- Whoever was never mailed takes no place: the same mail may go to them once they are to get mail again. No message
-- has a number below 0; null is for the cancelled alone.
UPDATE delivery SET message = -rowid WHERE state = 'suppressed' AND message > 0;
