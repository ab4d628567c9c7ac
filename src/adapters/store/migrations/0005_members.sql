-- Three roles in place of two, and people who come and go. The table cannot be made anew: dropping it would take
-- every session and login link with it. A check that belongs to a column goes with that column.
ALTER TABLE person ADD COLUMN name TEXT;
ALTER TABLE person ADD COLUMN ended_at TEXT CHECK (ended_at LIKE '____-__-__T__:__:__.___Z');
ALTER TABLE person RENAME COLUMN role TO earlier_role;
ALTER TABLE person ADD COLUMN role TEXT NOT NULL DEFAULT 'viewer' CHECK (role IN ('owner', 'editor', 'viewer'));
UPDATE person SET role = CASE earlier_role WHEN 'owner' THEN 'owner' ELSE 'editor' END;
ALTER TABLE person DROP COLUMN earlier_role;

-- Ending all that one person has.
CREATE INDEX session_person ON session (organisation, person);
