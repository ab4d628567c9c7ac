-- Who has taken upon themselves that bounces of mail by a route do not come to us.
ALTER TABLE route ADD COLUMN unseen_by TEXT;
ALTER TABLE route ADD COLUMN unseen_at TEXT
  CHECK (unseen_at LIKE '____-__-__T__:__:__.___Z')
  CHECK ((unseen_by IS NULL) = (unseen_at IS NULL));

-- Judged by less than is asked now: nobody looked where the bounces go, nor whose signature it was.
UPDATE route SET rehearsal = NULL;
