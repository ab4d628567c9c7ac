-- The last attempt that may have been handed over and that a person has taken for lost: those after it share one
-- envelope sender, so that greylisting (RFC 6647) knows them again, and no bounce of the lost one is theirs.
ALTER TABLE delivery ADD COLUMN lost_attempt INTEGER NOT NULL DEFAULT 0 CHECK (lost_attempt >= 0);
UPDATE delivery SET lost_attempt = attempt WHERE state = 'pending' AND attempt > 0;
